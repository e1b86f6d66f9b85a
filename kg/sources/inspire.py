"""Literature of INSPIRE, the index of high-energy physics."""

from __future__ import annotations

from kg.model import Paper
from kg.sources.fields import Row, at, count_of, make_paper
from kg.sources.jsonvalues import first_text, plain_text, texts_in
from kg.sources.markup import without_markup

__all__ = ["is_record", "paper"]

_MARKS = ("control_number", "arxiv_eprints", "preprint_date", "earliest_date", "inspire_categories")


def is_record(row: Row) -> bool:
    """Whether an object is a hit of INSPIRE's, or the metadata in one."""
    fields = _fields(row)
    return isinstance(fields.get("titles"), list) and any(mark in fields for mark in _MARKS)


def paper(row: Row, origin: str) -> Paper:
    """The paper of one record.

    Raises:
        RecordError: it has no title.
    """
    fields = _fields(row)
    eprint = plain_text(at(fields, "arxiv_eprints", 0, "value"))
    return make_paper(
        origin,
        without_markup(first_text(at(fields, "titles", 0, "title"))),
        without_markup(first_text(at(fields, "abstracts", 0, "value"))),
        identifiers=[f"arXiv:{eprint}" if eprint else None, at(fields, "dois", 0, "value")],
        dates=[fields.get("preprint_date"), fields.get("earliest_date"), at(fields, "publication_info", 0, "year")],
        urls=texts_in(fields.get("urls")),
        authors=_authors(fields.get("authors")),
        author_count=count_of(fields.get("author_count")) or count_of(fields.get("number_of_authors")),
        venue=first_text(at(fields, "publication_info", 0, "journal_title")),
        type=fields.get("document_type"),
        categories=at(fields, "arxiv_eprints", 0, "categories"),
        keywords=texts_in(fields.get("keywords")),
    )


def _fields(row: Row) -> Row:
    inner = row.get("metadata")
    return inner if isinstance(inner, dict) else row


def _authors(value: object) -> list[dict[str, object]]:
    """The authors with the ORCID among the ids that INSPIRE gives each."""
    people = [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
    return [
        {"name": plain_text(each.get("full_name")), "orcid": _orcid(each.get("ids"))}
        for each in people
        if not isinstance(roles := each.get("inspire_roles"), list) or "editor" not in roles
    ]


def _orcid(ids: object) -> str:
    found = [each for each in ids if isinstance(each, dict)] if isinstance(ids, list) else []
    return next((plain_text(each.get("value")) for each in found if each.get("schema") == "ORCID"), "")
