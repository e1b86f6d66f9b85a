"""Papers in PDF: lines at places, and what they are."""

from __future__ import annotations

import sys

import pytest

from kg.errors import SourceError
from kg.model import Paper, PassageKind, Reject
from kg.sources import SourceFile, read_source
from tests.sources.fulltext.pages import Line, pdf

pytest.importorskip("pypdfium2")

HEAD = [
    Line(150, 720, "Shepherd: Herding Sums", 17, bold=True),
    Line(200, 695, "Ann Fold, Bo Lamb", 12),
    Line(200, 680, "Farm University", 12),
    Line(140, 650, "Abstract", 12, bold=True),
    Line(90, 635, "We herd sums as they come, and count shee-", 9),
    Line(90, 624, "pfolds on the way.", 9),
    Line(72, 600, "1 Introduction", 12, bold=True),
]


def read(*pages: list[Line], name: str = "x.pdf") -> Paper:
    (row,) = read_source(SourceFile("key", name, None, pdf(*pages)))
    assert isinstance(row, Paper), row
    return row


def refusal(data: bytes) -> str:
    (row,) = read_source(SourceFile("key", "x.pdf", None, data))
    assert isinstance(row, Reject), row
    return row.reason


def text(first: float, *lines: str, left: float = 72, size: float = 10) -> list[Line]:
    return [Line(left, first - 12 * number, line, size) for number, line in enumerate(lines)]


def test_title_names_and_abstract_stand_before_the_text() -> None:
    paper = read([*HEAD, *text(580, "Sheep come in flocks.", "They graze.")])
    assert (paper.title, paper.abstract) == (
        "Shepherd: Herding Sums",
        "We herd sums as they come, and count sheepfolds on the way.",
    )
    assert [author.name for author in paper.authors] == ["Ann Fold", "Bo Lamb"]
    assert [(part.heading, part.text) for part in paper.body] == [
        (("Introduction",), "Sheep come in flocks. They graze.")
    ]


def test_columns_are_read_one_after_the_other_and_their_paragraphs_go_on() -> None:
    page = [
        *HEAD,
        *text(580, "Sheep come in flocks of ten, and", "each flock has a"),
        *text(580, "dog. It barks at night, and then", "it sleeps.", left=320),
        Line(330, 550, "The next day is alike."),
    ]
    assert [part.text for part in read(page).body] == [
        "Sheep come in flocks of ten, and each flock has a dog. It barks at night, and then it sleeps.\n\n"
        "The next day is alike."
    ]


def test_what_repeats_at_the_edges_of_pages_and_their_numbers_are_no_text() -> None:
    pages = [
        [Line(72, 770, "Barn 2024"), *text(500, f"Sheep number {name} grazes."), Line(300, 30, str(number))]
        for number, name in enumerate(("one", "two", "three"), start=2)
    ]
    (part,) = read([*HEAD, Line(300, 30, "1")], *pages).body
    assert part.text == "Sheep number one grazes. Sheep number two grazes. Sheep number three grazes."


@pytest.mark.parametrize("with_text", [True, False])
def test_numbers_of_lines_in_a_draft_are_no_text(with_text: bool) -> None:
    lines = text(580, *[f"Sheep {name} grazes." for name in "abcdefghijklmnopqrst"])
    numbers = [Line(30, line.bottom, f"{place:03}", 8) for place, line in enumerate(lines, start=1)]
    page = [each for pair in zip(numbers, lines, strict=True) for each in pair] if with_text else [*numbers, *lines]
    assert read([*HEAD, *page]).body[0].text.startswith("Sheep a grazes. Sheep b grazes. Sheep c")


def test_sections_references_and_appendices_are_told_by_their_headings() -> None:
    paper = read(
        [
            *HEAD,
            *text(580, "Sheep come in flocks."),
            Line(72, 550, "1.1 Pens", 10, bold=True),
            *text(530, "One pen."),
            Line(72, 500, "References", 12, bold=True),
            *text(480, "Fold, A. 2020. Wolves.", "Lamb, B. 2021. Dogs."),
            Line(72, 440, "A Dogs", 12, bold=True),
            *text(420, "Dogs help."),
        ]
    )
    assert [(part.heading, part.text, part.appendix) for part in paper.body] == [
        (("Introduction",), "Sheep come in flocks.", False),
        (("Introduction", "Pens"), "One pen.", False),
        (("Dogs",), "Dogs help.", True),
    ]


