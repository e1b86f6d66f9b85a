"""Papers as sources state them: passages of text, and places in them."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model.authors import Author
from kg.model.fields import Merge, PaperField, Stored, paper_fields, stated
from kg.model.fulltext import Part
from kg.model.kinds import PassageKind

__all__ = ["BODY", "DESCRIBED", "PAPER_FIELDS", "Anchor", "Paper", "Passage", "Reject"]

BODY = 2
"""The place of the first part behind the abstract."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a paper's stored text; ``place`` is its number in the order of the paper."""

    place: int
    kind: PassageKind
    text: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in a paper's stored text, with the sentence that it stands in.

    ``place`` is that of the passage; the others are 0-based, end-exclusive offsets into the passage's text. Anchors
    compare in the order of the paper.
    """

    place: int
    start: int
    end: int
    sentence_start: int
    sentence_end: int


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper, as one source states it or as merged from several.

    ``title`` and ``abstract`` are the stored text: LaTeX and all, the text that every offset refers to. ``body`` is the
    full text, where a source has it. ``date`` is ISO 8601 as far as it is known (``2024-02-05``, ``2024-02``, ``2024``;
    ``--06-02`` in a record whose source leaves the year out). ``type`` is what kind of publication it is, a value of
    ``PaperType``; ``status`` is ``retracted`` or ``withdrawn`` of a paper that is. ``urls`` lead to it,
    ``repositories`` to its code. ``sources`` name where it was read, as ``file:line``. ``remarks`` say what of a record
    a reader could not understand; the build tells them, and nothing stores them.
    """

    title: str
    abstract: str
    id: str = ""
    arxiv: str | None = stated()
    doi: str | None = stated()
    date: str | None = stated(merge=Merge.EARLIEST)
    organisation: str | None = stated(
        rdf=("kg:organisation", "xsd:string"),
        names="organisation, organization, organisations, organizations, affiliation, affiliations, institution",
    )
    author_count: int | None = stated(
        Stored.INTEGER,
        rdf=("kg:authorCount", "xsd:nonNegativeInteger"),
        names="author count, number of authors, num authors, n authors",
    )
    upvotes: int | None = stated(
        Stored.INTEGER,
        Merge.LARGEST,
        rdf=("kg:upvotes", "xsd:integer"),
        contested=False,
        names="upvotes, votes, likes",
    )
    authors: tuple[Author, ...] = stated(
        Stored.AUTHORS,
        Merge.FULLEST,
        contested=False,
        names="authors, author, author names, author full names, authors list, author list, creators, creator, au",
    )
    venue: str | None = stated(
        rdf=("kg:venue", "xsd:string"),
        contested=False,
        names=(
            "venue, journal, journal title, journal name, booktitle, book title, conference, conference name, "
            "publication title, source title, container title, publication name, published in, periodical"
        ),
    )
    type: str | None = stated(
        contested=False,
        names="publication type, document type, item type, paper type, article type, entry type, content type, type",
    )
    status: str | None = stated(rdf=("kg:status", "xsd:string"))
    urls: tuple[str, ...] = stated(Stored.TEXTS, Merge.ALL, rdf=("schema:url", "xsd:anyURI"), contested=False)
    repositories: tuple[str, ...] = stated(
        Stored.TEXTS,
        Merge.ALL,
        rdf=("schema:codeRepository", "xsd:anyURI"),
        contested=False,
        names="code repositories, repositories, repository, code, code url, code link, github, github url, repo url",
    )
    categories: tuple[str, ...] = stated(
        Stored.TEXTS,
        Merge.ALL,
        rdf=("kg:category", "xsd:string"),
        contested=False,
        names="categories, category, primary category, subject areas, subjects, fields of study, topics, topic",
    )
    keywords: tuple[str, ...] = stated(
        Stored.TEXTS,
        Merge.ALL,
        rdf=("schema:keywords", "xsd:string"),
        contested=False,
        names="keywords, author keywords, keyword, tags, index keywords",
    )
    sources: tuple[str, ...] = ()
    body: tuple[Part, ...] = field(default=(), repr=False)
    remarks: tuple[str, ...] = field(default=(), compare=False)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The stored text, passage by passage, each at its place."""
        return (
            Passage(0, PassageKind.TITLE, self.title),
            Passage(1, PassageKind.ABSTRACT, self.abstract),
            *(Passage(place, part.kind, part.text) for place, part in enumerate(self.body, BODY)),
        )

    def text_at(self, place: int) -> str:
        """The stored text of the passage at a place."""
        return self.title if place == 0 else self.abstract if place == 1 else self.body[place - BODY].text

    def sentence(self, anchor: Anchor) -> str:
        """The sentence of an anchor, verbatim."""
        return self.text_at(anchor.place)[anchor.sentence_start : anchor.sentence_end]


PAPER_FIELDS: tuple[PaperField, ...] = paper_fields(Paper)
"""All that sources state of a paper beside its text; see ``kg.model.fields``."""

DESCRIBED = tuple(each for each in PAPER_FIELDS if each.names)
"""Those that people's own tables have in columns of such a name (identifiers and dates are found by what they are)."""


@dataclass(frozen=True, slots=True)
class Reject:
    """A record that a reader had to set aside, with what a person needs to mend it."""

    source: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.source}:{self.line}: {self.reason}"
