"""Digests of papers in Markdown, and pages in Markdown that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.model import Paper, Reject
from kg.sources import SourceFile, read_source
from kg.sources.markdown import detect

TITLES = ("Counting Sheep at Night", "On the Colour of Wool")
ABSTRACT = (
    "We study how wool keeps sheep warm. Our method, WoolNet, reaches 40.0% on SheepBench, well above a plain fence, "
    "and it needs no shepherd at all."
)
_LINKS = ("https://arxiv.org/abs/2403.00011v2", "https://arxiv.org/abs/2403.00012")
_PAPERS = list(zip(TITLES, _LINKS, strict=True))


def each(shape: str) -> str:
    return "".join(shape.format(title=title, link=link, abstract=ABSTRACT) for title, link in _PAPERS)


_AUTHORS = "Ann Shepherd, Bo Lamb"
DIGESTS = {
    "labels": each(
        f"# {{title}}\n\n**Authors**: {_AUTHORS}\n\n**Link**: [PDF]({{link}})\n\n**Abstract**: {{abstract}}\n\n---\n"
    ),
    "labels on lines": each(f"## {{title}}\nAuthors: {_AUTHORS}\n[arXiv]({{link}})\nAbstract: {{abstract}}\n\n"),
    "labels as items": each(
        f"## {{title}}\n\n- **Authors:** {_AUTHORS}\n- [PDF]({{link}})\n- **Abstract:** {{abstract}}\n\n"
    ),
    "byline": "# Daily Papers\n\n> every day at 06:00\n\n"
    + each(
        "### 1. [{title}]({link})\n\n\U0001f4c5 2024-03-05 \u00b7 \u270d\ufe0f "
        f"{_AUTHORS}\n\n`cs.CV` `cs.LG`\n\n{{abstract}}\n\n---\n\n"
    ),
    "folded": each(
        f"# [{{title}}]({{link}})\n\nAuthors: {_AUTHORS}\n\n"
        "<details><summary>Abstract</summary>\n\n{abstract}\n\n</details>\n\n"
    ),
    "sections": "# March\n\n"
    + each(f"## {{title}}\n\n[arXiv]({{link}})\n\n### Authors\n\n{_AUTHORS}\n\n### Abstract\n\n{{abstract}}\n\n"),
    "paragraphs": each(f"**[{{title}}]({{link}})**\n\nAuthors: {_AUTHORS}\n\n{{abstract}}\n\n---\n\n"),
    "nested items": "## cs.CV\n\n" + each(f"- **{{title}}** [[pdf]({{link}})]\n  - by {_AUTHORS}\n  - {{abstract}}\n"),
}


def read(text: str) -> list[Paper]:
    rows = list(read_source(SourceFile("key", "list.md", None, text.encode())))
    assert all(isinstance(row, Paper) for row in rows), rows
    return [row for row in rows if isinstance(row, Paper)]


@pytest.mark.parametrize("text", DIGESTS.values(), ids=DIGESTS)
def test_a_digest_gives_its_papers_whole(text: str) -> None:
    assert [(row.title, row.abstract, row.arxiv) for row in read(text)] == [
        (TITLES[0], ABSTRACT, "2403.00011"),
        (TITLES[1], ABSTRACT, "2403.00012"),
    ]


@pytest.mark.parametrize("text", DIGESTS.values(), ids=DIGESTS)
def test_authors_are_counted(text: str) -> None:
    assert [row.author_count for row in read(text)] == [2, 2]


def test_abstracts_may_stand_behind_the_links_of_items() -> None:
    assert [row.abstract for row in read(each("- [{title}]({link}) - {abstract}\n"))] == [ABSTRACT, ABSTRACT]


def test_a_table_of_papers_is_read_by_its_header() -> None:
    text = "# Awesome Wool\n\n| Title | Date | Code |\n|:--|---|---|\n" + each(
        "| [{title}]({link}) | 2024-05-01 | - |\n"
    )
    assert [(row.title, row.arxiv, row.date, row.sources) for row in read(text)] == [
        (TITLES[0], "2403.00011", "2024-05-01", ("list.md:5",)),
        (TITLES[1], "2403.00012", "2024-05-01", ("list.md:6",)),
    ]


def test_the_date_of_a_byline_is_the_date() -> None:
    assert [row.date for row in read(DIGESTS["byline"])] == ["2024-03-05", "2024-03-05"]


def test_a_title_that_cannot_be_told_is_set_aside() -> None:
    text = each("- [{title}]({link})\n") * 3 + "- see [pdf](https://arxiv.org/pdf/2403.00013)\n"
    *_, last = read_source(SourceFile("key", "list.md", None, text.encode()))
    assert isinstance(last, Reject)
    assert "names no title that can be told from the rest" in last.reason


@pytest.mark.parametrize(
    "text",
    [
        f"# WoolNet\n\n[Paper]({_LINKS[0]}) | [Demo](https://example.org)\n\n{ABSTRACT}\n\n"
        "## Install\n\nRun it.\n\n## Use\n\nUse it.\n",
        "# Notes\n\n" + "- something to do\n" * 8 + each("- [{title}]({link})\n"),
        f"# A Talk\n\nIt is about [Counting Sheep at Night]({_LINKS[0]}), which I like.\n",
        "# Changes\n\n## 1.0\n\n- Added a fence\n- Removed a sheep\n\n## 0.9\n\n- Counted\n",
        "| Name | Description |\n|---|---|\n| wool | It is warm. |\n| milk | It is white. |\n",
        "# Contents\n\n- [One](#one)\n- [Two](#two)\n\n## One\n\nText.\n\n## Two\n\nText.\n",
    ],
    ids=["a project", "notes", "a mention", "changes", "a table", "contents"],
)  # fmt: skip
def test_markdown_that_is_no_digest_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match=r"list\.md: (reads like|is )"):
        read(text)


PIECES = [
    "# ", "- ", "  - ", "[A Title Here](https://arxiv.org/abs/2403.00011)", "**Abstract**: ", ABSTRACT, "\n", "\n\n",
    "---\n", "| a | title |\n|---|---|\n", "<details>", "</summary>", "`cs.CV`", "> ",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_markdown_is_a_digest_or_not(text: str) -> None:
    detect(text)
    try:
        rows = list(read_source(SourceFile("key", "list.md", None, text.encode())))
    except SourceError:
        return
    assert all(isinstance(row, Paper | Reject) for row in rows)
