"""Formats that people have lying beside their papers and that are not read: how each is told, and what to use instead.

Asked only for what no reader takes. Every mark is a positive one; what bears none is called by what it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from kg.hookspecs import Head
from kg.sources.delimited import describe_table
from kg.sources.encoding import is_binary
from kg.sources.roots import Root, root_of

__all__ = ["Refusal", "refused_binary", "refused_text"]

_EXPORT = "export BibTeX, RIS or CSV from where it is from"
_MOST_LINES = 400  # that are looked at
_WORD_LONG = 4  # letters


@dataclass(frozen=True, slots=True)
class Refusal:
    """A format: the sentence of what it is, and what to do."""

    what: str
    instead: str

    def __str__(self) -> str:
        return f"{self.what}; {self.instead}"


def refused_binary(data: bytes) -> Refusal | None:
    """What a source is that begins with these bytes, if they are the marks of what is no text."""
    for magic, refusal in _MAGIC:
        # A text may begin with a few letters that are a mark elsewhere.
        if data.startswith(magic) and (len(magic) > _WORD_LONG or not magic.isalnum() or is_binary(data)):
            return refusal(data) if callable(refusal) else refusal
    return _TAR if data[257:262] == b"ustar" else None


def refused_text(head: Head) -> Refusal:
    """What a text is that no reader takes for its own."""
    root = root_of(head.start) if head.start.startswith("<") else None
    if root is not None:
        return _of_root(root)
    for mark, refusal in _BEGINNINGS:
        if mark.match(head.start):
            return refusal
    if table := describe_table(head.text):
        return Refusal(table, "name the columns in a first line, the one of the titles 'title'")
    lines = list(islice(filter(str.strip, head.text.splitlines()), _MOST_LINES))
    for share, mark, refusal in _KINDS_OF_LINES:
        if sum(mark.match(line) is not None for line in lines) >= share * len(lines):
            return refusal
    return _PROSE


# What is no text

_DUMP = "write its records with json.dumps, a line each"
_UNPACK = "unpack it and name its files"
_TAR = Refusal("is a tar archive", _UNPACK)
_EXCEL = Refusal("is an Excel workbook", "save it as CSV UTF-8, or let kg read workbooks: pip install 'paperkg[excel]'")
_WORD = Refusal("is a Word document", f"copy the list into a table or a text, or {_EXPORT}")
_OFFICE = Refusal("is an old Office file (.xls, .doc or .ppt)", "save a workbook as CSV UTF-8; documents hold no list")
_IMAGE = Refusal("is an image", "kg reads text only")
_MEDIA = Refusal("is sound or video", "kg reads text only")
_PROGRAM = Refusal("is a binary file, a program", "name a file of papers")
_TWICE = Refusal("is compressed more than once", "decompress it")
_DATABASE = Refusal("is a database (SQLite)", "if it is a graph of kg's, name it with --db; else export a table as CSV")

_ZIPPED = (
    (b"xl/workbook", _EXCEL),
    (b"word/", _WORD),
    (b"ppt/", Refusal("is a PowerPoint file", "kg reads text only")),
    (b"opendocument.spreadsheet", Refusal("is an OpenDocument spreadsheet (.ods)", "save it as CSV in UTF-8")),
    (b"opendocument", Refusal("is an OpenDocument file", f"save the list as a table or a text, or {_EXPORT}")),
    (b"application/epub", Refusal("is an e-book (EPUB)", "kg reads titles and abstracts of papers")),
    (b".npy", Refusal("is a NumPy archive (.npz)", "write title and abstract as JSON lines or CSV")),
    (b"data.pkl", Refusal("is a file of PyTorch", "write title and abstract as JSON lines or CSV")),
    (b".enl", Refusal("is a packed EndNote library (.enlx)", "export from EndNote: File, Export, as RIS or BibTeX")),
)
_TABLES = (
    (b"enl_refs", Refusal("is an EndNote library", "export from EndNote: File, Export, as RIS or BibTeX")),
    (b"DocumentContributors", Refusal("is Mendeley's database", "export from Mendeley: File, Export, as BibTeX")),
    (b"itemAttachments", Refusal("is Zotero's database", "export from Zotero: Export Library, as BibTeX or CSL JSON")),
)  # fmt: skip


def _of_zip(data: bytes) -> Refusal:
    return next((refusal for name, refusal in _ZIPPED if name in data), Refusal("is a zip archive", _UNPACK))


def _of_database(data: bytes) -> Refusal:
    return next((refusal for name, refusal in _TABLES if name in data), _DATABASE)


def _of_office(data: bytes) -> Refusal:
    named = "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data
    return Refusal("is an old Excel workbook (.xls)", "save it as CSV UTF-8") if named else _OFFICE


_MAGIC: tuple[tuple[bytes, Refusal | Callable[[bytes], Refusal]], ...] = (
    (b"PK\x03\x04", _of_zip),
    (b"PK\x05\x06", _of_zip),
    (b"PK\x07\x08", _of_zip),
    (b"7z\xbc\xaf\x27\x1c", Refusal("is a 7z archive", _UNPACK)),
    (b"Rar!\x1a\x07", Refusal("is a rar archive", _UNPACK)),
    *((b"BZh%d1AY&SY" % level, Refusal("is compressed with bzip2", "kg reads .gz and .zst: decompress it"))
      for level in range(1, 10)),
    (b"\xfd7zXZ\x00", Refusal("is compressed with xz", "kg reads .gz and .zst: decompress it")),
    (b"\x04\x22\x4d\x18", Refusal("is compressed with lz4", "kg reads .gz and .zst: decompress it")),
    (b"\x1f\x9d", Refusal("is compressed with compress", "kg reads .gz and .zst: decompress it")),
    (b"\x1f\x8b", _TWICE),
    (b"\x28\xb5\x2f\xfd", _TWICE),
    (b"%!PS", Refusal("is PostScript", "make a PDF of it (ps2pdf)")),
    (b"SQLite format 3\x00", _of_database),
    (b"ARROW1", Refusal("is an Arrow or Feather file", "save it as CSV or JSON lines")),
    (b"ORC", Refusal("is an ORC file", "save it as CSV or JSON lines")),
    (b"Obj\x01", Refusal("is an Avro file", "save it as CSV or JSON lines")),
    (b"\x89HDF\r\n", Refusal("is an HDF5 file", "write title and abstract as JSON lines or CSV")),
    (b"\x93NUMPY", Refusal("is a NumPy array (.npy)", "write title and abstract as JSON lines or CSV")),
    *((b"\x80" + bytes([protocol]), Refusal("is a pickle of Python's", _DUMP)) for protocol in (2, 3, 4, 5)),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _of_office),
    (b"\x89PNG", _IMAGE),
    (b"\xff\xd8\xff", _IMAGE),
    (b"GIF8", _IMAGE),
    (b"II*\x00", _IMAGE),
    (b"MM\x00*", _IMAGE),
    (b"AT&TFORM", Refusal("is a DjVu document", "make a PDF of it, with its text")),
    (b"RIFF", _MEDIA),
    (b"OggS", _MEDIA),
    (b"ID3", _MEDIA),
    (b"\x7fELF", _PROGRAM),
    (b"MZ", _PROGRAM),
    (b"\xcf\xfa\xed\xfe", _PROGRAM),
    (b"\xca\xfe\xba\xbe", _PROGRAM),
)  # fmt: skip


# Documents, by their root

_ROOTS = {
    "dblp": Refusal(
        "is DBLP's XML, which holds no abstracts",
        "get the records with their abstracts from where they are from, as BibTeX or by 'kg fetch'",
    ),
    "dblpperson": Refusal("is DBLP's XML of a person, which holds no abstracts", f"{_EXPORT}, or use 'kg fetch'"),
    "opml": Refusal("is OPML, a list of feeds", "get the feeds themselves"),
    "RDF": Refusal("is RDF in XML", _EXPORT),
    "svg": Refusal("is an image (SVG)", "kg reads text only"),
    "urlset": Refusal("is a site map", "get the pages that it names"),
    "Workbook": Refusal("is an Excel workbook in XML", "save it as CSV UTF-8"),
    "plist": Refusal("is a property list of Apple's", _EXPORT),
    "graphml": Refusal("is a graph (GraphML)", "give kg the papers themselves"),
    "gexf": Refusal("is a graph (GEXF)", "give kg the papers themselves"),
    "html": Refusal("is a page in HTML that is none of papers", "save the page of papers itself"),
}
_NO_TAG = Refusal("is XML or HTML that does not get to its first tag", "get it again")


def _of_root(root: Root) -> Refusal:
    known = _ROOTS.get(root.local_name)
    return known or Refusal(f"is XML that kg does not know (its root is {root.name[:40]!r})", _EXPORT)


# Texts, by how they begin


def _begins(pattern: str, what: str, instead: str) -> tuple[re.Pattern[str], Refusal]:
    return re.compile(pattern, re.MULTILINE), Refusal(what, instead)


_TEX = r"\\(?:documentclass|documentstyle|usepackage|begin|input|newcommand|section|title|def|maketitle)\b"
_RUN = r"(?:[^\n]{0,300}\n){0,30}?"  # some lines, none of them long
_BEGINNINGS = (
    _begins(r"\{\\rtf", "is RTF", f"save it as text, or {_EXPORT}"),
    _begins(r"%!PS", "is PostScript", "make a PDF of it (ps2pdf)"),
    _begins(rf"{_RUN}\\(?:begin\{{thebibliography\}}|bibitem)", "is a bibliography that BibTeX wrote (.bbl)",
            "give kg the .bib file that it was made from"),
    _begins(rf"(?:%[^\n]{{0,300}}\n|\s){{0,60}}{_TEX}", "is LaTeX source without a document of its own",
            "name the file with its \\documentclass, or the folder"),
    _begins(r"(?i:@prefix|@base|prefix)\s{1,20}\S{0,80}\s{0,20}<", "is RDF (Turtle)", _EXPORT),
    _begins(r"(?:<[^<>\s]{1,500}>|_:\w{1,80})\s<[^<>\s]{1,500}>\s[<_\"]", "is RDF (N-Triples)", _EXPORT),
    _begins(rf"{_RUN}(?:CREATE TABLE|INSERT INTO|DROP TABLE|PRAGMA |-- MySQL dump|-- PostgreSQL database dump)",
            "is a dump of a database (SQL)", "export the table of papers as CSV"),
    _begins(r"\[?\s?\{\s*'", "is values as Python prints them, not JSON",
            _DUMP),
    _begins(r"From \S{1,200} [^\n]{0,60}\d\d:\d\d[^\n]{0,60}\n|"
            r"(?:Return-Path|Received|From|Delivered-To|Message-ID|MIME-Version): [^\n]*\n", "is mail",
            "save the list in it as a table or a text"),
    _begins(r"-----BEGIN ", "is a key or certificate, or text that is signed", "give kg the text itself"),
    _begins(r"#![ /]", "is a script", "name a file of papers"),
    _begins(r"---\s*\n(?:[\w-]{1,60}:|- )|%YAML", "is YAML", "write title and abstract as JSON lines or CSV"),
)  # fmt: skip


# Texts, by what most of their lines look like

_KINDS_OF_LINES: tuple[tuple[float, re.Pattern[str], Refusal], ...] = (
    (0.5, re.compile(r"\s{0,40}[\[<(]?(?:\d{4}[-/]\d\d[-/]\d\d|[A-Z][a-z]{2} [ \d]\d) ?T?\d\d:\d\d"),
     Refusal("is a log", "name a file of papers")),
    (0.4, re.compile(r"\s{0,80}(?:def |class |import |from \S+ import |return\b|if .{0,200}:$|for .{0,200}:$|#include|"
                     r"function |const |let |var |public |private |static |package |@\w+$|[{}()\];,]+$|//|/\*|.{0,200}"
                     r"[;{}]$)"),
     Refusal("is source code", "name a file of papers")),
    (0.6, re.compile(r"\[[\w. \"-]{1,80}\]\s*$|[\w.\"-]{1,80}\s?=\s?\S"),
     Refusal("is a configuration (TOML or INI)", "write title and abstract as JSON lines or CSV")),
    (0.6, re.compile(r"\s{0,40}(?:- )?[\w-]{1,60}:(?:\s|$)|\s{0,40}- \S"),
     Refusal("is YAML, or a list of notes", "write title and abstract as JSON lines or CSV")),
    (0.5, re.compile(r"[A-Z%][A-Z0-9]{1,3}\s{0,4}[-:=]?\s\S|%[A-Z0-9] "),
     Refusal("is in a tagged format that kg does not know", "export RIS, BibTeX or CSV")),
    (0.2, re.compile(r"\s{0,8}(?:#{1,6} |[-*+] |\d{1,3}\. |> |```|\||!?\[[^\]\n]{0,300}\]\()"),
     Refusal("reads like Markdown, but not like a list of papers, each with its abstract or a link to it",
             "write title and abstract as JSON lines or CSV")),
)  # fmt: skip
_PROSE = Refusal(
    "reads like running text; it is no list of titles, each followed by its abstract",
    "write title and abstract as JSON lines or CSV, or put a blank line between each title and its abstract",
)
