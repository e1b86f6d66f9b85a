"""Marks in titles are not read as names, and what stands behind them is read as if they were not there."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from kg.extraction.passages import paper_text
from kg.model import LocalEntity, Paper

Named = Callable[..., dict[str, LocalEntity]]
MARKS = [
    "RETRACTED: ",
    "WITHDRAWN: ",
    "RETRACTED ARTICLE: ",
    "ERRATUM: ",
    "Correction to: ",
    "POSTER: ",
    "WIP: ",
    "DEMO: ",
]


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_names_nothing(named: Named, mark: str) -> None:
    found = named("We present a tool that tidies rooms with PPO.", f"{mark}A Tool for Rooms")
    word = re.sub(r"\W", "", mark).lower()
    assert not [name for name in found if re.sub(r"\W", "", name).lower().startswith(word[:5])]
    assert "PPO" in found


@pytest.mark.parametrize("mark", MARKS)
def test_what_stands_behind_a_mark_is_read_without_it(named: Named, mark: str) -> None:
    abstract, title = "We introduce ZorpRL, a method for rooms.", "ZorpRL: Tidying Rooms"
    plain, marked = (named(abstract, each) for each in (title, mark + title))
    assert {name: (e.type, e.relation) for name, e in marked.items()} == {
        name: (e.type, e.relation) for name, e in plain.items()
    }


def test_places_are_those_of_the_stored_title() -> None:
    title = r"RETRACTED: $\mathcal{B}$-Coder [Retracted]"
    text = paper_text(Paper(title, "We code."))
    assert text.text.startswith("B-Coder\n\n")
    anchor = text.anchor((0, 7), (0, 7))
    assert title[anchor.start : anchor.end] == r"$\mathcal{B}$-Coder"


def test_a_label_that_the_paper_uses_as_a_name_is_one() -> None:
    assert paper_text(Paper("DEMO: A Benchmark", "DEMO has tasks.")).text.startswith("DEMO: A")
    assert paper_text(Paper("DEMO: A Benchmark", "We have a demo.")).text.startswith("A Benchmark")
