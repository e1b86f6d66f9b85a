from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Paper, Reject
from kg.sources import SourceFile, read_source
from kg.sources.lines import read_lines
from kg.sources.python_literals import detect, read

PAPERS = [{"title": "On Wool", "abstract": 'It\'s "warm".', "year": 2024, "authors": ("Ann", "Bo"), "ok": True}]


def rows(text: str) -> list[Paper | Reject]:
    return list(read_source(SourceFile("key", "a.txt", None, text.encode())))


@pytest.mark.parametrize("text", [f"{PAPERS[0]}\n" * 2, f"{PAPERS * 2}\n"], ids=["a line each", "a list"])
def test_dictionaries_are_read_as_python_prints_them(text: str) -> None:
    found = rows(text)
    assert [(row.title, row.abstract, row.date, row.author_count) for row in found if isinstance(row, Paper)] == [
        ("On Wool", 'It\'s "warm".', "2024", 2)
    ] * 2


def test_a_line_that_is_no_plain_value_costs_itself() -> None:
    found = rows(f"{PAPERS[0]}\n{{'title': open('x'), 'year': nan}}\n{PAPERS[0]}\n")
    assert [type(row) for row in found] == [Paper, Reject, Paper]
    assert "a.txt:2: no line of plain values as Python prints them" in str(found[1])


@pytest.mark.parametrize(
    "text", ['{"title": "On Wool"}', "{", "[]", "{1, 2}", "{'title': 'On Wool',\n 'year': 1}", "x = {'a': 1}"]
)
def test_json_and_what_goes_on_over_lines_is_none(text: str) -> None:
    assert not detect(text)


@pytest.mark.parametrize(
    "bad", ["[" * 5_000, "{" * 5_000, "-" * 5_000 + "1", "1" * 10_000, "(" * 90 + ")" * 90, "'\\N{x}'"]
)
def test_hostile_lines_cost_themselves(bad: str) -> None:
    (record,) = read(read_lines(io.BytesIO(f"{{'title': {bad}}}".encode())))
    assert record.problem or record.value is not None


@given(st.text(max_size=200))
def test_any_text_gives_records(text: str) -> None:
    for data in (text, "{'title': " + text, "{'title': 'a'}\n" + text):
        detect(data)
        list(read(read_lines(io.BytesIO(data.encode("utf-8", "replace")))))
