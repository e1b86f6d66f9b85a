"""Submissions to OpenReview, as both versions of its API have them; replies to them are no papers."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.model import Paper, PaperStatus
from kg.sources.fields import RecordError, Row, make_paper
from kg.sources.jsonvalues import date_in, first_text, plain_text

__all__ = ["is_record", "paper"]

_MARKS = ("forum", "invitation", "invitations", "signatures", "cdate", "tcdate", "number", "replyto")
_REPLIES = ("review", "rating", "decision", "comment", "rebuttal", "metareview", "recommendation", "confidence")
_UNDECIDED = re.compile(r"submitted to |.{0,80}\b(?:withdrawn|rejected?|submission)\b", re.IGNORECASE)
_WITHDRAWN = re.compile(r"withdrawn[ _]submission|\bwithdrawn\b", re.IGNORECASE)


def is_record(row: Row) -> bool:
    """Whether an object is a note of OpenReview's."""
    return isinstance(row.get("content"), dict) and any(mark in row for mark in _MARKS)


def paper(row: Row, origin: str) -> Paper:
    """The paper of one submission, dated by its publication, or else by the day on which it was handed in.

    ``TL;DR`` is no part of its abstract.

    Raises:
        RecordError: it has no title, or it is a review, a comment or a decision.
    """
    content = row["content"]
    assert isinstance(content, Mapping)

    def field(*names: str) -> object:
        values = (content.get(name) for name in names)
        return next(filter(None, (value.get("value") if isinstance(value, dict) else value for value in values)), None)

    if _is_reply(row, content):
        raise RecordError("is no paper: a reply to a submission to OpenReview")
    venue = plain_text(field("venue"))
    authors = field("authors")
    number = plain_text(row.get("forum")) or plain_text(row.get("id"))
    return make_paper(
        origin,
        plain_text(field("title")),
        plain_text(field("abstract")),
        identifiers=[field("doi"), field("arxiv", "arxiv_id"), field("html", "pdf", "ee", "url")],
        dates=[date_in(row.get(name)) for name in ("pdate", "odate", "cdate")],
        urls=[f"https://openreview.net/forum?id={number}" if re.fullmatch(r"[\w-]{6,20}", number) else None],
        status=PaperStatus.WITHDRAWN if _is_withdrawn(row, venue, plain_text(field("venueid"))) else None,
        authors=authors if authors not in (["Anonymous"], "Anonymous") else None,
        venue=None if _UNDECIDED.match(venue) else venue,
        repositories=field("code", "software", "code_link"),
        categories=field("primary_area", "subject_areas", "track"),
        keywords=field("keywords"),
    )


def _is_reply(row: Row, content: Mapping[str, object]) -> bool:
    if "abstract" in content:
        return False
    return bool(row.get("replyto")) or any(name in content for name in _REPLIES)


def _is_withdrawn(row: Row, venue: str, venue_id: str) -> bool:
    invitations = row.get("invitations")
    said = [venue, venue_id, first_text(row.get("invitation")), *(map(plain_text, invitations) if isinstance(
        invitations, list) else ())]  # fmt: skip
    return any(_WITHDRAWN.search(text[:200]) for text in said)
