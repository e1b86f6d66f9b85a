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
    assert row == Paper("A", "B.", date="2024", urls=("https://arxiv.org/abs/2402.1",), sources=("rows.jsonl:1",))


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
    ("stated", "read"),
    [
        ("2024-02-05 10:00:00", "2024-02-05"),
        ("Feb 5, 2024", "2024-02-05"),
        ("05.02.2024", "2024-02-05"),
        ("02/05/2024", "2024"),
        ("2024-13-01", "2024"),
        ("2024-02-31", "2024-02"),
        (2024, "2024"),
        (2024.0, "2024"),
        (20240205, "2024-02-05"),
        (1707127200, "2024-02-05"),
        (1707127200000, "2024-02-05"),
        ("1707127200", "2024-02-05"),
        ([2024, 2, 5], "2024-02-05"),
        ({"year": 2024, "month": 2}, "2024-02"),
        ({"date-parts": [["2024", 2]]}, "2024-02"),
        ({"$date": "2024-02-05T10:00:00Z"}, "2024-02-05"),
        ({"$date": {"$numberLong": "1707127200000"}}, "2024-02-05"),
    ],
)
def test_a_date_is_read_in_the_forms_that_people_and_programs_write(stated: object, read: str) -> None:
    row = read_one(date=stated)
    assert isinstance(row, Paper)
    assert (row.date, row.remarks) == (read, ())


def test_a_month_in_a_field_of_its_own_belongs_to_the_year() -> None:
    rows = [read_one(year=2024, month=month) for month in (2, "Feb", "later")]
    assert [row.date for row in rows if isinstance(row, Paper)] == ["2024-02", "2024-02", "2024"]


@pytest.mark.parametrize(
    ("fields", "lost"),
    [
        ({"date": "yesterday"}, "date"),
        ({"date": "0000-01-01"}, "date"),
        ({"date": True}, None),
        ({"arxiv": "not an id"}, "arxiv"),
        ({"doi": "11.1/x"}, "doi"),
        ({"doi": "10.1234/with a blank"}, "doi"),
        ({"doi": "N/A"}, "doi"),
        ({"upvotes": -1}, "upvotes"),
        ({"upvotes": True}, "upvotes"),
        ({"upvotes": 2**70}, "upvotes"),
        ({"author_count": "three"}, "author_count"),
        ({"authors": None}, None),
        ({"authors": {"x": 1}}, "authors"),
    ],
    ids=str,
)
def test_a_value_that_is_not_understood_costs_itself_and_is_told(fields: dict[str, object], lost: str | None) -> None:
    row = read_one(**fields)
    assert isinstance(row, Paper)
    (name,) = fields
    assert getattr(row, name) in (None, ())
    assert [remark.split()[0] for remark in row.remarks] == ([f"'{lost}'"] if lost else [])


@pytest.mark.parametrize(("stated", "read"), [("104", 104), ("1,204", 1204), (104.0, 104)])
def test_a_count_may_be_a_text(stated: object, read: int) -> None:
    assert field("upvotes", stated) == read


@pytest.mark.parametrize("fields", [{"title": ""}, {"title": None}, {"title": "   "}, {"title": 3}, {"title": []}])
def test_a_record_without_a_title_is_set_aside(fields: dict[str, object]) -> None:
    assert "'title'" in reason(**fields)


@pytest.mark.parametrize(
    "abstract",
    [
        ["We count sheep.", "They sleep."],
        "We count sheep. They sleep.",
        {"text": "We count sheep. They sleep."},
        {"en": "We count sheep. They sleep.", "de": "Wir z\u00e4hlen Schafe."},
        [{"text": "We count sheep."}, {"text": "They sleep."}],
    ],
    ids=str,
)
def test_an_abstract_may_be_in_a_list_or_an_object(abstract: object) -> None:
    assert field("abstract", abstract) == "We count sheep. They sleep."


@pytest.mark.parametrize("title", ["A Title", ["A Title"], {"value": "A Title"}, ["", "A Title"]], ids=str)
def test_a_title_may_be_in_a_list_or_an_object(title: object) -> None:
    assert field("title", title) == "A Title"


@pytest.mark.parametrize(
    "authors",
    [
        ["Ada Apple", "Bo Berry"],
        "Ada Apple, Bo Berry",
        "Apple, Ada; Berry, Bo",
        [{"name": "Ada Apple"}, {"fullName": "Bo Berry"}],
        [{"given": "Ada", "family": "Apple"}, {"firstName": "Bo", "lastName": "Berry"}],
        [["Apple", "Ada", ""], ["Berry", "Bo", ""]],
        {"authors": [{"full_name": "Ada Apple"}, {"full_name": "Bo Berry"}]},
    ],
    ids=str,
)
def test_authors_are_read_in_every_form(authors: object) -> None:
    row = read_one(authors=authors)
    assert isinstance(row, Paper)
    assert ([author.name for author in row.authors], row.author_count) == (["Ada Apple", "Bo Berry"], 2)


def test_a_number_in_place_of_the_authors_counts_them() -> None:
    row = read_one(authors=12)
    assert isinstance(row, Paper)
    assert (row.authors, row.author_count, row.remarks) == ((), 12, ())


def test_what_stands_in_an_object_within_the_record_is_read_where_it_speaks_of_the_same_paper() -> None:
    same = {"title": "A title", "abstract": "B.", "doi": "10.1234/b"}
    (row,) = read_rows(json.dumps({"title": "A Title", "details": same}))
    assert isinstance(row, Paper)
    assert (row.abstract, row.doi) == ("B.", "10.1234/b")
    (row,) = read_rows(json.dumps({"title": "A Title", "next": same | {"title": "Another"}}))
    assert isinstance(row, Paper)
    assert (row.abstract, row.doi) == ("", None)


def test_a_long_text_that_was_not_used_is_told() -> None:
    prose = "We count sheep. They sleep. " * 10
    (row,) = read_rows(json.dumps({"title": "A Title", "info": {"blurb": prose}, "tldr": prose, "full_text": prose}))
    assert isinstance(row, Paper)
    assert row.remarks == ("'info.blurb' looks like an abstract and was not used",)


def test_an_address_in_place_of_the_title_is_no_title() -> None:
    (row,) = read_rows(json.dumps({"paper": "https://arxiv.org/abs/2402.03300", "name": "A Title", "summary": "B."}))
    assert isinstance(row, Paper)
    assert (row.title, row.arxiv) == ("A Title", "2402.03300")


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
def test_any_json_gives_papers_or_rejects_for_each_line(values: list[object]) -> None:
    rows = read_rows("".join(json.dumps(value) + "\n" for value in values))
    lines = {row.line if isinstance(row, Reject) else int(row.sources[0].rpartition(":")[2]) for row in rows}
    assert lines == set(range(1, len(values) + 1))
