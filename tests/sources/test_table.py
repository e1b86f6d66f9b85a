from __future__ import annotations

import io

import pytest

from kg.model import Paper, Reject
from kg.sources import table
from kg.sources.lines import read_lines


def read(text: str) -> list[Paper | Reject]:
    dialect = table.detect(text)
    assert dialect is not None
    return list(table.read(read_lines(io.BytesIO(text.encode())), "t.csv", dialect))


def one(text: str) -> Paper:
    (row,) = read(text)
    assert isinstance(row, Paper), row
    return row


@pytest.mark.parametrize(
    "header",
    ["title,abstract", "Paper Title,Summary", "NAME,Description,arxiv_id", "\ufeff\"title\",\"abstract\"",
     "id;title;abstract", "titles|summaries", "Year\tTI\tAB", "\n\ntitle,doi"],
)  # fmt: skip
def test_a_header_is_known_by_its_names(header: str) -> None:
    assert table.detect(header + "\n") is not None


@pytest.mark.parametrize("header", ["A Study of Titles, and Abstracts", "abstract,year", "title", "", "name", "x,y,z"])
def test_a_line_of_text_is_no_header(header: str) -> None:
    assert (table.detect(header + "\n") is not None) == (header == "title")


@pytest.mark.parametrize("mark", [",", ";", "|", "\t"])
def test_the_delimiter_is_found(mark: str) -> None:
    row = one(mark.join(["title", "abstract", "year"]) + "\n" + mark.join(["Sheep", "We count.", "2024"]))
    assert (row.title, row.abstract, row.date) == ("Sheep", "We count.", "2024")


def test_line_numbers_are_those_of_the_file_despite_line_breaks_in_cells() -> None:
    rows = read('title,abstract\nA,"one\n\nthree"\n\n,no title\nB,b\n')
    places = [row.line if isinstance(row, Reject) else row.sources[0] for row in rows]
    assert places == ["t.csv:2", 6, "t.csv:7"]


def test_of_several_columns_for_a_field_the_plainest_name_counts() -> None:
    row = one("name,title,year,date,url,arxiv\nAnn,Sheep,2023,2024-02-05,https://x.example,2402.01234v3")
    assert (row.title, row.date, row.arxiv) == ("Sheep", "2024-02-05", "2402.01234")


def test_a_row_with_too_many_cells_is_set_aside_with_the_remedy() -> None:
    (row,) = read("title,abstract\nSheep, goats,and more\n")
    assert isinstance(row, Reject)
    assert row.reason == ("has 3 cells where the header has 2; put cells that hold the delimiter in quotation marks")


def test_a_row_with_too_few_cells_is_read_as_far_as_it_goes() -> None:
    assert one("title,abstract,year\nSheep\n").title == "Sheep"


def test_a_quotation_mark_in_a_table_of_tabs_is_just_one() -> None:
    rows = read('title\tabstract\n"Sheep\tWe "count".\nGoats\t"No\n')
    assert [row.title for row in rows if isinstance(row, Paper)] == ['"Sheep', "Goats"]


@pytest.mark.parametrize(("authors", "count"), [("A; B; C", 3), ("A, B", 2), ("A and B", 2), ("A", 1), ("", None)])
def test_authors_are_counted(authors: str, count: int | None) -> None:
    assert one(f'title,authors\nSheep,"{authors}"\n').author_count == count
