from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Paper, Reject
from kg.sources.lines import LONGEST_LINE, read_lines
from kg.sources.listing import read
from tests.samples import ABSTRACTS, BLANK_LINES, COMPACT, LAYOUTS, METADATA, TIGHT_METADATA, TITLES


def read_page(page: str | bytes) -> list[Paper | Reject]:
    data = page if isinstance(page, bytes) else page.encode()
    return list(read(read_lines(io.BytesIO(data)), "page.txt"))


def papers(page: str | bytes) -> list[Paper]:
    return [row for row in read_page(page) if isinstance(row, Paper)]


def rejects(page: str | bytes) -> list[Reject]:
    return [row for row in read_page(page) if isinstance(row, Reject)]


def line_of(page: str, text: str) -> int:
    return next(number for number, line in enumerate(page.split("\n"), 1) if text in line)


@pytest.mark.parametrize("page", LAYOUTS.values(), ids=LAYOUTS)
def test_a_page_gives_its_papers_in_order_whatever_its_layout(page: str) -> None:
    assert [(paper.title, paper.abstract) for paper in papers(page)] == list(zip(TITLES, ABSTRACTS, strict=True))


@pytest.mark.parametrize("page", LAYOUTS.values(), ids=LAYOUTS)
def test_a_page_loses_nothing_whatever_its_layout(page: str) -> None:
    assert rejects(page) == []


@pytest.mark.parametrize("page", LAYOUTS.values(), ids=LAYOUTS)
def test_a_paper_names_the_line_of_its_title(page: str) -> None:
    assert [paper.sources for paper in papers(page)] == [(f"page.txt:{line_of(page, title)}",) for title in TITLES]


def test_the_subscribe_line_is_cut_when_it_is_glued_to_the_first_title() -> None:
    assert papers(COMPACT)[0].title == TITLES[0]


@pytest.mark.parametrize(
    "title",
    [
        "Subscribers and Their Habits",
        "Subscribe to Fewer Lists",
        "Subscribe: A Study",
        "Why Users Subscribe: A Study",
        "Publish-Subscribe/Poll",
    ],
)
def test_a_first_title_keeps_its_own_word_when_it_reads_like_the_subscribe_line(title: str) -> None:
    assert papers(f"{title}\n{ABSTRACTS[0]}\n")[0].title == title


@pytest.mark.parametrize("page", [METADATA, TIGHT_METADATA], ids=["metadata", "without blank lines"])
def test_metadata_lines_become_fields(page: str) -> None:
    facts = [(p.author_count, p.organisation, p.date, p.upvotes) for p in papers(page)]
    assert facts == [(8, None, "2024-01-23", 3), (None, "FARM AI Lab", "2023-10-20", None), (1, None, "--06-02", None)]


def test_a_page_without_metadata_leaves_the_fields_open() -> None:
    paper = papers(BLANK_LINES)[0]
    assert (paper.author_count, paper.organisation, paper.date, paper.upvotes) == (None, None, None, None)


@pytest.mark.parametrize("date", ["Feb 31, 2024", "Jun 31", "Jan 0, 2024", "Feb 29, 2023"])
def test_a_date_is_left_open_when_it_is_not_in_the_calendar(date: str) -> None:
    page = f"{TITLES[0]}\n{ABSTRACTS[0]}\n  \u2022 2 authors\n\u00b7\n{date}\n{TITLES[1]}\n{ABSTRACTS[1]}\n"
    assert [(paper.title, paper.date) for paper in papers(page)] == [(TITLES[0], None), (TITLES[1], None)]


@pytest.mark.parametrize(
    ("date", "iso"), [("Feb 29, 2024", "2024-02-29"), ("Feb 29", "--02-29"), ("Sept 3, 2021", "2021-09-03")]
)
def test_a_date_is_read_when_it_is_in_the_calendar(date: str, iso: str) -> None:
    assert papers(f"{TITLES[0]}\n{ABSTRACTS[0]}\n  \u2022 2 authors\n\u00b7\n{date}\n")[0].date == iso


def test_paragraphs_of_an_abstract_stay_together() -> None:
    page = f"{TITLES[0]}\n\n{ABSTRACTS[0]}\n\n{ABSTRACTS[1]}\n\n{TITLES[2]}\n\n{ABSTRACTS[2]}\n"
    assert [paper.abstract for paper in papers(page)] == [f"{ABSTRACTS[0]}\n{ABSTRACTS[1]}", ABSTRACTS[2]]


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_title_without_an_abstract_is_set_aside_with_its_line(at: int) -> None:
    page = COMPACT.replace(ABSTRACTS[at] + "\n", "")
    assert [(r.source, r.line) for r in rejects(page)] == [("page.txt", line_of(page, TITLES[at]))]
    assert "no abstract" in rejects(page)[0].reason
    assert [paper.title for paper in papers(page)] == [title for title in TITLES if title != TITLES[at]]


