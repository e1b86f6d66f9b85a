"""Papers as LaTeXML writes them in HTML (https://math.nist.gov/~BMiller/LaTeXML/): those of arXiv, and ar5iv."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from lxml import html

from kg.model import Paper
from kg.sources.fields import RecordError, make_paper
from kg.sources.filenames import arxiv_id_in_name
from kg.sources.fulltext.body import BodyWriter
from kg.sources.fulltext.inline import read_inline
from kg.sources.fulltext.latexml_floats import write_float, write_tables
from kg.sources.fulltext.latexml_text import classes, role_of, text_of
from kg.sources.fulltext.names import names_in

__all__ = ["documents"]

_SECTIONS = {
    "ltx_part": 0, "ltx_chapter": 1, "ltx_section": 2, "ltx_appendix": 2, "ltx_subsection": 3, "ltx_subsubsection": 4,
    "ltx_paragraph": 5, "ltx_subparagraph": 6, "ltx_acknowledgements": 2,
}  # fmt: skip
_HEAD = frozenset(
    "ltx_title_document ltx_subtitle ltx_authors ltx_abstract ltx_keywords ltx_classification ltx_dates ltx_date "
    "ltx_role_institutetext ltx_bibliography ltx_TOC ltx_toclist ltx_index ltx_page_navbar ltx_page_footer "
    "ltx_tag ltx_listing ltx_lstlisting ltx_creator ltx_rdf ltx_pagination ltx_rule ltx_picture ltx_glossary".split()
)
_FLOATS = frozenset(("ltx_table", "ltx_figure", "ltx_float"))
_BLOCKS = frozenset(("p", "dt", "dd"))
_BLOCK_CLASSES = frozenset(("ltx_p", "ltx_equation", "ltx_equationgroup", "ltx_eqn_table"))
_MOST_AUTHORS = 3_000
_STAMP = re.compile(r"arXiv:\S{4,30}")


def documents(page: html.HtmlElement, name: str, remarks: tuple[str, ...] = ()) -> Iterator[Callable[[str], Paper]]:
    """The paper that a page is."""
    for article in page.xpath("//*[contains(concat(' ', @class, ' '), ' ltx_document ')]")[:1]:
        yield partial(_paper, page, article, name, remarks)


def _paper(page: html.HtmlElement, article: Any, name: str, remarks: tuple[str, ...], origin: str) -> Paper:
    body = BodyWriter(remarks=list(remarks))
    title = text_of(_first(article, "ltx_title_document"))
    if not title:
        title = " ".join((page.findtext(".//title") or "").split())
        title = re.sub(r"\A\[[\w./-]{6,20}\]\s", "", title)
    if not title:
        raise RecordError("has no title")
    _walk(article, body, 9)
    paper = make_paper(
        origin,
        title,
        "\n\n".join(_paragraphs(_first(article, "ltx_abstract"))),
        identifiers=[*_addresses(page), arxiv_id_in_name(name)],
        authors=_authors(article) or None,
        keywords=_unlabelled(text_of(_first(article, "ltx_keywords"))),
    )
    return replace(paper, body=body.parts(), remarks=(*paper.remarks, *body.remarks))


def _walk(element: Any, body: BodyWriter, level: int) -> None:
    """The parts in an element; recursion is as deep as the parser lets pages be."""
    for child in element:
        if not isinstance(child.tag, str) or child.tag in ("nav", "script", "style", "footer", "button"):
            continue
        names = classes(child)
        if names & _HEAD or any(name.startswith("ltx_title") for name in names):
            continue
        if section := names & _SECTIONS.keys():
            _section(child, names, body, min(_SECTIONS[each] for each in section))
        elif names & _FLOATS and (child.tag in ("figure", "div") or "ltx_table" in names):
            write_float(child, body)
        elif "ltx_tabular" in names:
            write_tables(child, body)
        elif child.tag in _BLOCKS or names & _BLOCK_CLASSES or _has_text_of_its_own(child):
            _paragraph(child, body)
        else:
            _walk(child, body, level)


def _section(element: Any, names: frozenset[str], body: BodyWriter, level: int) -> None:
    if "ltx_appendix" in names:
        body.begin_appendix()
    body.heading(level, text_of(_title(element)))
    _walk(element, body, level)
    body.close(level)


def _title(element: Any) -> Any:
    return next((each for each in element if any(name.startswith("ltx_title") for name in classes(each))), None)


def _paragraph(element: Any, body: BodyWriter) -> None:
    tables = element.xpath(".//*[contains(concat(' ', @class, ' '), ' ltx_tabular ')]")
    if tables:
        write_tables(element, body)
        return
    inline = read_inline(element, role_of)
    body.paragraph(inline.text)
    body.footnotes(inline.notes)


def _has_text_of_its_own(element: Any) -> bool:
    return bool((element.text or "").strip() or any((each.tail or "").strip() for each in element))


def _paragraphs(element: Any) -> list[str]:
    if element is None:
        return []
    body = BodyWriter()
    _walk(element, body, 9)
    return [part.text for part in body.parts() if part.table is None]


def _first(element: Any, name: str) -> Any:
    return next(iter(element.xpath(f".//*[contains(concat(' ', @class, ' '), ' {name} ')]")), None)


def _addresses(page: html.HtmlElement) -> Iterator[str]:
    """Where the page says what it is a page of: its address, and the stamp in its margin."""
    yield from (base for base in page.xpath("//base/@href")[:1] if "/html/" in base)
    for link in page.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")[:3]:
        yield str(link)
    for base in page.xpath("//base/@href")[:1]:
        yield f"https://arxiv.org{base}" if base.startswith("/html/") else base
    for stamp in page.xpath("//*[@id='watermark-tr']")[:1]:
        if match := _STAMP.search(stamp.text_content()):
            yield match.group()
    if match := re.match(r"\[([\w./-]{6,20})\]\s", " ".join((page.findtext(".//title") or "").split())):
        yield match.group(1)


def _authors(article: Any) -> list[str]:
    found: list[str] = []
    for creator in article.xpath(
        ".//*[contains(@class, 'ltx_role_author')]//*[contains(concat(' ', @class, ' '), ' ltx_personname ')]"
    )[:_MOST_AUTHORS]:
        found += names_in(creator)
    return list(dict.fromkeys(found))


def _unlabelled(text: str) -> str:
    return re.sub(r"\A(?:key ?words(?: and phrases)?|index terms)\s{0,3}[:.—-]{0,2}\s{0,3}", "", text, flags=re.I)
