"""The phrases that rules read: patterns and word lists, kept as data in ``phrases.toml``.

A pattern may hold the names of pieces in braces; line breaks in the file, with the blanks around
them, are not part of it. ``reads`` says where it is looked for: ``before`` a place (the pattern has to end there),
``after`` a place (it has to begin there), or ``within`` a text. Each pattern comes with texts in which it must be found
and texts in which it must not; the tests run them all.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from kg.errors import ExtractionError

__all__ = ["Phrase", "Phrases", "pattern", "read_phrases", "shipped_phrases", "words"]

_PIECE = re.compile(r"\{([a-z_]+)\}")
_BREAK = re.compile(r"\s*\n\s*")
_PLACES = ("before", "after", "within")
_DEEPEST = 10  # pieces within pieces


@dataclass(frozen=True, slots=True)
class Phrase:
    """One pattern, compiled, with its examples."""

    name: str
    reads: str
    pattern: re.Pattern[str]
    must: tuple[str, ...]
    must_not: tuple[str, ...]

    def is_found(self, text: str) -> bool:
        """Whether it is found in, at the end of, or at the beginning of a text, as ``reads`` says."""
        return bool(self.pattern.match(text) if self.reads == "after" else self.pattern.search(text))


@dataclass(frozen=True, slots=True)
class Phrases:
    """All patterns and word lists, by name."""

    patterns: MappingProxyType[str, Phrase]
    words: MappingProxyType[str, tuple[str, ...]]

    def content(self) -> str:
        """All that can change what is extracted: not the examples, not the notes."""
        patterns = [(p.name, p.reads, p.pattern.pattern, int(p.pattern.flags)) for p in self.patterns.values()]
        return repr((sorted(patterns), sorted(self.words.items())))


def pattern(name: str) -> re.Pattern[str]:
    """A pattern of the shipped phrases, compiled."""
    return shipped_phrases().patterns[name].pattern


def words(name: str) -> tuple[str, ...]:
    """A word list of the shipped phrases."""
    return shipped_phrases().words[name]


@cache
def shipped_phrases() -> Phrases:
    """The phrases that the package ships."""
    file = resources.files("kg.extraction") / "phrases.toml"
    return read_phrases(file.read_text(encoding="utf-8"), str(file))


def read_phrases(text: str, source: str) -> Phrases:
    """Compile the phrases of a TOML text that was read from ``source``.

    Raises:
        ExtractionError: it is no TOML, a pattern is no regular expression, or one names a piece that is not there.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ExtractionError(f"{source}: not TOML: {error}") from None
    pieces = dict(data.get("pieces", {}))
    patterns = {name: _phrase(name, entry, pieces, source) for name, entry in data.get("patterns", {}).items()}
    lists = {
        name: tuple(entry.split() if isinstance(entry, str) else entry) for name, entry in data.get("words", {}).items()
    }
    return Phrases(MappingProxyType(patterns), MappingProxyType(lists))


def _phrase(name: str, entry: dict[str, object], pieces: dict[str, str], source: str) -> Phrase:
    where = f"{source}: pattern {name!r}"
    if not {"pattern", "reads"} <= entry.keys():
        raise ExtractionError(f"{where} needs 'pattern' and 'reads'")
    reads = str(entry["reads"])
    if reads not in _PLACES:
        raise ExtractionError(f"{where} reads {reads!r}; write before, after or within")
    written = _spelt_out(str(entry["pattern"]), pieces, where)
    if reads == "before":
        written = rf"(?:{written})\Z"
    flags = re.IGNORECASE if entry.get("any_case") else re.NOFLAG
    try:
        compiled = re.compile(written, flags)
    except re.error as error:
        raise ExtractionError(f"{where} is no regular expression: {error}") from None
    must, must_not = (tuple(map(str, entry.get(key, ()))) for key in ("must", "must_not"))  # type: ignore[call-overload]
    return Phrase(name, reads, compiled, must, must_not)


def _spelt_out(written: str, pieces: dict[str, str], where: str) -> str:
    """A pattern with the pieces that it names put in."""
    for _ in range(_DEEPEST):
        written = _BREAK.sub("", written)
        named = _PIECE.findall(written)
        if not named:
            return written
        missing = [name for name in named if name not in pieces]
        if missing:
            raise ExtractionError(
                f"{where} names {{{missing[0]}}}, which is no piece of the file; add it or mend the name"
            )
        written = _PIECE.sub(lambda match: f"(?:{pieces[match.group(1)]})", written)
    raise ExtractionError(f"{where} names itself by way of its pieces; take the circle out")
