"""The words and patterns by which heads, captions and names of tables are read, kept as data in ``words.toml``."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources

from kg.extraction.phrases import Phrases, read_phrases
from kg.text.folding import plain

__all__ = ["is_one_of", "key", "pattern", "table_phrases", "word_set"]

_BETWEEN = re.compile(r"[\s\-\u2010-\u2015_.:,'`\u2019]+")


@cache
def table_phrases() -> Phrases:
    """The phrases of tables that the package ships."""
    file = resources.files("kg.extraction.tables") / "words.toml"
    return read_phrases(file.read_text(encoding="utf-8"), str(file))


def pattern(name: str) -> re.Pattern[str]:
    """A compiled pattern of tables."""
    return table_phrases().patterns[name].pattern


@cache
def word_set(name: str) -> frozenset[str]:
    """The keys of a list of words."""
    return frozenset(filter(None, map(key, table_phrases().words[name])))


@lru_cache(maxsize=50_000)
def key(text: str) -> str:
    """The form in which the words of tables are compared: no case, blanks, hyphens and points; "#" and signs stay.

    >>> key("Avg. Acc."), key("# Shots"), key("k-NN")
    ('avgacc', '#shots', 'knn')
    """
    return _BETWEEN.sub("", plain(text).casefold())


def is_one_of(text: str, *names: str) -> bool:
    """Whether a text is in one of the lists, a plural *s* aside."""
    wanted = key(text)
    forms = (wanted, wanted[:-1]) if wanted.endswith("s") else (wanted,)
    return any(form in word_set(name) for name in names for form in forms)
