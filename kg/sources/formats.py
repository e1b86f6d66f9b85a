"""The formats that ``kg`` reads by itself, each told by marks that no other bears; listings, which bear none, are last.

The libraries of a format are loaded only when a source needs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.hookspecs import Head, Reader, Source
from kg.model import Paper, Reject
from kg.sources import jsonrecords, jsontext, listing, table
from kg.sources.lines import read_lines

__all__ = ["READERS"]

_Papers = Iterator[Paper | Reject]

# What may stand before the first tag of a document, and that tag.
_ROOT = re.compile(r"(?:<\?.*?\?>|<!--.*?-->|<!doctype[^<>]*>|\s+)*<([a-z][\w.:-]*)", re.IGNORECASE | re.DOTALL)
_HTML_ROOTS = frozenset(("html", "head", "body", "main", "div", "meta", "link", "script", "section", "title"))
_XML = re.compile(r"<(?:\?xml|!doctype|!entity|(?:\w+:)?(?:feed|entry|rss|rdf)\b)|\sxmlns(?::\w+)?=", re.IGNORECASE)
_BIBTEX = re.compile(r"^[ \t]*@[a-z]+[ \t]*[{(][^\s,={}]*\s*(?:,|=|\})", re.IGNORECASE | re.MULTILINE)
_RIS = re.compile(
    r"^(?:\s{0,8}(?:TY|ty)[ \t]{0,4}-[ \t]{0,4}[A-Za-z]{3,8}\s*$|(?:TI|T1|AU|A1|AB|PY|DO|JO|ER)  -)", re.MULTILINE
)
_WEB_OF_SCIENCE = re.compile(r"FN (?:Clarivate|Thomson|ISI|Web of)|PT [A-Z]\s*\n(?:[A-Z][A-Z0-9]|  ) ")
_MEDLINE = re.compile(r"(?:<\s?\d+\.?\s?>\s*)?(?:PMID|UI  |VN  )- ?\w")
_ENDNOTE = re.compile(r"%[0A-Z] \S[^\n]*\n(?:[^\n]*\n){0,200}?%T ")
_REFWORKS = re.compile(r"(?:[^\n]*\n){0,20}?RT [A-Z][^\n]*\n(?:SR|ID|A1|T1) ")
_LIST = re.compile(r"\[\s*(?:\{|\]|\Z)")
_JSON_LINE = re.compile(r"^[ \t]*\{[ \t]*\"", re.MULTILINE)


def _is_json_lines(head: Head) -> bool:
    return head.start.startswith("{") and jsontext.looks_like_lines(head.start)


def _is_json(head: Head) -> bool:
    return head.start.startswith("{") or _LIST.match(head.start) is not None


def _is_html(head: Head) -> bool:
    root = _ROOT.match(head.start)
    return root is not None and root.group(1).lower() in _HTML_ROOTS


def _is_xml(head: Head) -> bool:
    return head.start.startswith("<") and _XML.search(head.start) is not None


def _is_bibtex(head: Head) -> bool:
    return _BIBTEX.search(head.text) is not None


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


def _is_text(head: Head) -> bool:
    return True


def _read_json_lines(source: Source) -> _Papers:
    return jsonrecords.read(jsontext.read_json_lines(source.stream), source.name)


def _read_json(source: Source) -> _Papers:
    return jsonrecords.read(jsontext.read_json(source.stream), source.name)


def _read_html(source: Source) -> _Papers:
    from kg.sources import huggingface_html

    return huggingface_html.read(source.stream, source.name)


def _read_atom(source: Source) -> _Papers:
    from kg.sources import arxiv_atom

    return arxiv_atom.read(source.stream, source.name)


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


def _read_listing(source: Source) -> _Papers:
    return listing.read(read_lines(source.stream), source.name)


READERS = (
    Reader("json-lines", _is_json_lines, _read_json_lines, rank=90),
    Reader("json", _is_json, _read_json, rank=80),
    Reader("html", _is_html, _read_html, rank=70),
    Reader("atom", _is_xml, _read_atom, rank=60),
    Reader("bibtex", _is_bibtex, _read_bibtex, rank=50),
    Reader("web-of-science", _is_web_of_science, _read_web_of_science, rank=48, suffixes=(".ciw",)),
    Reader("medline", _is_medline, _read_medline, rank=46, suffixes=(".nbib",)),
    Reader("endnote", _is_endnote, _read_endnote, rank=44, suffixes=(".enw",)),
    Reader("refworks", _is_refworks, _read_refworks, rank=42),
    Reader("ris", _is_ris, _read_ris, rank=40),
    Reader("table", _is_table, _read_table, rank=30),
    Reader("damaged-json-lines", _is_mostly_json_lines, _read_json_lines, rank=20),
    Reader("listing", _is_text, _read_listing, rank=0),
)
