"""Works of Crossref, whose titles are lists, whose abstracts are JATS and whose dates come in parts."""

from __future__ import annotations

from kg.identifiers import doi
from kg.model import Paper, PaperStatus, PaperType
from kg.sources.fields import RecordError, Row, at, make_paper, one_line
from kg.sources.jsonvalues import date_in, first_text, paragraphs, plain_text
from kg.sources.markup import without_markup

__all__ = ["is_record", "paper"]

_MARKS = ("container-title", "reference-count", "is-referenced-by-count", "indexed", "published-print",
          "published-online", "short-container-title", "prefix")  # fmt: skip
_DATES = ("issued", "published", "published-online", "posted", "published-print", "approved")
_NO_PAPERS = frozenset(
    "journal journal-issue journal-volume book-series book-set proceedings-series report-series report-component "
    "component grant database".split()
)
_PART = "book-part book-section book-track reference-entry"
_TAKEN_BACK = {"retraction": PaperStatus.RETRACTED, "removal": PaperStatus.RETRACTED,
               "withdrawal": PaperStatus.WITHDRAWN}  # fmt: skip
_MENDED = ("erratum", "corrigendum", "correction", "addendum")


def is_record(row: Row) -> bool:
    """Whether an object is a work of Crossref's, or one of its journals."""
    if "DOI" in row:
        return isinstance(row.get("title"), list) or ("member" in row and any(mark in row for mark in _MARKS))
    return "breakdowns" in row and "ISSN" in row


def paper(row: Row, origin: str) -> Paper:
    """The paper of one work.

    Raises:
        RecordError: it has no title, or it is a journal, an issue, a figure or the like.
    """
    kind = plain_text(row.get("type"))
    if "DOI" not in row or kind in _NO_PAPERS:
        raise RecordError(f"is no paper: a Crossref {one_line(kind)[:40] or 'journal'!r}")
    return make_paper(
        origin,
        without_markup(_title(row)),
        without_markup(paragraphs(row.get("abstract"))),
        identifiers=[row.get("DOI"), row.get("URL"), at(row, "resource", "primary", "URL")],
        dates=[date_in(row.get(name)) for name in _DATES],
        urls=[first_text(at(row, "resource", "primary", "URL"), row.get("URL"))],
        status=_status(row),
        authors=row.get("author"),
        venue=without_markup(first_text(row.get("container-title"), at(row, "institution", 0, "name"))),
        type=_notice(row) or ("chapter" if kind in _PART.split() else kind),
        categories=row.get("subject"),
    )


def _title(row: Row) -> str:
    """The title with its subtitle, which Crossref keeps apart."""
    title, subtitle = first_text(row.get("title")).strip(), first_text(row.get("subtitle")).strip()
    if not title or not subtitle or subtitle.lower() in title.lower():
        return title
    return f"{title} {subtitle}" if title.endswith((":", "?", "!")) else f"{title}: {subtitle}"


def _status(row: Row) -> PaperStatus | None:
    """What was done to the work, by notices that others deposited, or that its publisher wrote over it."""
    own = doi(plain_text(row.get("DOI")))
    done = _updates(row, "updated-by") + [
        (kind, target) for kind, target in _updates(row, "update-to") if target and target == own
    ]
    return next((_TAKEN_BACK[kind] for kind, _ in done if kind in _TAKEN_BACK), None)


def _notice(row: Row) -> str | None:
    """The type of a work that is a notice about another."""
    own = doi(plain_text(row.get("DOI")))
    kinds = [kind for kind, target in _updates(row, "update-to") if target != own]
    if any(kind in _TAKEN_BACK for kind in kinds):
        return str(PaperType.RETRACTION)
    return str(PaperType.ERRATUM) if any(kind in _MENDED for kind in kinds) else None


def _updates(row: Row, key: str) -> list[tuple[str, str | None]]:
    """The kind and the DOI of each update that a work makes or has undergone."""
    updates = row.get(key)
    return [
        (plain_text(update.get("type")).lower(), doi(plain_text(update.get("DOI"))))
        for update in (updates[:50] if isinstance(updates, list) else [])
        if isinstance(update, dict)
    ]
