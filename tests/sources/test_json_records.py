"""JSON of other people's: whose a record is, told by its fields, and what is read of one that is nobody's."""

from __future__ import annotations

import json

import pytest

from kg.model import Paper, Reject
from kg.sources import SourceFile, read_source


def read(row: object) -> Paper | Reject:
    [found] = read_source(SourceFile("key", "rows.jsonl", None, (json.dumps(row) + "\n").encode()))
    return found


def paper(row: object) -> Paper:
    found = read(row)
    assert isinstance(found, Paper), found
    return found


def texts(row: Paper | Reject) -> list[str]:
    if isinstance(row, Reject):
        return [row.reason]
    return [text for text in (row.title, row.abstract, row.arxiv, row.doi, row.organisation, row.date) if text]


@pytest.mark.parametrize(
    "row",
    [
        {"id": "https://openalex.org/A1\ud800", "display_name": "x"},
        {"id": "https://openalex.org/W1", "title": "A\ud800", "doi": "10.1234/a\ud800b"},
        {"paperId": "x", "title": "A", "externalIds": {"DOI": "10.1234/a\ud800b"}, "authors": ["\ud800"]},
        {"paper": {"id": "x\ud800", "title": "A", "summary": "\ud800"}, "organization": {"name": "\ud800"}},
        {"id": "10.1234/a\ud800b", "title": "A", "abstract": "\ud800", "versions": [], "update_date": "\ud800"},
    ],
)
def test_what_no_file_can_hold_is_in_no_text_that_is_read(row: object) -> None:
    for text in texts(read(row)):
        text.encode()
