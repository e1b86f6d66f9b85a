"""What the tables of a paper state, as results and as things that the paper evaluates on and compares with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.extraction.fulltext.statements import Things, group_of
from kg.extraction.gazetteer import shipped_gazetteer
from kg.extraction.tables.rows import Part as Named
from kg.extraction.tables.rows import TableRow
from kg.extraction.versions import version_end
from kg.model import (
    ACHIEVERS,
    BODY,
    Anchor,
    Conditions,
    EntityType,
    LocalEntity,
    LocalResult,
    LocalSlot,
    Mention,
    Paper,
    Part,
    Relation,
    Rule,
    TableCell,
)
from kg.text.folding import fold

__all__ = ["Tabled"]

_SURE_OF_KNOWN = 0.9  # that a head which spells an entry of the vocabulary whole means it
_NUMBER = re.compile(r"[-\u2212]?\d[\d,]*\.?\d*|[-\u2212]?\.\d+")
_SIZE = re.compile(r"\d(?:\.\d+)?[BMT]\b")


class Tabled:
    """The rows of a paper's tables, whose parts are put to the things that it names."""

    def __init__(self, paper: Paper, things: Things) -> None:
        self._paper = paper
        self._things = things
        self._own = things.own()
        self._taken: set[tuple[int, int]] = set()

    def results(self, rows: Iterable[TableRow]) -> Iterator[LocalResult]:
        """The results that rows state, each number once."""
        for row in rows:
            anchor = self._value(row)
            if anchor is not None:
                yield self._result(row, anchor)

    def _result(self, row: TableRow, anchor: Anchor) -> LocalResult:
        if row.base:
            self._thing(row.base, EntityType.MODEL, Relation.USES, row, None, anchor)
        metric = self._slot(row.metric, EntityType.METRIC, Relation.EVALUATES_ON, row, anchor) if row.metric else None
        return LocalResult(
            row.value,
            row.number,
            row.unit,
            row.kind,
            metric,
            self._slot(row.on, EntityType.BENCHMARK, Relation.EVALUATES_ON, row, anchor),
            self._achiever(row, anchor),
            anchor,
            row.confidence,
            Conditions(row.split, row.suite, row.setting, row.base, row.own, row.std, row.better),
            TableCell(row.row, row.column, row.cell.verbatim),
        )

    def _achiever(self, row: TableRow, anchor: Anchor) -> LocalSlot:
        """The paper's own thing under each of its variants, else what it compares with; people and chance are none."""
        if row.reference:
            return LocalSlot(row.of.name)
        if row.own:
            return LocalSlot(row.of.name, self._own_thing(row.of.name))
        kind = EntityType.MODEL if _SIZE.search(row.of.name) else EntityType.METHOD
        return self._slot(row.of, kind, Relation.COMPARES_WITH, row, anchor)

    def _own_thing(self, name: str) -> int | None:
        """The number of the paper's own thing that a name is, or is a variant of: that with the longest such name."""
        own = {number: self._things.entities[number] for number in self._own}
        alike = {
            number: len(entity.name)
            for number, entity in own.items()
            if entity.type in ACHIEVERS and fold(name).startswith(fold(entity.name))
        }
        return max(alike, key=alike.__getitem__, default=None)

    def _slot(self, part: Named, kind: EntityType, relation: Relation, row: TableRow, anchor: Anchor) -> LocalSlot:
        return LocalSlot(part.name, self._thing(part.name, kind, relation, row, part, anchor))

    def _thing(
        self, name: str, kind: EntityType, relation: Relation, row: TableRow, part: Named | None, value: Anchor
    ) -> int:
        """The number of a thing that a row names, with the head as its proof, or else the number's cell."""
        concept, family, kind = _known(name, kind)
        proof = self._head(row, part) or value
        mention = Mention(proof, name, Rule.TABLE, relation, row.confidence)
        confidence = max(row.confidence, _SURE_OF_KNOWN if concept or family else 0.0)
        entity = LocalEntity(name, kind, relation, confidence, (mention,), concept, family)
        return self._things.put(entity, of_a_kind=True)

    def _head(self, row: TableRow, part: Named | None) -> Anchor | None:
        if part is None or part.cell is None or not part.cell.text:
            return None
        table = self._part(row.place).table
        return _in_line(row.place, table.text, *table.span(part.cell)) if table else None

    def _value(self, row: TableRow) -> Anchor | None:
        """Where a row's number stands; None if another result has its place."""
        table = self._part(row.place).table
        if table is None or not row.cell.text:
            return None
        start, end = table.span(row.cell)
        spans = [(start + found.start(), start + found.end()) for found in _NUMBER.finditer(row.cell.text)]
        alike = [span for span in spans if _number(table.text[slice(*span)]) == row.number]
        for first, last in (*alike, *spans, (start, end)):
            if (row.place, first) not in self._taken:
                self._taken.add((row.place, first))
                return _in_line(row.place, table.text, first, last)
        return None

    def _part(self, place: int) -> Part:
        return self._paper.body[place - BODY]


def _known(name: str, kind: EntityType) -> tuple[str | None, str | None, EntityType]:
    """Entry of the vocabulary, or family, and type of what a whole name spells; it must be of a fitting type."""
    kinds = group_of(kind)
    matches = [each for each in shipped_gazetteer().find(name) if each.start == 0 and each.concept.type in kinds]
    for match in sorted(matches, key=lambda each: (-each.end, each.concept.id)):
        if match.end == len(name):
            return match.concept.id, None, match.concept.type
        if version_end(name, match.end, match.concept.type) == len(name):
            return None, match.concept.id, match.concept.type
    return None, None, kind


def _in_line(place: int, text: str, start: int, end: int) -> Anchor:
    """A place in a table with its row, which stands for the sentence."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    return Anchor(place, start, end, first, len(text) if last < 0 else last)


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "").replace("\u2212", "-"))
    except ValueError:
        return None
