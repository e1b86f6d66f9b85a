"""Papers as Semantic Scholar's API and data sets have them; the latter write all names of fields in small letters."""

from __future__ import annotations

from kg.model import Paper
from kg.sources.fields import Row, at, count_of, make_paper

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
    return make_paper(
        origin,
        field("title"),
        field("abstract"),
        identifiers=[
            f"arXiv:{at(external, 'ArXiv')}" if at(external, "ArXiv") else None,
            at(external, "DOI"),
            field("url"),
        ],
        dates=[field("publicationDate"), field("year")],
        author_count=count_of(field("authors")),
    )