def test_an_abstract_without_a_title_is_set_aside_with_its_line_when_the_entry_before_is_closed() -> None:
    page = METADATA.replace(TITLES[1] + "\n", "")
    assert [(r.source, r.line) for r in rejects(page)] == [("page.txt", line_of(page, ABSTRACTS[1]))]
    assert "without a title" in rejects(page)[0].reason


def test_an_abstract_without_a_title_is_set_aside_when_the_page_begins_with_it() -> None:
    assert [r.line for r in rejects(f"Subscribe\n\n{ABSTRACTS[0]}\n\n{TITLES[1]}\n\n{ABSTRACTS[1]}\n")] == [3]


def test_a_reject_reads_as_file_line_and_reason() -> None:
    assert str(rejects(f"{TITLES[0]}\n")[0]).startswith("page.txt:1: no abstract follows the title 'Counting Sheep")


@pytest.mark.parametrize("page", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("what", [TITLES, ABSTRACTS], ids=["title", "abstract"])
def test_invalid_utf8_costs_its_own_paper_only(page: str, what: tuple[str, ...]) -> None:
    damaged = page.encode().replace(what[1][:4].encode(), b"\xff\xfe" + what[1][:4].encode())
    assert [paper.title for paper in papers(damaged)] == [TITLES[0], TITLES[2]]
    assert len(rejects(damaged)) == 1
    assert "not UTF-8" in rejects(damaged)[0].reason


@pytest.mark.parametrize("page", [BLANK_LINES, COMPACT, METADATA], ids=["blank lines", "compact", "metadata"])
@pytest.mark.parametrize("what", [TITLES, ABSTRACTS], ids=["title", "abstract"])
def test_a_line_that_is_too_long_costs_its_own_paper_only(page: str, what: tuple[str, ...]) -> None:
    damaged = page.replace(what[1], "a" * (LONGEST_LINE + 10))
    assert [paper.title for paper in papers(damaged)] == [TITLES[0], TITLES[2]]
    assert ["longer than" in reject.reason for reject in rejects(damaged)] == [True]


@pytest.mark.parametrize("page", LAYOUTS.values(), ids=LAYOUTS)
def test_windows_line_ends_change_nothing(page: str) -> None:
    assert read_page(page.replace("\n", "\r\n")) == read_page(page)


@pytest.mark.parametrize("page", LAYOUTS.values(), ids=LAYOUTS)
def test_a_byte_order_mark_changes_nothing(page: str) -> None:
    assert read_page(b"\xef\xbb\xbf" + page.encode()) == read_page(page)


@pytest.mark.parametrize("page", LAYOUTS.values(), ids=LAYOUTS)
def test_a_missing_line_end_at_the_end_changes_nothing(page: str) -> None:
    assert read_page(page.rstrip("\n")) == read_page(page)


WORD = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=9)
TITLE = st.lists(WORD, min_size=2, max_size=8).map(lambda words: "The " + " ".join(words).title())
SENTENCE = st.lists(WORD, min_size=8, max_size=16).map(lambda words: "We " + " ".join(words) + ".")
ABSTRACT = st.lists(SENTENCE, min_size=2, max_size=5).map(" ".join)
DATE = st.sampled_from(["Jan 23, 2024 3", "Jun 2", "Jul 30, 2024", "Dec 31 17"])
WHO = st.sampled_from(["  \u2022 8 authors", "  \u2022 1 author", "farm-ai FARM AI Lab"])


@given(
    st.lists(st.tuples(TITLE, ABSTRACT), min_size=1, max_size=8),
    st.sampled_from(["\n", "\n\n"]),
    WHO,
    DATE,
    st.booleans(),
)
def test_every_entry_becomes_a_paper(
    entries: list[tuple[str, str]], gap: str, who: str, date: str, with_metadata: bool
) -> None:
    metadata = f"{gap}{who}\n\u00b7\n{date}" if with_metadata else ""
    page = gap.join(f"{title}{gap}{abstract}{metadata}" for title, abstract in entries)
    rows = read_page(page)
    assert [(row.title, row.abstract) for row in rows if isinstance(row, Paper)] == entries
    assert len(rows) == len(entries)


@given(st.lists(st.tuples(TITLE, ABSTRACT, st.booleans()), min_size=1, max_size=8), st.sampled_from(["\n", "\n\n"]))
def test_papers_and_rejects_add_up_when_abstracts_are_missing(entries: list[tuple[str, str, bool]], gap: str) -> None:
    page = gap.join(f"{title}{gap}{abstract}" if whole else title for title, abstract, whole in entries)
    rows = read_page(page)
    assert [row.title for row in rows if isinstance(row, Paper)] == [title for title, _, whole in entries if whole]
    assert sum(isinstance(row, Reject) for row in rows) == sum(not whole for _, _, whole in entries)


@given(st.text(max_size=400))
def test_any_text_gives_papers_or_rejects(text: str) -> None:
    assert all(isinstance(row, Paper | Reject) for row in read_page(text.encode("utf-8", "surrogatepass")))
