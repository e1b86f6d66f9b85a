import pytest
import spacy

from kg.extraction.document import findings
from kg.extraction.gazetteer import Gazetteer
from kg.extraction.sources.gazetteer import GazetteerComponent
from kg.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(load_vocabulary())


def found(gazetteer: Gazetteer, text: str) -> set[tuple[str, str]]:
    return {(text[m.start : m.end], m.concept.id) for m in gazetteer.find(text)}


@pytest.mark.parametrize("spelling", ["GSM8K", "GSM8k", "GSM-8K", "GSM 8K", "Grade School Math 8K"])
def test_spellings_of_one_benchmark_match_one_concept(gazetteer: Gazetteer, spelling: str) -> None:
    assert (spelling, "benchmark/gsm8k") in found(gazetteer, f"results on {spelling} are good")


@pytest.mark.parametrize("spelling", ["proximal policy optimization", "Proximal Policy Optimization", "PPO"])
def test_phrases_match_in_any_case_and_acronyms_as_written(gazetteer: Gazetteer, spelling: str) -> None:
    assert (spelling, "method/ppo") in found(gazetteer, f"trained with {spelling} here")


def test_acronym_does_not_match_in_another_case(gazetteer: Gazetteer) -> None:
    assert not any(concept == "method/ppo" for _, concept in found(gazetteer, "the ppo of it"))


def test_acronym_within_a_phrase_keeps_its_case(gazetteer: Gazetteer) -> None:
    assert not any(concept == "benchmark/math" for _, concept in found(gazetteer, "on several math benchmarks"))


def test_digits_never_fold_away(gazetteer: Gazetteer) -> None:
    assert ("MATH-500", "benchmark/math-500") in found(gazetteer, "on MATH-500 it")
    assert ("MATH", "benchmark/math") not in {
        pair for pair in found(gazetteer, "on MATH-500 it") if pair[0] == "MATH-500"
    }


def test_plural_matches(gazetteer: Gazetteer) -> None:
    assert any(concept == "method/beam-search" for _, concept in found(gazetteer, "several beam searches run"))


def test_part_of_a_longer_word_or_compound_name_does_not_match(gazetteer: Gazetteer) -> None:
    assert not any(text == "BART" for text, _ in found(gazetteer, "we call it Skip-BART and XBARTY"))


@pytest.mark.parametrize("apostrophe", ["'", "\u2019", "`"])
def test_no_name_begins_behind_the_apostrophe_of_a_contraction(gazetteer: Gazetteer, apostrophe: str) -> None:
    text = f"Planners can{apostrophe}t test or won{apostrophe}t test what others don{apostrophe}t test."
    assert found(gazetteer, text) == set()


def test_a_name_in_quotation_marks_matches(gazetteer: Gazetteer) -> None:
    assert ("PPO", "method/ppo") in found(gazetteer, "what they call 'PPO' here")


def read_measures(text: str) -> list[tuple[str, str, str | None]]:
    doc = GazetteerComponent(Gazetteer(load_vocabulary()), score=0.95, unlisted_measure=0.7)(
        spacy.blank("en").make_doc(text)
    )
    return [(text[c.start : c.end], c.name, c.concept) for c in findings(doc).names if "@" in c.name]


def test_a_measure_is_one_whatever_its_cutoff() -> None:
    read = read_measures("Its pass@200 is 0.8, its Pass@1 only 0.4.")
    assert read == [("pass@200", "pass@k", "metric/pass-at-k"), ("Pass@1", "pass@k", "metric/pass-at-k")]


def test_an_unknown_measure_at_a_cutoff_is_a_name_too() -> None:
    assert read_measures("We report Zorp@10.") == [("Zorp@10", "Zorp@k", None)]


def test_addresses_and_versions_are_no_measures() -> None:
    assert not read_measures("Write to zorp@10.example.org or install zorp@1.2.3-beta@4.")
