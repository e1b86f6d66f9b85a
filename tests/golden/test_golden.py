"""Extractions as they were when somebody last looked at them. A change on purpose: ``python -m tests.golden``."""

from __future__ import annotations

import pytest

from tests.golden.record import Line, crafted_papers, read, records

TOLERANCE = 0.02
"""Of numbers that come from the tagger: processors differ in how they add up its int8 weights."""


def by_paper(lines: list[Line]) -> dict[object, list[Line]]:
    papers: dict[object, list[Line]] = {}
    for line in lines:
        papers.setdefault(line["paper"], []).append(line)
    return papers


def near(kept: object, found: object) -> object:
    """What was kept, so that a number of it equals one that is as near as processors let it be."""
    if isinstance(kept, list) and isinstance(found, list) and len(kept) == len(found):
        return [near(a, b) for a, b in zip(kept, found, strict=True)]
    if isinstance(kept, dict) and isinstance(found, dict) and kept.keys() == found.keys():
        return {key: near(kept[key], found[key]) for key in kept}
    if isinstance(kept, float) and isinstance(found, float) and abs(kept - found) <= TOLERANCE:
        return found
    return kept


def test_the_sample_is_extracted_as_before() -> None:
    kept, found = by_paper(read("whole")), by_paper(records("whole"))
    assert found == near(kept, found)


def test_rules_alone_extract_as_before_to_the_last_digit() -> None:
    assert by_paper(records("rules")) == by_paper(read("rules"))


def test_crafted_papers_touch_all_that_rules_can_find() -> None:
    lines = [line for line in read("rules") if str(line["paper"]).startswith("crafted")]
    rules = {mention[1] for line in lines for mention in line.get("mentions", ())}
    assert rules == {
        "gazetteer", "abbreviation", "title", "proposed", "called", "apposed", "glossed", "ours", "developed",
        "repository", "shape", "list", "repeat",
    }  # fmt: skip
    assert {line.get("relation") for line in lines} - {None} == {
        "introduces", "evaluates_on", "trains_on", "uses", "compares_with", "addresses", "mentions",
    }  # fmt: skip
    assert {line.get("kind") for line in lines} - {None} == {"absolute", "gain", "relative_gain", "speedup"}
    assert len(crafted_papers()) > 100


@pytest.mark.parametrize("which", ["whole", "rules"])
def test_no_text_of_a_paper_is_kept_but_names_and_numbers(which: str) -> None:
    texts = {value for line in read(which) for value in line.values() if isinstance(value, str)}
    assert max(map(len, texts)) < 100
