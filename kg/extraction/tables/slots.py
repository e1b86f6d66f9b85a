"""What a number was measured on and in: by the heads around it, by caption and text where they are silent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extraction.names import is_name_shaped
from kg.extraction.tables.context import Context
from kg.extraction.tables.heads import Head, Role
from kg.extraction.tables.known import Known
from kg.extraction.tables.rows import Better, NamedIn, Part
from kg.extraction.tables.words import is_one_of, key
from kg.model import Cell

__all__ = ["Facts", "Item", "Measure", "Slots", "data_of", "measure_of", "umbrella_of"]

# How much speaks for a part of a result, by what names it: fitted by hand to made tables with gold (0.98 of the rows
# that are read there are right), so that their product is a probability; on the tables of others it is less sure.
_KNOWN, _BESIDE, _PART, _SHAPED, _GUESS, _MEASURE_AS_DATA = 0.995, 0.985, 0.98, 0.9, 0.85, 0.3
_HEAD, _CAPTION, _ONE_OF_SEVERAL, _IN_TEXT = 0.995, 0.985, 0.9, 0.95


_SHORTEST = 4  # letters of a name of data that nobody knows


@dataclass(frozen=True, slots=True)
class Item:
    """A head that holds for a number: what it says, its cell, and which row or column of heads it is of."""

    head: Head
    cell: Cell
    level: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What holds for all of a block: levels that name known data, what caption or text names, whether its parts."""

    known: Known
    levels_of_data: frozenset[str]
    umbrella: Part | None
    sliced: bool
    several: bool = False
    measured: bool = False


