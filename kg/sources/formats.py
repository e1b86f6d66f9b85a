"""The formats that ``kg`` reads by itself, each told by marks that no other bears; what bears none is refused.

The libraries of a format are loaded only when a source needs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.hookspecs import Head, Reader, Source
from kg.model import Paper, Reject
from kg.sources import jsonrecords, jsontext, layout, python_literals, table
from kg.sources.lines import read_lines
from kg.sources.roots import root_of

__all__ = ["READERS"]

_Papers = Iterator[Paper | Reject]

_HTML_ROOTS = frozenset(("html", "head", "body", "main", "div", "meta", "link", "script", "section", "title"))
# Roots of documents with records that are read, beside those that say more in their attributes, or in what follows.
_XML_ROOTS = frozenset(
    "feed entry rss OAI-PMH ListRecords GetRecord record records collection volume article pmc-articleset "
    "PubmedArticleSet PubmedArticle MedlineCitationSet modsCollection mods TEI teiCorpus".split()
)
_OF_RSS = re.compile(r"purl\.org/rss/|netscape\.com/rdf")
# An entry of a usual type, or one of any type with a key and a field: decorators and rules of style begin alike.
_BIBTEX = re.compile(
    r"^[ \t]{0,99}@(?:(?:article|(?:in)?proceedings|conference|(?:in|mv)?book|booklet|(?:in)?collection|manual|misc|"
    r"(?:masters|phd)?thesis|(?:tech)?report|online|electronic|unpublished|string|preamble|comment)\s{0,9}[{(]|"
    r"[a-z]{1,30}[ \t]{0,9}\{[^\n={},]{0,200}(?:,\s{0,200}[\w-]{1,40}\s{0,20}=|\}[ \t]{0,99}$))",
    re.IGNORECASE | re.MULTILINE,
)
_BEFORE_BIBTEX = 4_000  # characters of what programs say of themselves before the first entry
# The name of a part of a workbook, behind the head of its entry in the zip file.
_PART_OF_WORKBOOK = re.compile(rb"PK\x03\x04[\s\S]{26}xl/(?:workbook|worksheets|sharedStrings|styles|theme|_rels)")
# The part of an office document that says what it is, behind the head of its entry.
_OFFICE = re.compile(rb"PK\x03\x04[\s\S]{26}(?:\[Content_Types\]|_rels/|word/|xl/|ppt/|mimetype|META-INF/)")
# The class of a document, at the start of a line; what comes before begins with a command or a comment.
_LATEX = re.compile(r"^[ \t]{0,40}\\document(?:class|style)\b", re.MULTILINE)
_RIS = re.compile(
    r"^(?:\s{0,8}(?:TY|ty)[ \t]{0,4}-[ \t]{0,4}[A-Za-z]{3,8}\s*$|(?:TI|T1|AU|A1|AB|PY|DO|JO|ER)  -)", re.MULTILINE
)
_WEB_OF_SCIENCE = re.compile(r"FN (?:Clarivate|Thomson|ISI|Web of)|PT [A-Z]\s*\n(?:[A-Z][A-Z0-9]|  ) ")
_MEDLINE = re.compile(r"(?:<\s?\d+\.?\s?>\s*)?(?:PMID|UI  |VN  )- ?\w")
_ENDNOTE = re.compile(r"%[0A-Z] \S[^\n]*\n(?:[^\n]*\n){0,200}?%T ")
_REFWORKS = re.compile(r"(?:[^\n]*\n){0,20}?RT [A-Z][^\n]*\n(?:SR|ID|A1|T1) ")
# A list of objects, of lists or of names of columns; an API answers null for what it does not know.
_LIST = re.compile(r"\[\s*(?:null\s*,\s*)*+(?:\{(?!\s*')|\]|\Z|\[\s*[\"{]|\"[^\"\n]{0,99}\"\s*,)")
_OBJECT = re.compile(r"\{\s*(?:[\"}]|\Z)")
_JSON_LINE = re.compile(r"^[ \t]{0,99}\{[ \t]{0,99}\"", re.MULTILINE)


def _is_parquet(head: Head) -> bool:
    return head.data.startswith(b"PAR1")


def _is_workbook(head: Head) -> bool:
    return head.data.startswith(b"PK") and _PART_OF_WORKBOOK.search(head.data) is not None


def _is_pdf(head: Head) -> bool:
    return head.data[:1_024].lstrip().startswith(b"%PDF-")


def _is_tar(head: Head) -> bool:
    return head.data[257:262] == b"ustar"


def _is_zip(head: Head) -> bool:
    """A zip file that is no document of an office program."""
    return head.data.startswith(b"PK\x03\x04") and _OFFICE.search(head.data) is None


def _is_latex(head: Head) -> bool:
    return head.start.startswith(("\\", "%")) and _LATEX.search(head.text) is not None


def _is_json_lines(head: Head) -> bool:
    return _OBJECT.match(head.start) is not None and jsontext.looks_like_lines(head.start)


def _is_json(head: Head) -> bool:
    return (_OBJECT.match(head.start) or _LIST.match(head.start)) is not None


def _is_html(head: Head) -> bool:
    root = root_of(head.start)
    return root is not None and root.name.lower() in _HTML_ROOTS


def _is_xml(head: Head) -> bool:
    root = root_of(head.start)
    if root is None:
        return False
    if root.local_name == "xml":
        return root.rest.lstrip().startswith("<records")
    if root.local_name == "RDF":
        return _OF_RSS.search(root.attributes) is not None
    return root.local_name in _XML_ROOTS


def _is_bibtex(head: Head) -> bool:
    match = _BIBTEX.search(head.text)
    # A page of a project quotes how to cite it, in a block of code.
    return match is not None and match.start() < _BEFORE_BIBTEX and "```" not in head.text[: match.start()]


def _is_ris(head: Head) -> bool:
    return _RIS.search(head.text) is not None


def _is_web_of_science(head: Head) -> bool:
    return _WEB_OF_SCIENCE.match(head.start) is not None


def _is_medline(head: Head) -> bool:
    return _MEDLINE.match(head.start) is not None


def _is_endnote(head: Head) -> bool:
    return _ENDNOTE.match(head.start) is not None


def _is_refworks(head: Head) -> bool:
    return _REFWORKS.match(head.start) is not None


def _is_table(head: Head) -> bool:
    return table.detect(head.text) is not None


def _is_mostly_json_lines(head: Head) -> bool:
    """Every other line or more: the first ones may be damaged."""
    return len(_JSON_LINE.findall(head.text)) * 2 >= sum(1 for line in head.text.splitlines() if line.strip())


def _is_python(head: Head) -> bool:
    return python_literals.detect(head.start)


def _is_page(head: Head) -> bool:
    found = layout.layout_of(head.text)
    return found is not None and found.page is not None


def _is_markdown(head: Head) -> bool:
    from kg.sources import markdown

    return markdown.detect(head.text)


def _is_markdown_paper(head: Head) -> bool:
    from kg.sources.fulltext import markdown_paper

    return markdown_paper.detect(head.text)


def _is_listing(head: Head) -> bool:
    return layout.layout_of(head.text) is not None


def _read_parquet(source: Source) -> _Papers:
    from kg.sources import parquet

    return parquet.read(source)


def _read_workbook(source: Source) -> _Papers:
    from kg.sources import workbook

    return workbook.read(source)


def _read_pdf(source: Source) -> _Papers:
    from kg.sources.fulltext import pdf

    return pdf.read(source)


def _read_tar(source: Source) -> _Papers:
    from kg.sources.latex import reader

    return reader.read_tar(source)


def _read_zip(source: Source) -> _Papers:
    from kg.sources.latex import reader

    return reader.read_zip(source)


def _read_latex(source: Source) -> _Papers:
    from kg.sources.latex import reader

    return reader.read(source)


def _read_json_lines(source: Source) -> _Papers:
    return jsonrecords.read(jsontext.read_json_lines(source.stream), source.name)


def _read_json(source: Source) -> _Papers:
    return jsonrecords.read(jsontext.read_json(source.stream), source.name)


def _read_python(source: Source) -> _Papers:
    return jsonrecords.read(python_literals.read(read_lines(source.stream)), source.name)


def _read_html(source: Source) -> _Papers:
    from kg.sources import htmlrecords

    return htmlrecords.read(source.stream, source.name)


def _read_xml(source: Source) -> _Papers:
    from kg.sources import xmlrecords

    return xmlrecords.read(source.stream, source.name)


def _read_bibtex(source: Source) -> _Papers:
    from kg.sources import bibtex

    return bibtex.read(read_lines(source.stream), source.name)


def _read_ris(source: Source) -> _Papers:
    from kg.sources import ris

    return ris.read(read_lines(source.stream), source.name)


def _read_web_of_science(source: Source) -> _Papers:
    from kg.sources import web_of_science

    return web_of_science.read(read_lines(source.stream), source.name)


def _read_medline(source: Source) -> _Papers:
    from kg.sources import medline

    return medline.read(read_lines(source.stream), source.name)


def _read_endnote(source: Source) -> _Papers:
    from kg.sources import endnote

    return endnote.read(read_lines(source.stream), source.name)


def _read_refworks(source: Source) -> _Papers:
    from kg.sources import refworks

    return refworks.read(read_lines(source.stream), source.name)


def _read_table(source: Source) -> _Papers:
    dialect = table.detect(source.head.text) or table.Dialect(",", quoted=True)
    return table.read(read_lines(source.stream), source.name, dialect)


def _read_markdown(source: Source) -> _Papers:
    from kg.sources import markdown

    return markdown.read(source.stream, source.name)


def _read_markdown_paper(source: Source) -> _Papers:
    from kg.sources.fulltext import markdown_paper

    return markdown_paper.read(source.stream, source.name)


def _read_listing(source: Source) -> _Papers:
    found = layout.layout_of(source.head.text) or layout.Layout()
    return layout.read(read_lines(source.stream), source.name, found)


READERS = (
    Reader("parquet", _is_parquet, _read_parquet, rank=98, binary=True, suffixes=(".parquet", ".pq")),
    Reader("excel", _is_workbook, _read_workbook, rank=96, binary=True, suffixes=(".xlsx", ".xlsm")),
    Reader("pdf", _is_pdf, _read_pdf, rank=94, binary=True, suffixes=(".pdf",)),
    Reader("latex-tar", _is_tar, _read_tar, rank=92, binary=True, suffixes=(".tar", ".tgz")),
    Reader("latex-zip", _is_zip, _read_zip, rank=91, binary=True, suffixes=(".zip",)),
    Reader("json-lines", _is_json_lines, _read_json_lines, rank=90),
    Reader("latex", _is_latex, _read_latex, rank=88, suffixes=(".tex", ".ltx")),
    Reader("python-literals", _is_python, _read_python, rank=85),
    Reader("json", _is_json, _read_json, rank=80),
    Reader("html", _is_html, _read_html, rank=70, suffixes=(".xhtml",)),
    Reader("xml", _is_xml, _read_xml, rank=60, suffixes=(".nxml",)),
    Reader("bibtex", _is_bibtex, _read_bibtex, rank=50),
    Reader("web-of-science", _is_web_of_science, _read_web_of_science, rank=48, suffixes=(".ciw",)),
    Reader("medline", _is_medline, _read_medline, rank=46, suffixes=(".nbib",)),
    Reader("endnote", _is_endnote, _read_endnote, rank=44, suffixes=(".enw",)),
    Reader("refworks", _is_refworks, _read_refworks, rank=42),
    Reader("ris", _is_ris, _read_ris, rank=40),
    Reader("markdown-paper", _is_markdown_paper, _read_markdown_paper, rank=35, suffixes=(".mmd",)),
    Reader("table", _is_table, _read_table, rank=30),
    Reader("damaged-json-lines", _is_mostly_json_lines, _read_json_lines, rank=20),
    Reader("huggingface-text", _is_page, _read_listing, rank=15),
    Reader("markdown-digest", _is_markdown, _read_markdown, rank=10),
    Reader("listing", _is_listing, _read_listing, rank=0),
)
