from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extraction.document import findings
from kg.extraction.pipeline import Extractor
from kg.extraction.proposals import NameProposal
from kg.extraction.tagging import LABELS, cuts_of, decode, name_bounds
from kg.extraction.wordpieces import coverage_of
from kg.model import EntityType, Paper, Rule

ABSTRACT = (
    "Planning is hard. We propose zonal reward shaping for planners and evaluate it on ZorpGym, a suite of mazes. "
    "It beats proximal policy optimization in image segmentation and speech recognition."
)

KINDS = tuple(EntityType)


def tagged(extractor: Extractor, abstract: str, title: str = "On Planning") -> list[NameProposal]:
    doc = extractor.read(Paper(title=title, abstract=abstract))
    return [name for name in findings(doc).names if name.rule is Rule.TAGGER]


def labels(*names: str) -> np.ndarray:
    """Probabilities that are nearly sure of one label a piece."""
    rows = np.full((len(names), len(LABELS)), 0.001, dtype=np.float32)
    for row, name in enumerate(names):
        rows[row, LABELS.index(name)] = 0.98
    return rows


def test_tagger_finds_names_that_nobody_lists(extractor: Extractor) -> None:
    found = {(name.name, name.type) for name in tagged(extractor, ABSTRACT)}
    assert ("ZorpGym", EntityType.BENCHMARK) in found
    assert ("image segmentation", EntityType.TASK) in found
    assert ("speech recognition", EntityType.TASK) in found
    assert all(0.3 <= name.score <= 1 for name in tagged(extractor, ABSTRACT))


def test_tagger_says_the_same_of_a_paper_alone_and_among_others(extractor: Extractor) -> None:
    alone = tagged(extractor, ABSTRACT)
    tagged(extractor, "Another paper uses PPO on GSM8K. " * 20)
    assert tagged(extractor, ABSTRACT) == alone


@pytest.mark.parametrize("text", ["", "   ", "我们提出了一种新的方法。", "😀 🤖", "a" * 5000])
def test_tagger_finds_nothing_in_what_is_no_prose_and_goes_on_to_the_next(extractor: Extractor, text: str) -> None:
    assert tagged(extractor, text, title="") == []
    assert any("ZorpGym" in name.name for name in tagged(extractor, f"{text} {ABSTRACT}"))


def test_tagger_reads_a_long_text_to_its_end(extractor: Extractor) -> None:
    text = f"{ABSTRACT} " * 80
    places = [name.start for name in tagged(extractor, text) if "ZorpGym" in name.name]
    assert min(places) < len(ABSTRACT)
    assert max(places) > len(text) - 2 * len(ABSTRACT)


@given(st.integers(1, 3000), st.lists(st.integers(0, 3000), max_size=40))
def test_parts_cover_a_text_and_fit_the_encoder(length: int, sentences: list[int]) -> None:
    cuts = cuts_of(length, sorted(start for start in sentences if start < length))
    assert (cuts[0], cuts[-1]) == (0, length)
    assert all(0 < end - start <= 510 for start, end in pairwise(cuts))


def test_a_text_is_cut_between_sentences() -> None:
    assert cuts_of(399, [0, 60, 170, 290]) == [0, 170, 399]
    assert cuts_of(200, [0, 100]) == [0, 200]


def test_decoding_joins_the_pieces_of_a_name() -> None:
    spans = decode(labels("O", "B-method", "I-method", "O", "B-task"), KINDS)
    assert [(a, b, kind) for a, b, kind, _ in spans] == [(1, 3, EntityType.METHOD), (4, 5, EntityType.TASK)]


def test_decoding_never_goes_on_with_what_has_not_begun() -> None:
    assert [(a, b) for a, b, _, _ in decode(labels("O", "I-method", "I-method"), KINDS)] in ([], [(1, 3)])


def test_decoding_keeps_neighbours_apart() -> None:
    assert len(decode(labels("B-model", "B-model"), KINDS)) == 2


@settings(deadline=None)
@given(st.lists(st.lists(st.floats(0.01, 1), min_size=len(LABELS), max_size=len(LABELS)), max_size=12))
def test_decoding_gives_spans_in_order_without_overlap(rows: list[list[float]]) -> None:
    scores = np.array(rows, dtype=np.float32).reshape(len(rows), len(LABELS))
    spans = decode(scores / np.maximum(scores.sum(axis=1, keepdims=True), 1e-6), KINDS)
    ends = 0
    for start, end, _, probability in spans:
        assert ends <= start < end <= len(rows)
        assert 0 <= probability <= 1.001
        ends = end


def test_coverage_prefers_what_is_sure() -> None:
    coverage = coverage_of(6, [(0, 4, EntityType.METHOD, True), (2, 6, EntityType.BENCHMARK, False)])
    assert list(coverage) == [1, 1, 3, 3, 3, 3]


@pytest.mark.parametrize(
    ("tagged_part", "name"),
    [
        ("Zorp-at", "Zorp-at-High"),  # parts of a compound belong to it
        ("The Zorp-at", "Zorp-at-High"),
        ("7B Qwen", "Qwen"),
        ("GRPO", "GRPO"),  # what makes an adjective of a name does not
        ("hF scores", "hF"),
        ("GRPO-tr", "GRPO"),  # the tagger may stop within a word
        ("The Zor", "Zorp"),
        ("hF scores by", "hF"),
        ("ZorpLM series", "ZorpLM"),
        ("Zorp-2 (12", "Zorp-2"),  # a bracket that stays open
        ("TD(l", "TD(lambda)"),  # unless it belongs to the word
        ("ZOPP (+", "ZOPP (+)"),
        ("x) Zorp-2", "Zorp-2"),
        ("Zorp-3 &", "Zorp-3"),
        ("GPT-9-Po", "GPT-9"),
    ],
)
def test_a_tagged_span_is_cut_to_the_name(tagged_part: str, name: str) -> None:
    text = (
        "The Zorp-at-High and a 7B Qwen trained by GRPO-trained critics we report hF scores by the ZorpLM series. "
        "(x) Zorp-2 (12B, 7B), TD(lambda), ZOPP (+), Zorp-3 & GPT-9-Powered tutors"
    )
    start = text.index(tagged_part)
    assert text[slice(*name_bounds(text, start, start + len(tagged_part)))] == name


def test_results_of_a_long_text_are_read_to_its_end(extractor: Extractor) -> None:
    text = "On MATH our ZorpNet reaches an accuracy of 81.2%, which is 3.1 points above PPO. " * 120
    ((_, found),) = extractor.extract([Paper("ZorpNet: Plans That Hold", text)])
    places = [result.anchor.start for result in found.results]
    assert min(places) < 100
    assert max(places) > len(text) - 100
    assert all(len(result.value) < 12 for result in found.results)
