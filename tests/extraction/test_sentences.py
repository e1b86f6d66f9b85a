import pytest

from kg.extraction.sources.sentences import sentence_starts


def sentences(text: str) -> list[str]:
    starts = sentence_starts(text)
    return [text[a:b].strip() for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


@pytest.mark.parametrize(
    "text",
    [
        "We use several methods, e.g. Adam and Lion, in all runs.",
        "One setting, i.e. The Hard one, remains open.",
        "Smith et al. Proposed it first.",
        "We compare PPO vs. DPO on this.",
        "Llama 3.1 and Qwen2.5 are used with v1.5 weights.",
        "See Fig. 3 and Eq. 2 for a proof by J. Doe.",
    ],
)
def test_sentence_survives_abbreviations_and_versions(text: str) -> None:
    assert sentences(text) == [text]


def test_sentences_split_at_full_stops_question_and_exclamation_marks() -> None:
    assert sentences("It works. Does it? It does! Good.") == ["It works.", "Does it?", "It does!", "Good."]


def test_sentences_split_where_the_space_is_missing() -> None:
    assert sentences("It uses a frame grid.We validate it.") == ["It uses a frame grid.", "We validate it."]


def test_sentence_ends_after_et_al_when_a_new_one_opens() -> None:
    assert len(sentences("We follow Smith et al. The rest is new.")) == 2
