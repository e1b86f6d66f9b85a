"""The text of an element of a document as people read it, whatever the format: each format says what its elements are.

In a cell of a table what is raised, lowered or set smaller stands beside the text; in running text it is part of it.
Nothing here recurses, for a document may be nested as deeply as it likes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, NamedTuple

from kg.text.characters import printable
from kg.text.markup import SUPERSCRIPTS

__all__ = ["PLAIN", "Inline", "Lift", "Role", "RoleOf", "joined", "read_inline"]

_SPACE = re.compile(r"\s+")
# What is left around citations that were taken out: "(; )", "[, ]", and blanks before a full stop.
_EMPTY_BRACKETS = re.compile(r"\s?(?:\([\s,;–-]*\)|\[[\s,;–-]*\])")
_LOOSE_STOP = re.compile(r"\s+(?=[.,;:!?](?:\s|$))")
_SMALLER = 0.87  # of the size of a cell's largest text: what is set smaller stands beside it; taste
# F1, R2, L2, and what is lowered behind a letter or a short name in capitals: π0, AP50, CO2.
_RAISED_PART = re.compile(r"(?:^|[^\w])[FRLkK]\Z")
_LOWERED_PART = re.compile(r"(?:^|[^\w])(?:[A-Z]{1,4}|[^\W\d_])\Z")
_WIDTHS = {"\u2003": 1.0, "\u2001": 1.0, "\u2002": 0.5, "\u2000": 0.5, "\u00a0": 0.3, "\u2007": 0.5, "\u2004": 0.33}


class Lift(Enum):
    """Whether a text stands on the line, above it or below it."""

    NONE = 0
    UP = 1
    DOWN = 2


@dataclass(frozen=True, slots=True)
class Role:
    """What an element is in a text: ``skip`` it, or read it as what the others say.

    ``block`` where it stands on a line of its own, ``note`` where its text is a footnote, ``mark`` where it is the mark
    of one (which running text does without), ``cited`` where it is a citation, ``tokens`` where only what is in the
    elements in it counts; ``text`` stands instead of what is in it, and ``before`` ahead of it. ``size`` is its
    letters' size to that around it.
    """

    skip: bool = False
    block: bool = False
    note: bool = False
    mark: bool = False
    cited: bool = False
    tokens: bool = False
    bold: bool | None = None
    lift: Lift = Lift.NONE
    size: float = 1.0
    text: str | None = None
    before: str = ""


PLAIN = Role()
RoleOf = Callable[[Any, Any, int], Role]
"""The role of an element, by itself, the element around it, and its number in that."""


@dataclass(frozen=True, slots=True)
class Inline:
    """A text in one line, and what stood in and beside it; ``indent`` is how many steps it is moved in."""

    text: str
    asides: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    bold: bool = False
    cited: bool = False
    indent: int = 0


class _State(NamedTuple):
    """What holds for the text at hand; ``aside``, ``note`` and ``cite`` are numbers, 0 for none."""

    aside: int = 0
    note: int = 0
    cite: int = 0
    mark: bool = False
    lift: Lift = Lift.NONE
    bold: bool = False
    size: float = 1.0
    tokens: bool = False


class _Chunk(NamedTuple):
    text: str
    state: _State


def read_inline(element: Any, role_of: RoleOf, *, cell: bool = False) -> Inline:
    """The text of an element; with ``cell``, of one of a table."""
    chunks = list(_chunks(element, role_of))
    noted: dict[int, list[str]] = {}
    for chunk in chunks:
        if chunk.state.note:
            noted.setdefault(chunk.state.note, []).append(chunk.text)
    notes = tuple(filter(None, map(joined, noted.values())))
    main = [chunk for chunk in chunks if not chunk.state.note and not chunk.state.cite]
    cited = any(chunk.state.cite for chunk in chunks)
    found = _cell(main) if cell else Inline(joined(_as_read(main)))
    if cell and not found.text and not found.asides and cited:  # a name that is nothing but a citation
        found = Inline(joined(chunk.text for chunk in chunks if not chunk.state.note))
    return replace(found, notes=notes, cited=cited)


def joined(pieces: Iterable[str]) -> str:
    """Pieces of text as one line, without what citations leave behind that were taken out.

    >>> joined(["We count sheep (", "; ", ") ", "."])
    'We count sheep.'
    """
    text = _SPACE.sub(" ", printable("".join(pieces))).strip()
    if "(" in text or "[" in text:
        text = _EMPTY_BRACKETS.sub("", text)
    return _LOOSE_STOP.sub("", text)


def _chunks(element: Any, role_of: RoleOf) -> Iterator[_Chunk]:
    """The pieces of text in their order, each with what holds for it."""
    state = _State()
    count = 0  # of asides, notes and citations
    open_: list[tuple[Iterator[Any], Any, _State, str, bool]] = []
    yield _Chunk(element.text or "", state)
    children, parent, number = iter(element), element, 0
    numbers = [0]
    while True:
        child = next(children, None)
        if child is None:
            if not open_:
                return
            children, parent, state, tail, block = open_.pop()
            numbers.pop()
            if block:
                yield _Chunk(" ", state)
            if not state.tokens:
                yield _Chunk(tail, state)
            continue
        number, numbers[-1] = numbers[-1], numbers[-1] + 1
        role = role_of(child, parent, number) if isinstance(child.tag, str) else Role(skip=True)
        inner = state
        if role.note or role.cited or ((role.mark or role.lift is not Lift.NONE) and not state.aside):
            count += 1
            inner = _within(state, role, count)
        inner = inner._replace(
            bold=state.bold if role.bold is None else role.bold,
            size=state.size * role.size,
            tokens=role.tokens or (state.tokens and role.text is None),
        )
        if role.block:
            yield _Chunk(" ", inner)
        if role.before:
            yield _Chunk(role.before, inner)
        if role.skip or role.text is not None:
            if role.text:
                yield _Chunk(role.text, inner)
            if role.block:
                yield _Chunk(" ", state)
            if not state.tokens:
                yield _Chunk(child.tail or "", state)
            continue
        open_.append((children, parent, state, child.tail or "", role.block))
        numbers.append(0)
        children, parent, state = iter(child), child, inner
        if not inner.tokens:
            yield _Chunk(child.text or "", inner)


def _within(state: _State, role: Role, number: int) -> _State:
    if role.note:
        return _State(note=number)
    if role.cited:
        return state._replace(cite=state.cite or number)
    return state._replace(aside=number, lift=role.lift, mark=role.mark)


def _as_read(chunks: Iterable[_Chunk]) -> Iterator[str]:
    """Running text: a raised number or sign as such, where there are characters for it."""
    for text, state in chunks:
        if state.mark:
            continue
        raised = state.lift is Lift.UP and text.strip() and not text.strip().translate(_NO_SUPERSCRIPT)
        yield text.translate(SUPERSCRIPTS) if raised else text


_NO_SUPERSCRIPT = dict.fromkeys(SUPERSCRIPTS)


def _cell(chunks: list[_Chunk]) -> Inline:
    """A cell: on the line what is of its largest size, beside it all else."""
    largest = max((c.state.size for c in chunks if c.text.strip() and not c.state.aside), default=0.0)
    line: list[str] = []
    asides: list[list[str]] = []
    bold: bool | None = None
    last: object = None
    for text, state in chunks:
        beside = state.aside or ("small" if text.strip() and state.size < _SMALLER * largest else 0)
        if state.aside and not state.mark and _is_part("".join(line[-4:]), text, state.lift):
            beside = 0
        if not beside:
            line.append(text)
            last = last if not text.strip() else None
            if bold is None and any(map(str.isalnum, text)):
                bold = state.bold or _is_set_bold(text)
        elif beside == last:
            asides[-1].append(text)
        else:
            asides.append([text])
            last = beside
    text = "".join(line)
    shown = joined([_plain(text)])
    return Inline(shown, tuple(filter(None, map(joined, asides))), bold=bool(bold), indent=_indent(text))


def _is_part(before: str, text: str, lift: Lift) -> bool:
    """Whether what is raised or lowered is part of the name that it stands at: the 1 of F1, the 50 of AP50."""
    if not text.strip().isalnum() or not text.strip().isascii():
        return False
    if lift is Lift.UP:
        return text.strip().isdigit() and _RAISED_PART.search(before) is not None
    return text.strip().isdigit() and _LOWERED_PART.search(before) is not None


def _plain(text: str) -> str:
    """Letters and digits of mathematical alphabets as such."""
    return unicodedata.normalize("NFKC", text) if any("\U0001d400" <= each <= "\U0001d7ff" for each in text) else text


def _is_set_bold(text: str) -> bool:
    first = next(filter(str.isalnum, text), "")
    return "\U0001d400" <= first <= "\U0001d7ff" and "BOLD" in unicodedata.name(first, "")


def _indent(text: str) -> int:
    """How far a text is moved in, in steps of about a letter's width."""
    width = 0.0
    for character in text.lstrip("\n\r\t "):
        if character not in _WIDTHS:
            break
        width += _WIDTHS[character]
    return round(width) if width >= 1 else int(width >= 0.5)
