"""What is particular to BibTeX, RIS and Atom."""

from __future__ import annotations

import pytest

from kg.model import Paper, Reject
from kg.sources import SourceFile, read_source
from tests.sources.formats import ATOM, BIBTEX, RIS, TITLES


def read(text: str) -> list[Paper | Reject]:
    return list(read_source(SourceFile("key", "refs", None, text.encode())))


def one(text: str) -> Paper:
    (row,) = read(text)
    assert isinstance(row, Paper), row
    return row


def test_entries_and_records_are_known_by_their_lines() -> None:
    for text, mark in ((BIBTEX, "@article{"), (RIS, "TY  - JOUR")):
        first = read(text)[0]
        assert isinstance(first, Paper)
        assert first.sources == (f"refs:{text[: text.index(mark)].count(chr(10)) + 1}",)


@pytest.mark.parametrize(
    ("field", "arxiv"),
    [
        ("eprint = {2402.01234v2}", "2402.01234"),
        ("eprint = {2402.01234}, archivePrefix = {arXiv}", "2402.01234"),
        ("eprint = {2402.01234}, archivePrefix = {hal}", None),
        ("journal = {arXiv preprint arXiv:2402.01234}", "2402.01234"),
        ("journal = {CoRR}, volume = {abs/2402.01234}", "2402.01234"),
        ("doi = {10.48550/ARXIV.2402.01234}", "2402.01234"),
        ("url = {http://arxiv.org/abs/hep-th/9901001v3}", "hep-th/9901001"),
        ("note = {arXiv:2402.01234 [cs]}", "2402.01234"),
    ],
)
def test_an_arxiv_id_is_found_wherever_bibtex_puts_it(field: str, arxiv: str | None) -> None:
    assert one(f"@misc{{key, title = {{Sheep}}, {field}}}").arxiv == arxiv


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("year = 2024, month = feb", "2024-02"),
        ("year = {2024}, month = {February}", "2024-02"),
        ('year = "2024", month = "2"', "2024-02"),
        ("year = {2024}", "2024"),
        ("date = {2024-02-05}, year = 2023", "2024-02-05"),
        ("year = {to appear}", None),
    ],
)
def test_a_date_is_as_exact_as_the_entry(fields: str, date: str | None) -> None:
    assert one(f"@misc{{key, title = {{Sheep}}, {fields}}}").date == date


def test_an_abbreviation_holds_for_the_whole_file() -> None:
    entries = "".join(f"@misc{{key{n}, title = {{Sheep {n}}}, abstract = {{{'word ' * 200}}}}}\n" for n in range(500))
    rows = read(f'@string{{sheep = "On Sheep"}}\n{entries}@misc{{last, title = sheep}}\n')
    assert len(rows) == 501
    assert isinstance(rows[-1], Paper)
    assert rows[-1].title == "On Sheep"
    assert rows[-1].sources == ("refs:502",)


def test_a_key_or_a_field_that_comes_twice_costs_nothing() -> None:
    rows = read("@misc{k, title={A}, url={x}, url={y}}\n@misc{l, title={B}}\n@misc{l, title={C}}\n")
    assert [row.title for row in rows if isinstance(row, Paper)] == ["A", "B", "C"]


def test_what_looks_like_an_entry_and_is_none_is_told() -> None:
    rows = read("@misc{a, title={A}}\n\narticle{b,\n  title = {B}\n}\n@misc{c, title={C}}\n% title of nothing\n")
    assert [row.line if isinstance(row, Reject) else row.title for row in rows] == ["A", 3, "C"]


def test_a_bad_entry_says_where_and_what() -> None:
    (row,) = [row for row in read("@misc{a, title={A}}\n@misc{nameless, year = 2024}\n") if isinstance(row, Reject)]
    assert str(row) == "refs:2: entry 'nameless' has no title"


def test_nothing_of_the_parser_reaches_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    read("@misc{a, title={A}}\n@misc{b, title={B}\n@misc{c title}\n")
    assert capfd.readouterr() == ("", "")


def test_a_record_without_its_end_is_read_and_told() -> None:
    rows = [row for row in read(RIS.replace("ER  - \n", "", 1)) if isinstance(row, Paper)]
    assert [row.title for row in rows] == list(TITLES)
    assert [bool(row.remarks) for row in rows] == [True, False, False]


def test_lines_before_the_first_record_are_set_aside_once() -> None:
    rows = read(RIS.replace("TY  - JOUR", "XY  - JOUR", 1))
    assert [row.line if isinstance(row, Reject) else row.title for row in rows] == [1, TITLES[1], TITLES[2]]


def test_an_error_of_arxiv_is_no_paper() -> None:
    head = ATOM.partition("  <entry>")[0]
    (row,) = read(
        f"{head}<entry><id>http://arxiv.org/api/errors#x</id><title>Error</title>"
        "<summary>bad id</summary></entry></feed>"
    )
    assert isinstance(row, Reject)
    assert row.reason == "arXiv answers with an error: bad id"


def test_a_single_entry_is_read() -> None:
    entry = "<entry xmlns='http://www.w3.org/2005/Atom'><id>x</id><title>Sheep &amp; <i>Goats</i></title></entry>"
    assert one(entry).title == "Sheep & Goats"
