"""Papers in BioC's JSON, as PubMed Central gives them (https://www.ncbi.nlm.nih.gov/research/bionlp/APIs/BioC-PMC/)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from kg.model import Paper
from kg.sources.fields import Row, at, make_paper
from kg.sources.fulltext.body import BodyWriter
from kg.sources.fulltext.captions import read_caption
from kg.sources.fulltext.grids import lay_out
from kg.sources.fulltext.htmlcells import fragment_of, html_role, outermost_tables, rows_of
from kg.sources.fulltext.inline import joined
from kg.sources.jsonvalues import plain_text

__all__ = ["is_record", "paper"]

_LEFT_OUT = frozenset(("REF", "COMP_INT", "AUTH_CONT", "ABBR", "REVIEW_INFO"))
_APPENDICES = frozenset(("APPENDIX", "SUPPL"))


def is_record(row: Row) -> bool:
    """Whether an object is a document of BioC."""
    first = at(row, "passages", 0)
    return isinstance(first, dict) and "infons" in first and "text" in first


def paper(row: Row, origin: str) -> Paper:
    """The paper of one document.

    Raises:
        RecordError: it has no title.
    """
    body, title, abstract = BodyWriter(), "", []
    front: dict[str, Any] = {}
    caption = read_caption("")
    for passage in _passages(row):
        said = passage.get("infons")
        kind, part = (plain_text(at(said, name)) for name in ("type", "section_type"))
        text = joined([plain_text(passage.get("text"))])
        if part == "TITLE" and not title:
            title, front = text, said if isinstance(said, dict) else {}
        elif part == "ABSTRACT":
            abstract += [] if kind.startswith(("title", "abstract_title")) else [text]
        elif part in _LEFT_OUT:
            continue
        else:
            if part in _APPENDICES:
                body.begin_appendix()
            caption = _write(kind, text, said, body, caption)
    names = [value for name, value in sorted(front.items()) if name.startswith("name_")]
    found = make_paper(
        origin,
        title,
        "\n\n".join(abstract),
        identifiers=[front.get("article-id_doi")],
        dates=[plain_text(front.get("year"))] if front.get("year") else [],
        authors=[each for each in map(_author, names) if each] or None,
        keywords=plain_text(front.get("kwd")),
    )
    return replace(found, body=body.parts(), remarks=(*found.remarks, *body.remarks))


def _write(kind: str, text: str, said: object, body: BodyWriter, caption: Any) -> Any:
    """One passage; returns the caption that holds for the tables that follow."""
    if kind.startswith("title"):
        level = kind.rpartition("_")[2]
        body.heading(int(level) if level.isdigit() and len(level) < 3 else 1, text)
    elif kind.endswith("caption"):
        caption = read_caption(text)
        body.caption(caption.text)
    elif kind == "table":
        rows = [lay_out(rows_of(each, html_role, grouped=True)) for each in _tables(plain_text(at(said, "xml")))]
        for grid in rows:
            body.grid(grid, caption=caption.text, number=caption.number, label=plain_text(at(said, "id"))[:60] or None)
        if not rows:
            body.lacks_table("whose text shows no rows and columns")
    elif kind.endswith(("footnote", "foot")):
        body.footnotes([text])
    else:
        body.paragraph(text)
    return caption


def _tables(text: str) -> Iterator[Any]:
    if "<table" in text:
        root = fragment_of(text)
        yield from () if root is None else outermost_tables(root)


def _passages(row: Row) -> list[dict[str, Any]]:
    value = row.get("passages")
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _author(text: object) -> dict[str, str] | None:
    """A name: "surname:Fold;given-names:Ann"."""
    parts = dict(each.split(":", 1) for each in plain_text(text).split(";") if ":" in each)
    return {"given": parts.get("given-names", ""), "family": parts["surname"]} if parts.get("surname") else None
