"""Papers as Semantic Scholar's API and data sets have them; the latter write all names of fields in small letters."""

from __future__ import annotations

from kg.model import Paper
from kg.sources.fields import Row, at, count_of, make_paper
from kg.sources.jsonvalues import first_text, plain_text, texts_in

__all__ = ["is_record", "paper"]

_WRAPPERS = ("citedPaper", "citingPaper")  # around the papers in lists of references and citations


def is_record(row: Row) -> bool:
    """Whether an object is a paper of Semantic Scholar's."""
    return any(key in row for key in ("paperId", "externalIds", "corpusid", "externalids", *_WRAPPERS))


def paper(row: Row, origin: str) -> Paper:
    """The paper of one object. ``tldr`` is a model's sentence, not the paper's, and no evidence of what it says.

    Raises:
        RecordError: it has no title.
    """
    inner = next((row[key] for key in _WRAPPERS if isinstance(row.get(key), dict)), row)

    def field(name: str) -> object:
        value = at(inner, name)
        return at(inner, name.lower()) if value is None else value

    external = field("externalIds")
    kinds = field("publicationTypes")
    pdf = plain_text(at(field("openAccessPdf"), "url"))
    return make_paper(
        origin,
        field("title"),
        field("abstract"),
        identifiers=[
            f"arXiv:{at(external, 'ArXiv')}" if at(external, "ArXiv") else None,
            at(external, "DOI"),
            field("url"),
            pdf,
        ],
        dates=[field("publicationDate"), field("year")],
        urls=[plain_text(field("url")), pdf],
        author_count=count_of(field("authors")),
        authors=field("authors"),
        venue=first_text(at(field("publicationVenue"), "name"), at(field("journal"), "name"), field("venue")),
        type=sorted(kinds, key=_is_plain) if isinstance(kinds, list) and all(map(_is_text, kinds)) else None,
        categories=_fields_of_study(field("s2FieldsOfStudy")) or texts_in(field("fieldsOfStudy")),
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_plain(kind: str) -> bool:
    """Whether a type says no more than that it is an article: most bear several, of which others say more."""
    return kind == "JournalArticle"


def _fields_of_study(value: object) -> list[str]:
    found = [plain_text(at(each, "category")) for each in (value[:50] if isinstance(value, list) else [])]
    return list(dict.fromkeys(filter(None, found)))
