from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Paper, Reject
from kg.sources.jsonrecords import read
from kg.sources.jsontext import read_json_lines


def read_rows(text: str | bytes) -> list[Paper | Reject]:
    data = text if isinstance(text, bytes) else text.encode()
    return list(read(read_json_lines(io.BytesIO(data)), "rows.jsonl"))


def read_one(**fields: object) -> Paper | Reject:
    (row,) = read_rows(json.dumps({"title": "A Title", "abstract": "An abstract."} | fields))
    return row


def field(name: str, value: object) -> object:
    row = read_one(**{name: value})
    assert isinstance(row, Paper), row
    return getattr(row, name)


def reason(**fields: object) -> str:
    row = read_one(**fields)
    assert isinstance(row, Reject), row
    return row.reason


def test_all_fields_are_read() -> None:
    row = read_one(
        arxiv="2402.03300", doi="10.1234/abc", date="2024-02-05", author_count=3, organisation="Lab", upvotes=7
    )
    assert row == Paper(
        "A Title", "An abstract.", arxiv="2402.03300", doi="10.1234/abc", date="2024-02-05", organisation="Lab",
        author_count=3, upvotes=7, sources=("rows.jsonl:1",),
    )  # fmt: skip


def test_title_and_abstract_are_enough() -> None:
    assert read_one() == Paper("A Title", "An abstract.", sources=("rows.jsonl:1",))


@pytest.mark.parametrize("abstract", ["", None])
def test_an_abstract_may_be_missing(abstract: str | None) -> None:
    assert field("abstract", abstract) == ""


def test_an_arxiv_doi_gives_the_arxiv_id_too() -> None:
    assert field("doi", "10.48550/arXiv.2402.03300") == "10.48550/arxiv.2402.03300"
    row = read_one(doi="10.48550/arXiv.2402.03300")
    assert isinstance(row, Paper)
    assert row.arxiv == "2402.03300"


def test_fields_of_other_names_are_taken_where_they_leave_no_doubt() -> None:
    (row,) = read_rows(
        json.dumps({"Name": "A", "description": "B.", "url": "https://arxiv.org/abs/2402.1", "year": 2024})
    )
    assert row == Paper("A", "B.", date="2024", sources=("rows.jsonl:1",))


def test_a_text_longer_than_any_abstract_is_set_aside() -> None:
    assert "give the abstract" in reason(abstract="word " * 60_000)


def test_authors_are_counted_when_they_are_a_list() -> None:
    row = read_one(authors=["A", "B"])
    assert isinstance(row, Paper)
    assert row.author_count == 2


@pytest.mark.parametrize(
    "spelt",
    [
        "2402.03300",
        "2402.03300v3",
        "arXiv:2402.03300",
        "https://arxiv.org/abs/2402.03300v1",
        "http://arxiv.org/pdf/2402.03300",
    ],
)
def test_an_arxiv_id_is_one_however_it_is_spelt(spelt: str) -> None:
    assert field("arxiv", spelt) == "2402.03300"


@pytest.mark.parametrize(
    "spelt", ["10.1234/AbC", "doi:10.1234/abc", "https://doi.org/10.1234/abc", "http://dx.doi.org/10.1234/ABC"]
)
def test_a_doi_is_one_however_it_is_spelt(spelt: str) -> None:
    assert field("doi", spelt) == "10.1234/abc"


@pytest.mark.parametrize(
    ("given_date", "kept"),
    [("2024", "2024"), ("2024-02", "2024-02"), ("2024-02-29", "2024-02-29"), ("2024-02-05T10:00:00Z", "2024-02-05")],
)
def test_a_date_keeps_its_precision(given_date: str, kept: str) -> None:
    assert field("date", given_date) == kept


@pytest.mark.parametrize(
    "date",
    [
        "yesterday",
        "02/05/2024",
        "2024-13-01",
        "2024-02-31",
        "2023-02-29",
        "0000-01-01",
        "24-01-01",
        "\u0662\u0660\u0662\u0664",
    ],
)
def test_a_date_is_refused_when_it_is_none(date: str) -> None:
    assert "'date'" in reason(date=date)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": ""}, "'title'"),
        ({"title": None}, "'title'"),
        ({"title": "   "}, "'title'"),
        ({"title": 3}, "'title' must be a string"),
        ({"abstract": ["a"]}, "'abstract' must be a string"),
        ({"arxiv": "not an id"}, "'arxiv'"),
        ({"doi": "11.1/x"}, "'doi'"),
        ({"upvotes": -1}, "'upvotes'"),
        ({"upvotes": True}, "'upvotes'"),
        ({"upvotes": 2**70}, "'upvotes'"),
        ({"author_count": "three"}, "'author_count'"),
    ],
)
def test_a_record_is_set_aside_when_a_field_is_wrong(fields: dict[str, object], said: str) -> None:
    assert said in reason(**fields)


@pytest.mark.parametrize(
    "line", ["not json", "[1, 2]", "3", "null", '{"title": "a"', "{" * 5000, '{"title": NaN}', "[" * 100_000]
)
def test_a_line_is_set_aside_when_it_is_no_object_of_a_paper(line: str) -> None:
    (row,) = read_rows(line)
    assert isinstance(row, Reject)


def test_a_tab_that_should_have_been_escaped_costs_nothing() -> None:
    (row,) = read_rows('{"title": "A\tB", "abstract": "c"}')
    assert isinstance(row, Paper)


def test_a_bad_record_costs_only_itself_and_names_its_line() -> None:
    good = '{"title": "A", "abstract": "b"}'
    rows = read_rows(f"{good}\n\nbroken\n{good}\n")
    assert [(type(row), row.sources if isinstance(row, Paper) else row.line) for row in rows] == [
        (Paper, ("rows.jsonl:1",)), (Reject, 3), (Paper, ("rows.jsonl:4",)),
    ]  # fmt: skip


def test_a_record_is_set_aside_when_its_line_is_not_utf8() -> None:
    (row,) = read_rows(b'{"title": "\xff", "abstract": "b"}')
    assert isinstance(row, Reject)
    assert "not UTF-8" in row.reason


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\n\n", b"  "])
def test_what_stands_before_the_first_record_does_not_matter(mark: bytes) -> None:
    rows = read_rows(mark + b'{"title": "A", "abstract": "b"}')
    assert [type(row) for row in rows] == [Paper]


def test_characters_that_no_file_can_hold_become_spaces() -> None:
    assert field("title", "A\x00B\ud800C\x1bD\ufffeE") == "A B C D E"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from(
    ["title", "abstract", "arxiv", "doi", "date", "authors", "author_count", "organisation", "upvotes", "x"]
)


@given(st.lists(st.dictionaries(KEYS, JSON, max_size=6) | JSON, max_size=5))
def test_any_json_gives_one_paper_or_reject_a_line(values: list[object]) -> None:
    rows = read_rows("".join(json.dumps(value) + "\n" for value in values))
    assert len(rows) == len(values)
    assert all(isinstance(row, Paper | Reject) for row in rows)
