"""A ``Doc`` with what the components have found in it so far: the board that all of them read and write."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Doc

from kg.extraction.passages import PaperText, RenderedPassage
from kg.extraction.proposals import NameProposal, RelationProposal, RowProposal, Span
from kg.extraction.reading import Reading
from kg.model import Extraction, PassageKind
from kg.text.reading import Rendered

__all__ = ["Findings", "covered_by", "findings"]


@dataclass(slots=True)
class Findings:
    """What the components have found so far; lives on ``doc._.kg``.

    ``sentences`` are (start, end) offsets, the title first. ``abbreviations`` maps the short forms that the paper
    defines to the long; ``excluded`` are folded names of which a component says that they name a class and no thing.
    ``reading`` is what the reader read, for the judge to ask. ``extraction`` is what the judge made of it all. The text
    is kept here once: ``Doc.text`` and ``Doc.sents`` are put together anew at every look.
    """

    paper: PaperText
    sentences: list[Span] = field(default_factory=list)
    names: list[NameProposal] = field(default_factory=list)
    relations: list[RelationProposal] = field(default_factory=list)
    rows: list[RowProposal] = field(default_factory=list)
    abbreviations: dict[str, str] = field(default_factory=dict)
    excluded: set[str] = field(default_factory=set)
    reading: Reading | None = None
    extraction: Extraction | None = None

    @classmethod
    def of(cls, paper: PaperText) -> Findings:
        """Nothing found yet: until a component finds sentences, each passage is one."""
        starts = paper.starts()
        return cls(paper, list(zip(starts, [*starts[1:], len(paper.text)], strict=True)))

    @property
    def text(self) -> str:
        """The whole rendered text."""
        return self.paper.text

    def in_title(self, position: int) -> bool:
        """Whether a place is in the title."""
        return position < self.paper.body

    def sentence_at(self, position: int) -> int:
        """The number of the sentence that holds a place."""
        return max(bisect_right(self.sentences, position, key=lambda sentence: sentence[0]) - 1, 0)

    def body_sentences(self) -> list[Span]:
        """The sentences behind the title."""
        return [sentence for sentence in self.sentences if not self.in_title(sentence[0])]


def covered_by(spans: Iterable[Span], length: int) -> bytearray:
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
        abstract = RenderedPassage(1, PassageKind.ABSTRACT, 0, Rendered(text))
        doc._.kg = Findings.of(PaperText(text, (abstract,), 0))
    found: Findings = doc._.kg
    return found
