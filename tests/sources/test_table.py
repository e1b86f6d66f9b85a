from __future__ import annotations

import io
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


# Exports of databases and reference managers: the header, a row, and what the row says

EXPORTS = {
    "SpringerLink": (
        'Item Title,Publication Title,Book Series Title,Journal Volume,Item DOI,Authors,Publication Year,URL,'
        'Content Type\n'
        'Hay,Barn Days,,3,10.1234/s.1,Ann ShepherdBo McLamb,2031,https://link.example.org/s.1,Chapter\n',
        {"title": "Hay", "venue": "Barn Days", "doi": "10.1234/s.1", "date": "2031", "author_count": 2,
         "type": "chapter"},
    ),
    "OpenAlex": (
        'id,abstract,authorships.author.display_name,authorships.author.id,display_name,doi,'
        'primary_location.source.display_name,publication_date,publication_year,type,is_retracted\n'
        'https://openalex.org/W1,We stack.,Ann Shepherd|Bo Lamb,A1|A2,Hay,https://doi.org/10.1234/o.1,Barn,'
        '2031-03-04,2031,'
        'article,TRUE\n',
        {"title": "Hay", "abstract": "We stack.", "venue": "Barn", "date": "2031-03-04", "author_count": 2,
         "status": "retracted"},
    ),
    "Covidence": (
        'Title,Authors,Abstract,Published Year,Published Month,Journal,DOI,Covidence #\n'
        'Hay,"Shepherd, A.; Lamb, B.",We stack.,2031,March,Barn,10.1234/c.1,#7\n',
        {"title": "Hay", "date": "2031-03", "venue": "Barn", "author_count": 2},
    ),
    "Web of Science": (
        "PT\tAU\tTI\tSO\tDT\tDE\tID\tAB\tPD\tPY\tDI\tUT\t\n"
        "J\tShepherd, A; Lamb,"
        " B\tHay\tBARN\tArticle\thay; straw\tGRASS\tWe stack.\tMAR 4\t2031\t10.1234/w.1\tWOS:1\t\n",
        {"title": "Hay", "abstract": "We stack.", "venue": "BARN", "date": "2031-03-04", "doi": "10.1234/w.1",
         "keywords": ("hay", "straw"), "type": "article"},
    ),
    "Scopus": (
        '\ufeff"Authors","Author full names","Title","Year","Source title","DOI","Link","Abstract","Author Keywords",'
        '"Document Type","Source"\n"Shepherd A.; Lamb B.","Shepherd, Ann (1); Lamb, Bo (2)","Hay",2031,'
        '"Barn","10.1234/p.1",'
        '"https://example.org/p","[No abstract available]","hay; straw","Retracted","Scopus"\n',
        {"title": "Hay", "abstract": "", "venue": "Barn", "status": "retracted", "keywords": ("hay", "straw")},
    ),
    "Dimensions": (
        '"About the data: Exported on Mar 4, 2031. Criteria: hay, or straw."\n'
        'Rank,Publication ID,DOI,Title,Abstract,Source title,Publication Date,PubYear,Authors,Authors (Raw Name)\n'
        '1,pub.1,10.1234/d.1,Hay,We stack.,Barn,2031-03-04,2031,"Shepherd, Ann; Lamb, Bo","Shepherd, A"\n',
        {"title": "Hay", "abstract": "We stack.", "venue": "Barn", "date": "2031-03-04", "author_count": 2},
    ),
    "Zotero": (
        '"Key","Item Type","Publication Year","Author","Title","Publication Title","DOI","Url","Abstract Note","Date",'
        '"Manual Tags"\n"K","journalArticle","2031","Shepherd, Ann; Lamb, Bo","Hay","Barn","10.1234/z.1",'
        '"https://example.org/z","We stack.","2031-03-04","hay; straw"\n',
        {"title": "Hay", "abstract": "We stack.", "venue": "Barn", "date": "2031-03-04", "type": "article"},
    ),
    "Publish or Perish": (
        "Cites,Authors,Title,Year,Source,Publisher,ArticleURL,GSRank,Type,DOI,Abstract\n"
        '3,"A Shepherd, B Lamb",Hay,2031,Barn,Barn Press,https://example.org/p,1,PDF,10.1234/g.1,We stack.\n',
        {"title": "Hay", "venue": "Barn", "author_count": 2, "urls": ("https://example.org/p",)},
    ),
    "Lens": (
        "Lens ID,Title,Date Published,Publication Year,Publication Type,Source Title,Author/s,Abstract,DOI,"
        "Fields of Study\n"
        "1-2,Hay,2031-03-04,2031,journal article,Barn,Ann Shepherd; Bo Lamb,We stack.,10.1234/l.1,Botany; Art\n",
        {"title": "Hay", "date": "2031-03-04", "author_count": 2, "categories": ("Botany", "Art")},
    ),
    "Rayyan": (
        "key,title,authors,issn,day,month,year,publisher,url,abstract,notes,journal\n"
        'r1,Hay,"Shepherd, Ann and Lamb, Bo",,4,3,2031,,https://example.org/r,We stack.,,Barn\n',
        {"title": "Hay", "date": "2031-03-04", "author_count": 2},
    ),
    "arXiv on Kaggle": (
        "titles,summaries,terms\nHay,We stack.,\"['cs.LG', 'stat.ML']\"\n",
        {"title": "Hay", "abstract": "We stack.", "categories": ("cs.LG", "stat.ML")},
    ),
    "pandas": (
        "Unnamed: 0,title,authors,abstract,year\n0,Hay,\"['Ann Shepherd' 'Bo Lamb']\",nan,2031.0\n",
        {"title": "Hay", "abstract": "", "author_count": 2, "date": "2031"},
    ),
    "a page of Notion": (
        "Name,Tags,URL,Abstract\nHay,\"hay, straw\",https://arxiv.org/abs/2402.01234,We stack.\n",
        {"title": "Hay", "abstract": "We stack.", "arxiv": "2402.01234"},
    ),
    "Portuguese": (
        ""
        "\ufeffAutor (AU);Título (TI);Resumo (AB);Revista (SO);Ano (PY);DOI (DI)\n"
        "SHEPHERD A;Hay;We stack.;Barn;2031;10.1234/b.1\n",
        {"title": "Hay", "abstract": "We stack.", "venue": "Barn", "date": "2031", "doi": "10.1234/b.1"},
    ),
    "German": (
        "Titel;Autoren;Zusammenfassung;Jahr;Zeitschrift\nHeu;Ann Schäfer;Wir stapeln.;2031;Scheune\n",
        {"title": "Heu", "abstract": "Wir stapeln.", "venue": "Scheune", "date": "2031"},
    ),
    "Chinese": (
        "标题,作者,摘要,年份\nHay,Ann Shepherd,We stack.,2031\n",
        {"title": "Hay", "abstract": "We stack.", "date": "2031"},
    ),
    "Excel": (
        "sep=;\nTitle;Abstract;Year\nHay;We stack.;2031\n",
        {"title": "Hay", "abstract": "We stack.", "date": "2031"},
    ),
    "a header over two lines": (
        '"Paper\nTitle","Abstract\n(English)",DOI\nHay,We stack.,10.1234/h.1\n',
        {"title": "Hay", "abstract": "We stack."},
    ),
    "a title over the table": (
        "Reading list of the barn\n\nTitle,Authors,Year\nHay,Ann Shepherd,2031\n", {"title": "Hay", "date": "2031"},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "said"), EXPORTS.values(), ids=EXPORTS)
