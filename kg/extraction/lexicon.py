"""Words that the components share: what is no name, and which noun says what kind of thing a name is."""

from __future__ import annotations

import re
from functools import lru_cache

from spacy.lang.en.stop_words import STOP_WORDS as ENGLISH_STOP_WORDS

from kg.extraction.other_things import other_kind
from kg.extraction.phrases import words
from kg.model import EntityType
from kg.text.folding import fold

__all__ = ["GENERIC", "HEADS", "STOP_WORDS", "head_type", "is_nothing", "type_from_noun"]

HEADS: dict[str, EntityType] = {noun: kind for kind in EntityType for noun in words(f"heads_{kind}")}
"""Head noun -> the type of what it names, in the singular."""

STOP_WORDS: frozenset[str] = frozenset(fold(word) for word in ENGLISH_STOP_WORDS)
"""Folded function words of English ("the", "other"), which no capitals make a name."""

GENERIC: frozenset[str] = STOP_WORDS | frozenset(map(fold, (*words("no_names"), *words("no_named_phrases"))))
"""Folded words that look like names and are none: fields, classes, hardware, organisations, hyperparameters."""

_POSSESSIVE = re.compile(r"['\u2019]s?\Z")
_COUNTED = re.compile(r" (?:GPU|CPU|TPU|NPU|chip|accelerator|processor|server|node|cluster|board|core)s?\Z")
_JOINTS = re.compile(r"\s*(?:/|\u2013|,|&|\+(?=\w)|(?<=[a-z])-(?=[A-Z])| and | or )\s*")
_NEXT_NOUN = re.compile(r" (?:and [\w-]{1,60} )?([a-z]{1,60})\b")


def head_type(noun: str) -> EntityType | None:
    """The type that a head noun speaks for, singular or plural; None if it speaks for none."""
    word = noun.lower()
    return HEADS.get(word) or (HEADS.get(word[:-1]) if word.endswith("s") else None)


def type_from_noun(text: str, end: int) -> EntityType | None:
    """The type that the noun right behind a name speaks for: "the X benchmark", "X algorithms"."""
    match = _NEXT_NOUN.match(text, end)
    return head_type(match.group(1)) if match else None


def is_nothing(name: str) -> bool:
    """Whether a name, or each of several that are written together, is that of something which the graph does not hold.

    >>> [is_nothing(name) for name in ("NVIDIA A100 GPUs", "H100/A100", "OpenAI's", "Claude Code", "GSM8K")]
    [True, True, True, False, False]
    """
    return all(map(_is_one_nothing, filter(None, _JOINTS.split(name)))) or _is_one_nothing(name)


@lru_cache(maxsize=10_000)
def _is_one_nothing(name: str) -> bool:
    name = _POSSESSIVE.sub("", _COUNTED.sub("", name))
    kind = other_kind(name)
    return fold(name) in GENERIC if kind is None else kind.at_most is None
