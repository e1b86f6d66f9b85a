"""JSON of other people's: whose a record is, told by its fields, and what is read of one that is nobody's."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Paper, Reject
from kg.sources import SourceFile, read_source


def read_all(row: object) -> list[Paper | Reject]:
    return list(read_source(SourceFile("key", "rows.jsonl", None, (json.dumps(row) + "\n").encode())))


def read(row: object) -> Paper | Reject:
    [found] = read_all(row)
    return found


def paper(**row: object) -> Paper:
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


ABSTRACT = "We count sheep. They sleep."
KNOWN = ("T", ABSTRACT, "2402.01234", "2024-02-05")


def known(found: Paper) -> tuple[str, str, str | None, str | None]:
    return found.title, found.abstract, found.arxiv, found.date


@pytest.mark.parametrize(
    "row",
    [
        {"title": "T", "summary": ABSTRACT, "arxiv": "2402.01234", "date": "2024-02-05"},
        {"title": "T", "abstract": ABSTRACT, "arxiv": "2402.01234", "date": "2024-02-05", "tldr": "Sheep."},
        {"id": "p7", "title": "T", "abstract": ABSTRACT, "arxiv": "2402.01234", "date": "2024-02-05",
         "categories": "cs.LG"},
        {"id": 7, "title": "T", "abstract": ABSTRACT, "arxiv": "2402.01234", "update_date": "2024-02-05"},
        {"entry_id": "http://arxiv.org/abs/2402.01234v2", "title": "T", "summary": "We count sheep.\nThey sleep.",
         "published": "2024-02-05 18:55:32+00:00", "updated": "2024-06-01 10:00:00+00:00", "doi": None,
         "pdf_url": "http://arxiv.org/pdf/2402.01234v2", "primary_category": "cs.LG", "categories": ["cs.LG"]},
        {"title": "T", "summary": ABSTRACT, "doi": "10.48550/arXiv.2402.01234", "publication_date": "2024-02-05"},
    ],
)  # fmt: skip
def test_what_people_write_themselves_is_read_in_full_when_it_looks_like_another_format(row: dict[str, object]) -> None:
    assert known(paper(**row)) == KNOWN


@pytest.mark.parametrize(
    "row",
    [
        {"paperId": "9f1b", "title": "T", "abstract": ABSTRACT, "externalIds": {"DBLP": "x"}},
        {"paperId": "2402.01234", "title": "T", "abstract": None, "summary": ABSTRACT},
        {"id": "https://openalex.org/W1", "display_name": "T", "doi": None, "description": ABSTRACT},
        {"paper": {"title": "T", "summary": ABSTRACT}},
        {"id": "p7", "title": "T", "abstract": ABSTRACT, "versions": [], "authors_parsed": []},
    ],
)
def test_what_people_add_to_a_record_of_another_format_is_read_too(row: dict[str, object]) -> None:
    added = {"arxiv": "2402.01234", "date": "2024-02-05", "organisation": "Lab", "author_count": 3, "upvotes": 2}
    found = paper(**row, **added)
    assert known(found) == KNOWN
    assert (found.organisation, found.author_count, found.upvotes) == ("Lab", 3, 2)


def test_what_a_format_states_itself_counts_before_what_people_added() -> None:
    found = paper(
        paperId="9f1b", title="T", publicationDate="2024-02-05", date="1999", externalIds={"ArXiv": "2402.01234"}
    )
    assert (found.arxiv, found.date) == ("2402.01234", "2024-02-05")


def test_an_added_field_that_makes_no_sense_counts_as_missing() -> None:
    found = paper(paperId="9f1b", title="T", arxiv="soon", date="2024-02-31", upvotes=-1, author_count="three")
    assert (found.arxiv, found.upvotes, found.author_count) == (None, None, None)


def test_an_added_text_longer_than_any_abstract_is_set_aside() -> None:
    assert isinstance(read({"paperId": "9f1b", "title": "T", "summary": "word " * 60_000}), Reject)


def test_a_sentence_that_a_model_wrote_is_no_abstract() -> None:
    assert paper(title="T", tldr="Sheep.", ai_summary="Sheep.", paperId="9f1b").abstract == ""


@pytest.mark.parametrize("name", ["year", "publication_year", "published"])
@pytest.mark.parametrize("also", [{}, {"summary": ABSTRACT}, {"paperId": "9f1b"}], ids=str)
def test_whole_numbers_are_read_as_data_frames_write_them(name: str, also: dict[str, object]) -> None:
    found = paper(title="T", **{name: 2024.0}, author_count=3.0, upvotes=0.0, **also)
    assert (found.date, found.author_count, found.upvotes) == ("2024", 3, 0)


def test_a_number_that_is_not_whole_is_no_arxiv_id() -> None:
    assert paper(title="T", id=2402.0123).arxiv is None  # 2402.01230, as likely as not


KEYS = st.sampled_from(
    "title abstract summary arxiv doi date year id entry_id paper paperId externalIds citedPaper versions categories "
    "update_date authors_parsed display_name authorships abstract_inverted_index authors author_count upvotes x".split()
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=9) | st.just("\ud800"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(KEYS, VALUES, max_size=7))
def test_any_mix_of_formats_gives_papers_or_rejects_of_text_that_files_can_hold(row: dict[str, object]) -> None:
    found = read_all(row)
    assert found
    for each in found:
        for text in texts(each):
            text.encode()
