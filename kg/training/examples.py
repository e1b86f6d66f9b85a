"""From annotated texts to numbers: pieces, features, and for each piece the labels that it may have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extraction.gazetteer import Gazetteer
from kg.extraction.tagging import LABELS
from kg.extraction.wordpieces import Pieces, coverage_of, encode
from kg.training.corpora import Annotated

if TYPE_CHECKING:
    from tokenizers import Tokenizer

__all__ = ["Example", "make_example"]

_OUTSIDE = 0


@dataclass(frozen=True, slots=True)
class Example:
    """One text as the model learns from it; ``allowed[i]`` are the labels that piece i may have."""

    pieces: Pieces
    allowed: list[tuple[int, ...]]


def make_example(annotated: Annotated, tokenizer: Tokenizer, gazetteer: Gazetteer) -> Example:
    """Encode a text and spread its spans over the pieces."""
    text = annotated.text
    matches = ((m.start, m.end, m.concept.type, m.ambiguous) for m in gazetteer.find(text))
    pieces = encode(tokenizer, text, coverage_of(len(text), matches))
    silent = tuple(LABELS.index(f"{tag}-{kind}") for kind in annotated.silent for tag in "BI")
    allowed: list[tuple[int, ...]] = [(_OUTSIDE, *silent)] * len(pieces.ids)
    for span in annotated.spans:
        inside = [i for i, (a, b) in enumerate(pieces.offsets) if a < span.end and span.start < b]
        for number, piece in enumerate(inside):
            labels = tuple(LABELS.index(f"{'I' if number else 'B'}-{kind}") for kind in span.types)
            allowed[piece] = tuple(range(len(LABELS))) if span.optional else labels
    return Example(pieces, allowed)
