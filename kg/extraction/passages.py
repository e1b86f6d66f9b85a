"""A paper as people read it: its passages rendered, one after another, and the way back to the stored text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.extraction.asides import own_wording, own_wording_of_title
from kg.model import BODY, Anchor, Paper, Passage, PassageKind
from kg.text.reading import render
from kg.text.rendered import Edit, Rendered, edited
from kg.text.titles import title_marks

__all__ = ["LONGEST_READ", "PaperText", "Piece", "RenderedPassage", "paper_text", "text_of_piece"]

LONGEST_READ = 50_000
"""Characters of a passage. No abstract comes near it; what lies beyond is stored and not read."""

_GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some sentences of a part of the body, beginning at ``start`` in its text."""

    place: int
    kind: PassageKind
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class RenderedPassage:
    """One passage within the text that is read: ``start`` is the offset at which its ``rendered`` text begins there."""

    place: int
    kind: PassageKind
    start: int
    rendered: Rendered

    def to_stored(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the passage's stored text for a span of the text that is read."""
        last = min(end - self.start, len(self.rendered.text))
        return self.rendered.to_stored(start - self.start, last)


@dataclass(frozen=True, slots=True)
class PaperText:
    """What the pipeline reads: ``text``, made of ``passages`` in the order of the paper, blank lines between them.

    ``body`` is the offset at which what is no title begins.
    """

    text: str
    passages: tuple[RenderedPassage, ...]
    body: int

    @classmethod
    def of(cls, passages: Iterable[Passage]) -> PaperText:
        """Render passages for reading."""
        passages, rendered, at = tuple(passages), [], 0
        for passage in passages:
            rendered.append(RenderedPassage(passage.place, passage.kind, at, _read(passage, passages)))
            at += len(rendered[-1].rendered.text) + len(_GAP)
        text = _GAP.join(each.rendered.text for each in rendered)
        body = (each.start for each in rendered if each.kind is not PassageKind.TITLE)
        return cls(text, tuple(rendered), next(body, len(text)))

    def starts(self) -> list[int]:
        """The offsets at which the passages begin."""
        return [passage.start for passage in self.passages]

    def anchor(self, span: tuple[int, int], sentence: tuple[int, int]) -> Anchor:
        """The place in the stored text of a span of ``text`` and of the sentence around it."""
        passage = self.passages[max(bisect_right(self.passages, span[0], key=lambda each: each.start) - 1, 0)]
        start, end = passage.to_stored(*span)
        first, last = passage.to_stored(*sentence)
        return Anchor(passage.place, start, end, min(first, start), max(last, end))


def _read(passage: Passage, passages: Sequence[Passage]) -> Rendered:
    """A passage as people read it, without what is not the paper's wording."""
    rendered = render(passage.text[:LONGEST_READ])
    if passage.kind is not PassageKind.TITLE:
        return rendered.then(own_wording)
    others = [each.text[:LONGEST_READ] for each in passages if each is not passage]
    return rendered.then(own_wording_of_title).then(lambda title: edited(title, _marks(title, others)))


def _marks(title: str, others: Sequence[str]) -> Iterator[Edit]:
    """The marks of a title ("RETRACTED:", "Poster:"), which name nothing.

    A label in capitals that the paper uses is a name after all ("DEMO: ...").
    """
    for mark in title_marks(title):
        is_label = mark.status is None and mark.type is None
        if not (is_label and mark.word.isupper() and any(mark.word in text for text in others)):
            yield mark.start, mark.end, ""


def paper_text(paper: Paper) -> PaperText:
    """Render title and abstract of a paper for reading."""
    return PaperText.of(paper.passages[:BODY])


def text_of_piece(piece: Piece) -> PaperText:
    """A piece of a full text for reading, which is plain text already; its offsets are those within the piece."""
    return PaperText(piece.text, (RenderedPassage(piece.place, piece.kind, 0, Rendered(piece.text)),), 0)
