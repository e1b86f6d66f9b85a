"""A paper as one ``Doc``: rendered title, blank line, rendered abstract, and the way back to the stored text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Doc

from kg.model import Anchor, EntityType, Paper, Rule
from kg.text.latex import Rendered, render

__all__ = ["Candidate", "Findings", "PaperText", "covered_by", "findings", "paper_text"]

_GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class PaperText:
    """What the pipeline reads: ``text``, with ``abstract_start`` the offset at which the abstract begins."""

    text: str
    abstract_start: int
    title: Rendered
    abstract: Rendered

    def anchor(self, span: tuple[int, int], sentence: tuple[int, int]) -> Anchor:
        """The place in the stored text of a span of ``text`` and the sentence around it."""
        place, start, end = self._stored(*span)
        _, first, last = self._stored(*sentence)
        return Anchor(place, start, end, min(first, start), max(last, end))

    def _stored(self, start: int, end: int) -> tuple[int, int, int]:
        """Place of the passage, and offsets in its stored text, for a span of ``text``."""
        if start < self.abstract_start:
            return 0, *self.title.to_stored(start, min(end, len(self.title.text)))
        shift = self.abstract_start
        return 1, *self.abstract.to_stored(start - shift, end - shift)


LONGEST_READ = 50_000
"""Characters of a field. No abstract comes near it; what lies beyond, in text that is none, is stored but not read."""


def paper_text(paper: Paper) -> PaperText:
    """Render a paper for reading."""
    title, abstract = render(paper.title[:LONGEST_READ]), render(paper.abstract[:LONGEST_READ])
    return PaperText(title.text + _GAP + abstract.text, len(title.text) + len(_GAP), title, abstract)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that some component takes for a name.

    ``start`` and ``end`` are offsets into the ``Doc``'s text. ``concept`` is the vocabulary id when the name is known;
    ``family`` the vocabulary id of what this is a version or size of. ``needs_context`` marks a reading that only the
    context can confirm; ``introduced`` that the paper presents it as its own.
    """

    start: int
    end: int
    name: str
    rule: Rule
    score: float
    type: EntityType | None = None
    concept: str | None = None
    family: str | None = None
    expansion: str | None = None
    needs_context: bool = False
    introduced: bool = False


@dataclass(slots=True)
class Findings:
    """What the components have found so far; lives on ``doc._.kg``.

    ``sentences`` are (start, end) offsets, the title first. The text is kept here once: ``Doc.text`` and ``Doc.sents``
    are put together anew at every look.
    """

    paper: PaperText
    sentences: list[tuple[int, int]] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    abbreviations: dict[str, str] = field(default_factory=dict)
    excluded: set[str] = field(default_factory=set)

    @property
    def text(self) -> str:
        """The whole rendered text."""
        return self.paper.text

    def in_title(self, position: int) -> bool:
        """Whether a place is in the title."""
        return position < self.paper.abstract_start

    def sentence_at(self, position: int) -> int:
        """The number of the sentence that holds a place."""
        return max(bisect_right(self.sentences, position, key=lambda sentence: sentence[0]) - 1, 0)

    def abstract_sentences(self) -> list[tuple[int, int]]:
        """The sentences behind the title."""
        return [sentence for sentence in self.sentences if not self.in_title(sentence[0])]


def covered_by(spans: Iterable[tuple[int, int]], length: int) -> bytearray:
    """For each character of a text of this length, 1 if one of the spans covers it, else 0."""
    covered = bytearray(length)
    for start, end in spans:
        covered[start:end] = b"\x01" * (end - start)
    return covered


if not Doc.has_extension("kg"):
    Doc.set_extension("kg", default=None)


def findings(doc: Doc) -> Findings:
    """The findings of a doc; a doc made without a paper is read as an abstract without a title."""
    if doc._.kg is None:
        text = doc.text
        doc._.kg = Findings(PaperText(text, 0, Rendered(""), Rendered(text)), [(0, len(text))])
    found: Findings = doc._.kg
    return found
