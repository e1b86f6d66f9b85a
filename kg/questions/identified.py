"""The papers of an identifier or address: an arXiv id, a DOI, our own id or IRI, or where a source says that it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from kg.identifiers import arxiv_id, doi
from kg.iris import DEFAULT_BASE
from kg.store import GraphReader

__all__ = ["papers_identified"]

_OURS = re.compile(rf"(?:{re.escape(DEFAULT_BASE)})?paper/(?P<id>(?:arxiv|doi|title)/.+)", re.DOTALL)
_WEB = re.compile(r"https?://", re.IGNORECASE)
_DOI_WITHIN = re.compile(r"(?<=[/=])10\.\d{4,9}(?:/|%2F)[^\s?#&]+", re.IGNORECASE | re.ASCII)
_LONGEST = 2_000  # characters of an address


def papers_identified(reader: GraphReader, name: str) -> list[str]:
    """The ids of the papers that this is an identifier or address of, in any of its spellings; mostly one or none.

    A DOI may be that of several, as of proceedings. What a paper itself states comes before what one of its records
    does: the published paper and the preprint have a DOI each.
    """
    text = name.strip()[:_LONGEST]
    if found := _OURS.fullmatch(text):
        text = unquote(found["id"])
    for paper_id in (text, reader.successor(text)):
        if paper_id is not None and reader.paper(paper_id) is not None:
            return [paper_id]
    for field, value in _identifiers(text):
        if papers := _with(reader, field, value):
            return papers
    return _at(reader, text) if _WEB.match(text) else []


def _identifiers(text: str) -> Iterator[tuple[str, str]]:
    """What the text may say that a paper's arXiv id or DOI is, the likeliest first."""
    if arxiv := arxiv_id(text):
        yield "arxiv", arxiv
    stated = [text, text.partition("?")[0]]
    if _WEB.match(text) and (within := _DOI_WITHIN.search(text)):
        path = unquote(within.group()).rstrip("/")
        # Behind it publishers say of which shape of the paper an address is: .pdf, /full, /abstract.
        stated += [path, path.removesuffix(".pdf"), path.rpartition("/")[0]]
    for each in dict.fromkeys(stated):
        if identifier := doi(each):
            yield "doi", identifier


def _with(reader: GraphReader, field: str, value: str) -> list[str]:
    paper_id = f"{field}/{value}"
    if reader.rows("SELECT 1 FROM paper WHERE id = ?", (paper_id,)):
        return [paper_id]
    # The plus keeps SQLite from reading all papers in the order of their ids, which takes four times as long.
    rows = reader.rows(f"SELECT id FROM paper WHERE {field} = ? ORDER BY +id", (value,)) or reader.rows(
        # While a build is under way, records may belong to a paper that is gone.
        f"SELECT DISTINCT paper.id FROM record JOIN paper ON paper.id = paper_id WHERE record.{field} = ? "
        "ORDER BY +paper.id",
        (value,),
    )
    return [row[0] for row in rows]


def _at(reader: GraphReader, address: str) -> list[str]:
    """The papers that a source says are at an address, with or without an s after http and a slash at the end."""
    bare = _WEB.sub("", address).rstrip("/")
    spelt = [f"{scheme}://{bare}{end}" for scheme in ("https", "http") for end in ("", "/")]
    rows = reader.rows(
        # The first condition is one look at the cell; few pass it, whose lists are read.
        "SELECT id FROM paper WHERE instr(urls, ?) AND EXISTS "
        "(SELECT 1 FROM json_each(paper.urls) AS url WHERE url.value IN (?, ?, ?, ?)) ORDER BY +id",
        (bare, *spelt),
    )
    return [row[0] for row in rows]