def test_an_export_is_read_by_the_names_of_its_columns(text: str, said: dict[str, object]) -> None:
    paper = one(text)
    assert {name: getattr(paper, name) for name in said} == said


@pytest.mark.parametrize(
    "header",
    ["Name,Description,URL", "name,year", "Publication Title,Year,DOI", "Source title,Authors,Abstract",
     "a list\nof, title and year\nof a thing", "| Title | Year |\n|---|---|"],
)  # fmt: skip
def test_a_table_of_other_things_is_none_of_papers(header: str) -> None:
    assert table.detect(header + "\n") is None


def test_names_of_springerlink_that_cannot_be_told_apart_are_left_out() -> None:
    text = EXPORTS["SpringerLink"][0].replace("Ann ShepherdBo McLamb", "Ann ShepHerdsman")
    assert one(text).authors == ()


def test_a_column_that_looks_like_an_abstract_and_is_none_by_its_name_is_told() -> None:
    prose = "We stack hay. " * 20
    paper = one(f"title,Abs (long),year\nHay,{prose},2031\n")
    assert (paper.abstract, paper.remarks) == ("", ("'Abs (long)' looks like an abstract and was not used",))
    assert one(f"title,References,year\nHay,{prose},2031\n").remarks == ()


def test_a_date_that_is_none_leaves_a_remark() -> None:
    assert one("title,date\nHay,soon\n").remarks == ("'date' is not understood: 'soon'",)


@given(st.sampled_from(sorted(EXPORTS)), st.randoms(use_true_random=False), st.integers(0, 3))
def test_cells_in_any_order_give_a_paper_or_a_reject_each(name: str, random: Random, count: int) -> None:
    lines = EXPORTS[name][0].splitlines(keepends=True)
    for _ in range(count):
        cells = list(lines[-1])
        place = random.randrange(len(cells) + 1)
        cells[place:place] = random.choice(['"', ",", ";", "\t", "\n", "[", "'", "\x00", "{", "}"])
        random.shuffle(cells) if random.random() < 0.2 else None
        lines[-1] = "".join(cells)
    text = "".join(lines)
    if dialect := table.detect(text):
        rows = list(table.read(read_lines(io.BytesIO(text.encode())), "t.csv", dialect))
        assert all(isinstance(row, Reject) or row.title for row in rows)
