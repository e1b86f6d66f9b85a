"""Words that the components share: what is no name, and which noun says what kind of thing a name is."""

from __future__ import annotations

import re

from spacy.lang.en.stop_words import STOP_WORDS as ENGLISH_STOP_WORDS

from kg.extraction.phrases import words
from kg.model import EntityType
from kg.text.folding import fold

__all__ = ["GENERIC", "HEADS", "STOP_WORDS", "head_type", "type_from_noun"]

HEADS: dict[str, EntityType] = {noun: kind for kind in EntityType for noun in words(f"heads_{kind}")}
"""Head noun -> the type of what it names, in the singular."""

STOP_WORDS: frozenset[str] = frozenset(fold(word) for word in ENGLISH_STOP_WORDS)
"""Folded function words of English ("the", "other"), which no capitals make a name."""

GENERIC: frozenset[str] = STOP_WORDS | frozenset(map(fold, (*words("no_names"), *words("no_named_phrases"))))
"""Folded words that look like names and are none: fields, classes, hardware, organisations, hyperparameters."""

_NEXT_NOUN = re.compile(r" (?:and [\w-]{1,60} )?([a-z]{1,60})\b")


def head_type(noun: str) -> EntityType | None:
    """The type that a head noun speaks for, singular or plural; None if it speaks for none."""
    word = noun.lower()
    return HEADS.get(word) or (HEADS.get(word[:-1]) if word.endswith("s") else None)


def type_from_noun(text: str, end: int) -> EntityType | None:
    """The type that the noun right behind a name speaks for: "the X benchmark", "X algorithms"."""
    match = _NEXT_NOUN.match(text, end)
    return head_type(match.group(1)) if match else None
