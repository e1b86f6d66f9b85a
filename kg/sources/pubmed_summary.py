"""Document summaries of PubMed's E-utilities (``esummary`` with ``retmode=json``), which hold no abstracts."""

from __future__ import annotations

from kg.model import Paper, PaperStatus
from kg.sources.fields import Row, make_paper
from kg.sources.jsonvalues import first_text, plain_text, texts_in
from kg.sources.markup import without_markup

__all__ = ["is_record", "paper"]

_PLAIN = ("journal article", "research support")


def is_record(row: Row) -> bool:
    """Whether an object is a summary of PubMed's."""
    return "uid" in row and ("articleids" in row or "pubtype" in row)


def paper(row: Row, origin: str) -> Paper:
    """The paper of one summary.

    Raises:
        RecordError: it has no title.
    """
    ids = row.get("articleids")
    kinds = [kind.lower() for kind in texts_in(row.get("pubtype"))]
    authors = row.get("authors")
    return make_paper(
        origin,
        without_markup(first_text(row.get("title"), row.get("booktitle"))).strip().removesuffix("."),
        "",
        identifiers=[
            plain_text(each.get("value"))
            for each in (ids if isinstance(ids, list) else [])
            if isinstance(each, dict) and each.get("idtype") == "doi"
        ],
        dates=[row.get("epubdate"), row.get("pubdate"), row.get("sortpubdate")],
        status=PaperStatus.RETRACTED if "retracted publication" in kinds else None,
        authors=[each for each in authors if isinstance(each, dict) and each.get("authtype") != "Editor"]
        if isinstance(authors, list)
        else None,
        venue=first_text(row.get("fulljournalname"), row.get("source")),
        type=sorted(kinds, key=lambda kind: kind.startswith(_PLAIN)),
    )
