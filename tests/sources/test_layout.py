"""Which texts are lists of papers, however their lines are laid out."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.model import Paper
from kg.sources import SourceFile, read_source
from kg.sources.layout import layout_of
from tests.samples import LAYOUTS

ENTRIES = [
    (
        "Counting Sheep at Night: A Study of Small Numbers in Dark Fields, and of What Follows From It for Large Ones",
        "Counting is harder than it looks when the sheep keep moving. We count them with patience and report how often "
        "the count is right. The count is right most of the time, and our method needs no lamp.",
    ),
    (
        "Is a Fence Necessary?",
        "A fence keeps sheep in one place, which makes them easier to count. This paper asks whether the fence is "
        "needed at all. We find that it is not, as long as the sheep are asleep and nobody wakes them.",
    ),
    (
        "On the Colour of Wool",
        "Wool comes in several colours, and most studies look at white wool only. We look at all of the others, and "
        "our results show that black wool is warmer in the sun than any other.",
    ),
]  # fmt: skip

Write = Callable[[str, str], str]
WRITTEN: dict[str, Write] = {
    "a blank line between": lambda title, abstract: f"{title}\n\n{abstract}\n\n",
    "the abstract below the title": lambda title, abstract: f"{title}\n{abstract}\n\n",
    "no blank lines": lambda title, abstract: f"{title}\n{abstract}\n",
    "indented": lambda title, abstract: f"{title}\n    {abstract}\n\n",
    "wrapped": lambda title, abstract: f"{textwrap.fill(title, 72)}\n\n{textwrap.fill(abstract, 72)}\n\n\n",
    "wrapped below the title": lambda title, abstract: f"{textwrap.fill(title, 72)}\n{textwrap.fill(abstract, 72)}\n\n",
}


def read(text: str) -> list[tuple[str, str]]:
    rows = list(read_source(SourceFile("key", "mine.txt", None, text.encode())))
    assert all(isinstance(row, Paper) for row in rows), rows
    return [(row.title, row.abstract) for row in rows if isinstance(row, Paper)]


@pytest.mark.parametrize("write", WRITTEN.values(), ids=WRITTEN)
def test_a_list_of_ones_own_is_read_however_it_is_laid_out(write: Write) -> None:
    assert read("".join(write(*entry) for entry in ENTRIES)) == ENTRIES


@pytest.mark.parametrize("write", WRITTEN.values(), ids=WRITTEN)
def test_one_title_and_one_paragraph_are_no_list(write: Write) -> None:
    with pytest.raises(SourceError, match="reads like running text"):
        read(write(*ENTRIES[1]))


@pytest.mark.parametrize("page", LAYOUTS.values(), ids=LAYOUTS)
def test_a_saved_page_is_a_list(page: str) -> None:
    assert layout_of(page) is not None


@pytest.mark.parametrize(
    "text",
    [
        "<!-- papers I saved -->          A Title of Mine\nAn abstract. It is long enough to be prose, we think so.\n",
        "".join(f"{title}\n" for title, _ in ENTRIES * 4),
        "".join(f"{abstract}\n\n" for _, abstract in ENTRIES * 4),
        "".join(f"{title.lower()}.\n\n{abstract}\n\n" for title, abstract in ENTRIES),
        "".join(f"Chapter\n\n{abstract}\n\n" for _, abstract in ENTRIES),
    ],
    ids=["a comment", "titles alone", "abstracts alone", "sentences", "one word each"],
)
def test_what_does_not_fall_into_titles_and_abstracts_is_no_list(text: str) -> None:
    assert layout_of(text) is None


def test_a_title_without_an_abstract_among_many_is_set_aside() -> None:
    text = "".join(WRITTEN["no blank lines"](*entry) for entry in ENTRIES) + "Wool Without Words\n"
    rows = list(read_source(SourceFile("key", "mine.txt", None, text.encode())))
    assert [type(row) for row in rows[:3]] == [Paper, Paper, Paper]
    assert str(rows[3]) == "mine.txt:7: no abstract follows the title 'Wool Without Words'"


def test_a_long_list_is_told_by_its_beginning() -> None:
    assert len(read("".join(WRITTEN["wrapped"](*entry) for entry in ENTRIES * 100))) == 300


def test_a_line_without_end_before_a_page_hides_nothing_of_it() -> None:
    text = "a" * 200_000 + "\n" + LAYOUTS["blank lines"]
    rows = list(read_source(SourceFile("key", "mine.txt", None, text.encode())))
    assert sum(isinstance(row, Paper) for row in rows) == 3


@settings(max_examples=200)
@given(
    st.lists(st.sampled_from(["We count. " * 20, "On Wool", "\u00b7", "\u2022 3 authors", "", "x" * 70]), max_size=30)
)
def test_any_lines_are_a_list_or_not(lines: list[str]) -> None:
    layout_of("\n".join(lines))
