"""What is not read is refused by its name, in one line that says what to use instead."""

from __future__ import annotations

import io
import pickle
import sqlite3
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.hookspecs import Head
from kg.sources import SourceFile, read_source
from kg.sources.refusals import refused_binary, refused_text


def refusal(data: bytes | str) -> str:
    data = data.encode() if isinstance(data, str) else data
    with pytest.raises(SourceError) as caught:
        list(read_source(SourceFile("key", "papers", None, data)))
    message = str(caught.value)
    assert message.startswith("papers: ")
    assert message.isprintable()
    assert "; " in message
    return message


def zipped(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return packed.getvalue()


BINARY = {
    "a Word document": zipped("[Content_Types].xml", "word/document.xml"),
    "an Excel workbook": zipped("[Content_Types].xml", "xl/workbook.xml"),
    "a PowerPoint file": zipped("[Content_Types].xml", "ppt/presentation.xml"),
    "a NumPy archive": zipped("titles.npy"),
    "a zip archive": zipped("papers.txt"),
    "an old Excel workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "Workbook".encode("utf-16-le"),
    "an old Office file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    "PostScript": b"%!PS-Adobe-3.0\n",
    "a pickle of Python's": pickle.dumps([{"title": "On Wool"}]),
    "an image": b"\x89PNG\r\n\x1a\n\x00",
    "an HDF5 file": b"\x89HDF\r\n\x1a\n",
    "compressed with bzip2": b"BZh91AY&SY\x00\x01",
    "a binary file, a program": b"\x7fELF\x02\x01\x01\x00",
}


@pytest.mark.parametrize(("what", "data"), BINARY.items(), ids=BINARY)
def test_what_is_no_text_is_called_by_its_name(what: str, data: bytes) -> None:
    found = refused_binary(data)
    assert found is not None
    assert found.what.startswith(f"is {what}")


@pytest.mark.parametrize(
    ("table", "what"),
    [
        ("enl_refs", "EndNote library"),
        ("DocumentContributors", "Mendeley"),
        ("itemAttachments", "Zotero"),
        ("a", "SQLite"),
    ],
)
def test_a_database_is_called_by_the_program_that_keeps_it(tmp_path: Path, table: str, what: str) -> None:
    with sqlite3.connect(tmp_path / "a.db") as connection:
        connection.execute(f"CREATE TABLE {table} (id)")
    connection.close()
    assert what in refusal((tmp_path / "a.db").read_bytes())


@pytest.mark.parametrize("text", ["ORC and Other Acronyms\n", "MZ\n", "GIF8 is a word\n", "ID3: A Study of Trees\n"])
def test_letters_that_are_a_mark_elsewhere_are_letters_in_a_text(text: str) -> None:
    assert refused_binary(text.encode()) is None


TEXTS = {
    "DBLP's XML": '<?xml version="1.0"?><!DOCTYPE dblp SYSTEM "dblp.dtd"><dblp><article key="a"/></dblp>',
    "OPML": '<opml version="2.0"><body/></opml>',
    "a page in HTML": "<!doctype html><html><body><p>Nothing here.</p></body></html>",
    "its root is 'barn'": '<barn><sheep name="a"/></barn>',
    "RTF": "{\\rtf1\\ansi Counting Sheep\\par}",
    "that BibTeX wrote (.bbl)": "\\begin{thebibliography}{1}\n\\bibitem{a} Ann Shepherd. Sheep.\n",
    "LaTeX source": "% A part of a paper\n\\section{Sheep}\nSheep are many.\n",
    "RDF (Turtle)": "@prefix schema: <https://schema.org/> .\n<a> a schema:Article .\n",
    "RDF (N-Triples)": '<http://example.org/1> <http://purl.org/dc/terms/title> "On Wool" .\n',
    "a dump of a database": "-- a dump\nCREATE TABLE paper (id INT);\nINSERT INTO paper VALUES (1);\n",
    "values as Python prints them": "[{'title': 'On Wool',\n  'year': 2024},\n {'title': 'On Milk'}]\n",
    "mail": "From ann@example.org Mon Mar  4 10:00:00 2024\nSubject: papers\n\nHello.\n",
    "a script": "#!/bin/sh\necho sheep\n",
    "YAML": "- name: On Wool\n  year: 2024\n- name: On Milk\n  year: 2023\n",
    "TOML": '[paper]\nname = "On Wool"\nyear = 2024\n',
    "a log": "2024-03-05 10:00:00 INFO counting\n2024-03-05 10:00:01 INFO done\n",
    "source code": "import os\n\n@decorate(a, b)\ndef count(sheep):\n    return len(sheep)\n",
    "Markdown": "# Counting Sheep\n\nA tool that counts.\n\n## Install\n\n- one\n- two\n",
    "without a header": "2403.1,On Wool and More,http://example.org/1\n2403.2,On Milk and More,http://example.org/2\n",
    "its columns are 'shepherd', 'wool'": "shepherd;wool\nAnn Shepherd of the Hill;white and warm\nBo Lamb;black\n",
    "running text": "Whoever finds the sheep\nmay keep them until the shepherd\ncomes to fetch them home again.\n",
}  # fmt: skip


@pytest.mark.parametrize(("what", "text"), TEXTS.items(), ids=TEXTS)
def test_a_text_that_is_no_list_of_papers_is_called_by_what_it_is(what: str, text: str) -> None:
    assert what in refusal(text)


def test_running_text_with_headings_and_paragraphs_is_no_list_of_papers() -> None:
    paragraph = "The shepherd walks along the hill and looks for a lost lamb among the stones. " * 5
    text = "".join(f"Chapter {number} of the Tale\n\n{paragraph}\n\n{paragraph}\n\n" for number in range(6))
    assert "running text" in refusal(text)


@given(st.text(max_size=400) | st.text("#*-[](){}<>|:;,.\"'@%\\ \nabcT1", max_size=300))
def test_any_text_has_a_name(text: str) -> None:
    assert str(refused_text(Head(text.encode("utf-8", "replace")))).startswith(("is ", "reads like "))


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_or_not(data: bytes) -> None:
    for magic in (b"", b"PK\x03\x04", b"SQLite format 3\x00", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        refused_binary(magic + data)
