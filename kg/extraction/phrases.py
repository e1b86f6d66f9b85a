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

__all__ = ["Phrase", "Phrases", "pattern", "phrase", "read_phrases", "shipped_phrases", "words"]

_PIECE = re.compile(r"\{([a-z_]+)\}")
_LETTERS = re.compile(r"(?:[a-z -](?![?*{]))*")
_BREAK = re.compile(r"\s*\n\s*")
_PLACES = ("before", "after", "within")
_DEEPEST = 10  # pieces within pieces


@dataclass(frozen=True, slots=True)
class Phrase:
    """One pattern, compiled, with its examples.

    It is found only where one of the ``cues``, in small letters, stands in the text; without cues it may be anywhere.
    """

    name: str
    reads: str
    pattern: re.Pattern[str]
    must: tuple[str, ...]
    must_not: tuple[str, ...]
    cues: tuple[str, ...] = ()

    def first_cue(self, words: str) -> int:
        """The first place of words in small letters at which it may begin; -1 if there is none."""
        places = [place for cue in self.cues if (place := words.find(cue)) >= 0]
        return min(places, default=-1 if self.cues else 0)

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


def phrase(name: str) -> Phrase:
    """A phrase of the shipped ones."""
    return shipped_phrases().patterns[name]


def pattern(name: str) -> re.Pattern[str]:
    """The compiled pattern of a shipped phrase."""
    return phrase(name).pattern


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
    opens = f"\\b(?:{entry['opens']})" if "opens" in entry else ""
    cue = _spelt_out(str(entry.get("cue", entry.get("opens", ""))), pieces, where)
    signs, must, must_not = (tuple(map(str, entry.get(key, ()))) for key in ("signs", "must", "must_not"))  # type: ignore[call-overload]
    written = f"{opens}{entry['pattern']}"
    if reads == "before":
        written = rf"(?:{written})\Z"
    flags = re.IGNORECASE if entry.get("any_case") else re.NOFLAG
    compiled = _compiled(written, flags, pieces, where)
    return Phrase(name, reads, compiled, must, must_not, signs or _stems(cue))


def _stems(cue: str) -> tuple[str, ...]:
    """The letters with which each alternative of a pattern begins; none if one begins with no letter.

    >>> _stems("replac(?:e|es)|uses?|(?:we|our (?:paper|work))")
    ('replac', 'use', 'we', 'our ')
    """
    found: list[str] = []
    for alternative in _alternatives(cue):
        if alternative.startswith("(?:") and alternative.endswith(")"):
            found += _stems(alternative[3:-1]) or [""]
        else:
            found.append(_LETTERS.match(alternative).group())  # type: ignore[union-attr]
    return tuple(found) if all(found) else ()


def _alternatives(cue: str) -> list[str]:
    """A pattern cut at the bars that stand in no bracket."""
    parts, depth = [""], 0
    for character in cue:
        depth += (character == "(") - (character == ")")
        if character == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def _compiled(written: str, flags: re.RegexFlag, pieces: dict[str, str], where: str) -> re.Pattern[str]:
    spelt_out = _spelt_out(written, pieces, where)
    try:
        return re.compile(spelt_out, flags)
    except re.error as error:
        raise ExtractionError(f"{where} is no regular expression: {error}") from None


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