TABLE = [
    Line(72, 560, "Table 2: Sheep that dogs herd."),
    Line(72, 540, "Dog", 9),
    Line(180, 540, "Ewes", 9),
    Line(240, 540, "Rams", 9),
    Line(72, 528, "Rex (Fold, 2020)", 9),
    Line(180, 528, "3.5", 9, bold=True),
    Line(240, 528, "4.5", 9),
    Line(72, 516, "Fido", 9),
    Line(180, 516, "1.0", 9),
    Line(240, 516, "12.0", 9),
]


def test_a_table_is_made_of_the_lines_at_its_caption_and_is_a_guess() -> None:
    paper = read([*HEAD, *text(580, "Sheep come in"), *TABLE, *text(480, "flocks of ten, as Table 2 shows.")])
    text_, caption, part = paper.body
    assert (caption.kind, caption.text) == (PassageKind.CAPTION, "Sheep that dogs herd.")
    table = part.table
    assert table is not None
    assert (table.number, table.guessed) == ("2", True)
    assert [(cell.row, cell.column, cell.text, cell.bold) for cell in table.cells] == [
        (0, 0, "Dog", False), (0, 1, "Ewes", False), (0, 2, "Rams", False),
        (1, 0, "Rex (Fold, 2020)", False), (1, 1, "3.5", True), (1, 2, "4.5", False),
        (2, 0, "Fido", False), (2, 1, "1.0", False), (2, 2, "12.0", False),
    ]  # fmt: skip
    assert text_.text == "Sheep come in flocks of ten, as Table 2 shows."


def test_a_caption_below_its_table_has_it_too() -> None:
    below = [line._replace(bottom=480) if line.text.startswith("Table") else line for line in TABLE[1:] + TABLE[:1]]
    tables = [part.table for part in read([*HEAD, *below]).body if part.table]
    assert [(table.number, len(table.cells)) for table in tables] == [("2", 9)]


def test_what_is_raised_in_a_cell_stands_beside_it() -> None:
    raised = [*TABLE, Line(258, 519.5, "a", 6)]
    (table,) = (part.table for part in read([*HEAD, *raised]).body if part.table)
    last = table.cells[-1]
    assert (last.text, last.asides) == ("12.0", ("a",))


def test_the_stamp_of_arxiv_and_the_doi_say_which_paper_it_is() -> None:
    stamp = Line(20, 400, "arXiv:2401.01234v2 [cs.CL] 5 Jan 2024", 14)
    doi = Line(72, 60, "https://doi.org/10.1234/wool.7", 8)
    paper = read([*HEAD, stamp, doi])
    assert (paper.arxiv, paper.doi, paper.title) == ("2401.01234", "10.1234/wool.7", "Shepherd: Herding Sums")
    assert read(HEAD, name="2401.00007v1.pdf").arxiv == "2401.00007"


def test_pages_beyond_all_measure_are_left_out_and_told() -> None:
    paper = read(HEAD, *[[Line(72, 500, f"Sheep {number} grazes.")] for number in range(400)])
    assert paper.remarks == ("leaves out the pages from 301 on, of 401",)


def test_a_pdf_of_images_is_set_aside_with_what_to_do() -> None:
    assert "OCR" in refusal(pdf([]))


def test_a_pdf_that_is_encrypted_or_damaged_is_set_aside() -> None:
    assert refusal(pdf(HEAD, encrypted=True)) == "is a PDF that is encrypted; save a copy of it without a password"
    assert "damaged" in refusal(b"%PDF-1.4\n" + b"sheep" * 100)


def test_a_pdf_without_a_title_is_set_aside() -> None:
    assert "no title" in refusal(pdf(text(500, *["Sheep come in flocks of ten, and graze."] * 10)))


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(SourceError, match=r"pip install 'paperkg\[fulltext\]'"):
        list(read_source(SourceFile("key", "x.pdf", None, pdf(HEAD))))
