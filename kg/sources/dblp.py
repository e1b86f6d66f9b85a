"""Hits of DBLP's search API; it knows no abstracts."""

from __future__ import annotations

import html
import re

from kg.model import Paper, PaperStatus
from kg.sources.fields import RecordError, Row, make_paper
from kg.sources.jsonvalues import first_text, plain_text, texts_in

__all__ = ["is_record", "paper"]

_HOMONYM = re.compile(r"\s\d{4}\Z")  # tells people of one name apart
_TYPES = {
    "Journal Articles": "article",
    "Conference and Workshop Papers": "conference paper",
    "Parts in Books or Collections": "chapter",
    "Books and Theses": "book",
    "Editorship": "proceedings",
    "Data and Artifacts": "dataset",
}
_PREPRINTS = frozenset(("corr", "biorxiv", "iacr cryptol. eprint arch."))


def is_record(row: Row) -> bool:
    """Whether an object is a hit of DBLP's, or what stands in one."""
    info = row.get("info")
    if isinstance(info, dict):
        return "@score" in row or "dblp.org/" in plain_text(info.get("url"))
    return "title" in row and "dblp.org/" in plain_text(row.get("url")) and "key" in row


def paper(row: Row, origin: str) -> Paper:
    """The paper of one hit.

    Raises:
        RecordError: it has no title, or it is a person or a venue.
    """
    inner = row.get("info")
    info = inner if isinstance(inner, dict) else row
    if "title" not in info and ("author" in info or "venue" in info):
        raise RecordError(f"is no paper: a {'person' if 'author' in info else 'venue'} of DBLP's")
    volume, venue = plain_text(info.get("volume")), first_text(info.get("venue"))
    kind = plain_text(info.get("type"))
    return make_paper(
        origin,
        html.unescape(plain_text(info.get("title"))).strip().removesuffix("."),
        "",
        identifiers=[info.get("doi"), *texts_in(info.get("ee")), f"corr {volume}" if venue == "CoRR" else None],
        dates=[info.get("year")],
        urls=texts_in(info.get("ee")),
        status=PaperStatus.WITHDRAWN if kind.startswith("Withdrawn") else None,
        authors=_authors(info.get("authors")),
        venue=html.unescape(venue),
        type=_TYPES.get(kind) or ("preprint" if venue.lower() in _PREPRINTS else "other"),
    )


def _authors(value: object) -> list[str]:
    """The names, which DBLP has as an object where there is one and as a list where there are more."""
    named = value.get("author") if isinstance(value, dict) else value
    return [_HOMONYM.sub("", html.unescape(name).strip()) for name in texts_in(named)]
