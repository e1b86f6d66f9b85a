"""Papers as sources state them: passages of text, and places in them."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model.kinds import PassageKind

__all__ = ["Anchor", "Paper", "Passage", "Reject"]


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

    ``title`` and ``abstract`` are the stored text: LaTeX and all, the text that every offset refers to.
    ``date`` is ISO 8601 as far as it is known (``2024-02-05``, ``2024-02``, ``2024``; ``--06-02`` in a record whose
    source leaves the year out). ``sources`` name where it was read, as ``file:line``.
    """

    title: str
    abstract: str
    id: str = ""
    arxiv: str | None = None
    doi: str | None = None
    date: str | None = None
    author_count: int | None = None
    organisation: str | None = None
    upvotes: int | None = None
    sources: tuple[str, ...] = ()

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The stored text, passage by passage, each at its place."""
        return Passage(0, PassageKind.TITLE, self.title), Passage(1, PassageKind.ABSTRACT, self.abstract)

    def sentence(self, anchor: Anchor) -> str:
        """The sentence of an anchor, verbatim."""
        return self.passages[anchor.place].text[anchor.sentence_start : anchor.sentence_end]


@dataclass(frozen=True, slots=True)
class Reject:
    """A record that a reader had to set aside, with what a person needs to mend it."""

    source: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.source}:{self.line}: {self.reason}"
