"""The dumps of Papers with Code: its papers, and the links from papers to code."""

from __future__ import annotations

import re

from kg.model import Paper
from kg.sources.fields import Row, make_paper
from kg.sources.jsonvalues import first_text, plain_text, texts_in

__all__ = ["is_record", "paper"]

_MARKS = ("proceeding", "repo_url", "url_abs", "paper_url_abs", "conference_url_abs")
_MONTH = re.compile(r"(?<=\d{4})\s\d{1,2}\Z")


def is_record(row: Row) -> bool:
    """Whether an object is a paper of theirs, or a link to its code."""
    return "paper_url" in row and any(mark in row for mark in _MARKS)


def paper(row: Row, origin: str) -> Paper:
    """The paper of one object. Its tasks and methods are what readers say of it, and are left to them.

    Raises:
        RecordError: it has no title.
    """

    def field(name: str) -> str:
        return first_text(row.get(name), row.get(f"paper_{name}"))

    return make_paper(
        origin,
        field("title"),
        first_text(row.get("abstract")),
        identifiers=[_arxiv(field("arxiv_id")), field("url_abs"), field("url_pdf")],
        dates=[row.get("date")],
        urls=[field("url_abs"), field("url_pdf")],
        authors=row.get("authors"),
        venue=_MONTH.sub("", plain_text(row.get("proceeding"))),
        repositories=texts_in(row.get("repo_url")) if row.get("is_official") is not False else None,
    )


def _arxiv(number: str) -> str | None:
    return f"arXiv:{number}" if number else None