@dataclass(frozen=True, slots=True)
class Slots:
    """What a number was measured on; ``sure`` is how much speaks for it."""

    on: Part
    suite: str | None
    split: str | None
    average: bool
    sure: float
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure with its direction, as far as it is known."""

    part: Part
    better: Better | None
    sure: float


@dataclass(frozen=True, slots=True)
class _Label:
    name: str
    known: bool
    item: Item
    group: bool = False


def umbrella_of(context: Context) -> tuple[Part | None, bool]:
    """The data that caption, panel or text name for the whole table, and whether they name several."""
    for source in context:
        first = source.likely[:1] if source.likely and source.text.startswith(source.likely[0]) else ()
        likely = source.likely if source.where is not NamedIn.TEXT or len(source.likely) == 1 else ()
        names = (*first, *source.data) or likely
        if names:
            return Part(names[0], source.where), len(names) > 1
    return None, False


def data_of(items: Sequence[Item], facts: Facts) -> Slots | None:
    """What a number was measured on; None where nothing says it, or where it is no result."""
    labels = _labels(items)
    splits = [part.name for item in items for part in item.head.parts if part.role is Role.SPLIT]
    average = any(item.head.has(Role.AVERAGE) for item in items)
    if average and not facts.sliced and any(_is_sum(part.name) for item in items for part in item.head.parts):
        return None
    named = [label for label in labels if not label.group]
    groups = [label for label in labels if label.group]
    names = tuple(label.name for label in labels) + tuple(splits)
    found = _resolved(named, groups, average, facts, items)
    if found is None:
        return None
    on, suite, extra, sure = found
    split = "-".join(dict.fromkeys(splits)) if splits else None
    split = " ".join(filter(None, (extra, split))) or None
    return Slots(on, suite, split, average, sure, names)


def _labels(items: Sequence[Item]) -> list[_Label]:
    found = []
    for item in items:
        for part in item.head.parts:
            if part.role is Role.ON:
                found.append(_Label(part.name, True, item))
            elif part.role is Role.ACHIEVER and item.head.has(Role.METRIC):
                continue  # "BERT similarity" is no result on BERT
            elif part.role in (Role.NAME, Role.ACHIEVER):
                found.append(_Label(part.name, False, item))
            elif part.role is Role.GROUP:
                found.append(_Label(part.name, False, item, group=True))
    return found


_Found = tuple[Part, str | None, str | None, float]
"""On, suite, slice, and how much speaks for it."""


def _resolved(
    named: list[_Label], groups: list[_Label], average: bool, facts: Facts, items: Sequence[Item]
) -> _Found | None:
    if average:
        return _average(named, facts)
    if not named:
        return _from_umbrella(groups[-1].name if groups else None, facts) or _measure_as_data(items, facts)
    known = [label for label in named if label.known]
    if known:
        return _known(known, named, facts)
    if len(named) == 1:
        return _unknown(named[0], facts)
    return _unknowns(named, facts)


def _part(label: _Label) -> Part:
    return Part(label.name, NamedIn.CELL, label.item.cell)


def _average(named: list[_Label], facts: Facts) -> _Found | None:
    """Averages count where they are over the parts of one benchmark."""
    known = [label for label in named if label.known]
    if known:
        return _part(known[-1]), None, None, _PART
    if named or facts.umbrella is None or facts.several:
        return None
    suite = is_one_of(facts.umbrella.name, "suites")
    return (facts.umbrella, None, None, _PART) if facts.sliced or suite else None


def _measure_as_data(items: Sequence[Item], facts: Facts) -> _Found | None:
    """A measure among data, where nothing names data: the benchmark goes by the name of its measure ("CHAIR")."""
    for item in reversed(items):
        said = item.head.first(Role.METRIC)
        if said is not None and item.level in facts.levels_of_data and len(said.name) > 4 and said.name[:1].isupper():
            return Part(said.name, NamedIn.CELL, item.cell), None, None, _MEASURE_AS_DATA
    return None


def _from_umbrella(extra: str | None, facts: Facts) -> _Found | None:
    if facts.umbrella is None:
        return None
    return facts.umbrella, None, extra, _ONE_OF_SEVERAL if facts.several else _CAPTION


def _known(known: list[_Label], named: list[_Label], facts: Facts) -> _Found:
    """A known name, with unknown ones above it (groups) or below it (its parts)."""
    last = known[-1]
    behind = named[named.index(last) + 1 :]
    suite = next((label.name for label in known[:-1] if is_one_of(label.name, "suites")), None)
    if not behind:
        return _part(last), suite or _suite(facts, last.name), None, _KNOWN
    joined = f"{last.name} {behind[0].name}"
    if facts.known.is_data(joined) or facts.known.is_data(joined.replace(" ", "-")):
        return Part(joined, NamedIn.CELL, last.item.cell), suite, None, _PART
    if is_one_of(last.name, "suites"):
        return _part(behind[-1]), last.name, None, _PART
    return _part(last), suite, " ".join(label.name for label in behind), _PART


def _suite(facts: Facts, on: str) -> str | None:
    umbrella = facts.umbrella.name if facts.umbrella else None
    return umbrella if umbrella and umbrella != on and is_one_of(umbrella, "suites") else None


def _unknown(label: _Label, facts: Facts) -> _Found | None:
    """A name that nobody knows: data beside known data or in a suite, else a slice of what the caption names."""
    if label.item.level in facts.levels_of_data:
        return _part(label), _suite(facts, label.name), None, _BESIDE
    if label.item.head.has(Role.METRIC) and not facts.known.is_called_data(label.name):
        return _from_umbrella(label.name, facts)  # "edit similarity" is a measure, whatever "edit" is
    if facts.umbrella is None:
        shaped = _names_data(label.name, facts) and any(c.isalpha() for c in label.name[:1])
        told = shaped and facts.known.is_called_data(label.name)
        return (_part(label), None, None, _SHAPED) if told or facts.known.begins_data(label.name) else None
    if is_one_of(facts.umbrella.name, "suites"):
        return _part(label), facts.umbrella.name, None, _BESIDE
    if facts.several or _names_data(label.name, facts):
        return _part(label), None, None, _SHAPED
    return facts.umbrella, None, label.name, _PART


def _names_data(name: str, facts: Facts) -> bool:
    """Whether a name looks like that of data rather than of a slice."""
    first = name.split()[0]
    if first.isupper() and len(first) < _SHORTEST:
        return False
    return (
        facts.known.looks_like_data(name)
        or (is_name_shaped(first) and any(c.isdigit() or c == "-" for c in first))
        or first[1:] != first[1:].lower()
    )


def _unknowns(named: list[_Label], facts: Facts) -> _Found | None:
    """Several names that nobody knows: the one whose neighbours are known data, else the outer one with its slice."""
    beside = [label for label in named if label.item.level in facts.levels_of_data]
    if beside:
        return _part(beside[-1]), None, None, _BESIDE
    outer, inner = named[0], named[-1]
    if facts.umbrella is not None and not facts.several:
        return facts.umbrella, None, f"{outer.name} {inner.name}", _GUESS
    if not facts.known.is_called_data(outer.name):
        return None
    return _part(outer), None, inner.name, _GUESS


def measure_of(items: Sequence[Item], slots: Slots, context: Context, corner: Head | None) -> Measure | None:
    """What a number is measured in: by the nearest head, then panel, caption and text; None where none says it."""
    names = [slots.on.name, *slots.names]
    for item in reversed(items):
        said = item.head.first(Role.METRIC)
        if said is not None:
            better = item.head.better or _direction(said.name, context) or _upper_direction(items) or said.better
            return Measure(Part(said.name, NamedIn.CELL, item.cell), better, _HEAD)
    if corner is not None and (said := corner.first(Role.METRIC)) is not None:
        return Measure(Part(said.name, NamedIn.CELL), corner.better or said.better, _HEAD)
    for source in context:
        metric = source.metric_for(names) or source.general
        if metric is not None:
            part = Part(metric.name, source.where)
            better = _upper_direction(items) or _direction(metric.name, context) or metric.better
            return Measure(part, better, _CAPTION if source.where is not NamedIn.TEXT else _IN_TEXT)
    for source in context:
        if source.vague is not None:
            return Measure(
                Part(source.vague.name, source.where), _upper_direction(items) or source.vague.better, _IN_TEXT
            )
    return None


def _upper_direction(items: Sequence[Item]) -> Better | None:
    return next((item.head.better for item in reversed(items) if item.head.better), None)


def _direction(metric: str, context: Context) -> Better | None:
    found: Better | None = next((better for source in context if (better := source.direction_of(metric))), None)
    return found


def _is_sum(name: str) -> bool:
    """Whether a name is that of a sum."""
    return key(name) in ("total", "sum", "rsum", "sumtotal", "totalscore")
