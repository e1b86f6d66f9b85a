"""Papers in Markdown, as converters write them, and what is none."""

from __future__ import annotations

import pytest

from kg.model import Paper, Part, PassageKind, Table
from kg.sources import SourceFile, read_source
from kg.sources.fulltext import markdown_paper
from tests.sources.formats import FORMATS


def read(text: str, name: str = "x.md") -> Paper:
    (row,) = read_source(SourceFile("key", name, None, text.encode()))
    assert isinstance(row, Paper), row
    return row


def paper(content: str) -> Paper:
    return read(
        "# Shepherd: Herding Sums\n\nAnn Fold, Bo Lamb\n\nFarm University\n\n## Abstract\n\nWe herd sums.\n\n## 1 "
        "Introduction\n\n"
        f"Sheep graze.\n\n{content}\n\n## 5 Conclusion\n\nThey sleep.\n"
    )


def table_of(content: str) -> Table:
    (table,) = (part.table for part in paper(content).body if part.table)
    return table


def test_a_paper_has_its_title_its_abstract_and_its_sections() -> None:
    found = paper("## 2 Related Work\n\n### 2.1 Dogs\n\nDogs *help* [3], see $n_i$.[^1]\n\n[^1]: Of ten.")
    assert (found.title, found.abstract) == ("Shepherd: Herding Sums", "We herd sums.")
    assert [author.name for author in found.authors] == ["Ann Fold", "Bo Lamb"]
    assert [(part.heading, part.text) for part in found.body][:2] == [
        (("Introduction",), "Sheep graze."),
        (("Related Work", "Dogs"), "Dogs help, see ni.[^1]"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# Shepherd\n\n**Abstract** We herd sums.\n\n# I. INTRODUCTION\n\nSheep graze.\n\n# II. METHODS\n\nDogs.\n",
        "# Shepherd\n\nAnn Fold\n\n###### Abstract\n\nWe herd sums.\n\n## 1 Introduction\n\nSheep graze.\n\n## 2 "
        "Results\n\nTen.\n",
        "## **Shepherd**\n\n## ABSTRACT\n\nWe herd sums.\n\n## **<span id='p'></span>1. Introduction**\n\nSheep "
        "graze.\n\n"
        "## **References**\n\n- Fold.\n",
        "---\ntitle: Shepherd\n---\n\n# Abstract\n\nWe herd sums.\n\n# Introduction\n\nSheep graze.\n\n# "
        "Discussion\n\nTen.\n",
    ],
)
def test_converters_mark_the_abstract_in_several_ways(text: str) -> None:
    found = read(text)
    assert (found.title, found.abstract, found.body[0].text) == ("Shepherd", "We herd sums.", "Sheep graze.")


def test_references_are_no_part_and_appendices_behind_them_are() -> None:
    found = paper("## References\n\n[1] Fold. Wolves.\n\n## A Dogs\n\nDogs help.")
    assert found.body[1] == Part(PassageKind.SECTION, "Dogs help.", ("Dogs",), appendix=True)
    assert "Wolves" not in str(found.body)


PIPES = "| Dog | Ewes |\n|---|---:|\n| Rex [3] | **3.5** |\n| Fido<sup>a</sup> | $1.0_{\\pm 0.2}$ |"


@pytest.mark.parametrize("content", [f"Table 2: Counts.\n\n{PIPES}", f"{PIPES}\n\n**Table 2.** Counts."])
def test_a_table_has_the_caption_before_or_behind_it(content: str) -> None:
    table = table_of(content)
    assert (table.caption, table.number, table.rules) == ("Counts.", "2", (1,))
    assert [(cell.text, cell.head, cell.bold, cell.cited, cell.asides) for cell in table.cells] == [
        ("Dog", True, False, False, ()), ("Ewes", True, False, False, ()),
        ("Rex", False, False, True, ()), ("3.5", False, True, False, ()),
        ("Fido", False, False, False, ("a",)), ("1.0", False, False, False, ("± 0.2",)),
    ]  # fmt: skip


def test_a_caption_is_a_part_and_no_text() -> None:
    assert Part(PassageKind.CAPTION, "Counts.", ("Introduction",)) in paper(f"Table 2: Counts.\n\n{PIPES}").body


def test_tables_of_html_have_their_spans() -> None:
    table = table_of(
        "<table><tr><td rowspan=2>Dog</td><td colspan=2>Sheep</td></tr><tr><td>Ewes</td><td>Rams</td></tr>"
        "<tr><td>Rex</td><td>3</td><td>4</td></tr></table>"
    )
    assert [(cell.row, cell.column, cell.text) for cell in table.cells[:4]] == [
        (0, 0, "Dog"), (0, 1, "Sheep"), (1, 1, "Ewes"), (1, 2, "Rams"),
    ]  # fmt: skip


def test_tables_in_latex_are_left_out_and_told() -> None:
    latex = r"\begin{table} \begin{tabular}{l} Rex & 3 \end{tabular} \caption{Counts.} \end{table}"
    assert paper(f"{latex}\n\n{latex}").remarks == ("leaves out 2 tables in LaTeX",)


def test_the_stamp_of_arxiv_and_the_name_of_the_file_say_which_paper_it_is() -> None:
    text = "# Shepherd\n\n## Abstract\n\nWe herd.\n\n# 1 Introduction\n\nSheep.\n\n# 2 Results\n\nTen.\n"
    assert read(f"arXiv:2401.01234v2 [cs.CL]\n\n{text}").arxiv == "2401.01234"
    assert read(text, "2401.00007.mmd").arxiv == "2401.00007"


@pytest.mark.parametrize("text", FORMATS.values(), ids=FORMATS)
def test_no_list_of_papers_is_taken_for_one(text: object) -> None:
    assert not markdown_paper.detect(text if isinstance(text, str) else "")


def test_digests_and_pages_of_programs_are_no_papers() -> None:
    digest = "# Papers\n\n" + "## [On Wool](https://arxiv.org/abs/2402.01234)\n\n### Abstract\n\nWool is warm.\n\n" * 5
    assert not markdown_paper.detect(digest)
    project = "# Wool\n\n## Abstract\n\nWool.\n\n## Results\n\nTen.\n\n## Methods\n\nKnit.\n\n## Installation\n\npip\n"
    assert not markdown_paper.detect(project)


def test_brackets_without_end_are_read_in_time_that_grows_with_their_number() -> None:
    found = paper("## 2 Methods\n\n" + "$" * 20_000 + "[" * 20_000 + "<" * 20_000 + "_{" * 20_000 + "*" * 20_000)
    assert found.title == "Shepherd: Herding Sums"
