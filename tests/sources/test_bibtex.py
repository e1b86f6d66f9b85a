"""What only BibTeX has: keys and fields that are there twice, and abbreviations."""

from __future__ import annotations

import pytest

from kg.model import Paper, Reject
from kg.sources import SourceFile, read_source


def read(text: str) -> list[Paper | Reject]:
    return list(read_source(SourceFile("key", "a.bib", None, text.encode())))


def papers(text: str) -> list[Paper]:
    rows = read(text)
    assert all(isinstance(row, Paper) for row in rows), rows
    return [row for row in rows if isinstance(row, Paper)]


ENTRY = """@article{a,
  title = {On {Sheep}},
  abstract = "We count.",
  doi = {10.1234/x},
  eprint = {2402.01234},
  archiveprefix = {arXiv},
  year = {2024}
}
"""


def test_an_entry_is_read_in_full_when_its_key_was_there_before() -> None:
    first, second, third = papers(ENTRY + ENTRY.replace("2402.01234", "2402.05678") + ENTRY)
    assert (second.title, second.abstract, second.doi) == (first.title, first.abstract, first.doi)
    assert (second.arxiv, second.date) == ("2402.05678", "2024")
    assert [third.title, third.arxiv] == [first.title, first.arxiv]
    assert third.sources == ("a.bib:17",)


@pytest.mark.parametrize("again", ["title = {Another}", 'year = "1999"', "note = {n},\n  note = {m}"])
def test_an_entry_is_read_in_full_when_a_field_is_there_twice_and_its_first_value_counts(again: str) -> None:
    [once], [twice] = papers(ENTRY), papers(ENTRY.replace("year = {2024}", f"year = {{2024}},\n  {again}"))
    assert once == twice


@pytest.mark.parametrize("padding", ["", "@comment{" + "x" * 150_000 + "}\n" * 2])
def test_abbreviations_are_put_in_wherever_an_entry_stands(padding: str) -> None:
    entry = "@article{a, title = {T}, eprint = paper, month = feb, year = now}\n"
    text = '@string{paper = "2402.01234"}\n@string(NOW = {2024})\n' + (entry + padding) * 4
    assert [(paper.arxiv, paper.date) for paper in papers(text)] == [("2402.01234", "2024-02")] * 4


def test_an_entry_without_a_title_is_set_aside_by_its_key_when_that_was_there_before() -> None:
    row = read(ENTRY + "@misc{a, year = {2024}}\n")[1]
    assert isinstance(row, Reject)
    assert "'a' has no title" in row.reason
