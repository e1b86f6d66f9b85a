"""What people add to, change in, and take out of what one paper says: what reading missed or got wrong.

Amendments are applied to what was extracted from a paper, before names are linked, so that all else follows as if it
had been read so. What they name must stand in the paper's text: a statement without its proof is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.model import (
    Anchor,
    EntityType,
    Extraction,
    LocalEntity,
    LocalResult,
    LocalSlot,
    Mention,
    Paper,
    Relation,
    ResultKind,
    Rule,
)
from kg.text.reading import render
from kg.text.sentences import sentence_around

__all__ = ["Add", "AddResult", "Amendment", "ChangeResult", "RejectResult", "amend", "find_in"]

_NUMBER = re.compile(r"[-+\u2212]?\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Add:
    """A paper names a thing that was not found in it: what its text calls ``name`` is of this type, or is ``entity``,
    and this is what the paper does with it."""

    paper: str
    name: str
    type: EntityType
    relation: Relation
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class AddResult:
    """A paper states a result that was not found in it; the parts are as the paper words them."""

    paper: str
    value: str
    metric: str | None = None
    on: str | None = None
    of: str | None = None
    kind: ResultKind = ResultKind.ABSOLUTE


@dataclass(frozen=True, slots=True)
class ChangeResult:
    """Parts of a result of a paper are others; what is not given stays. Of several with one value the ``nth`` is
    meant, from 1, in the order of the text."""

    paper: str
    value: str
    metric: str | None = None
    on: str | None = None
    of: str | None = None
    kind: ResultKind | None = None
    nth: int = 1


@dataclass(frozen=True, slots=True)
class RejectResult:
    """A number of a paper is no result."""

    paper: str
    value: str
    nth: int = 1


Amendment = Add | AddResult | ChangeResult | RejectResult


def amend(paper: Paper, extraction: Extraction, amendments: Iterable[Amendment]) -> tuple[Extraction, list[Amendment]]:
    """What was extracted from a paper, as people amended it; and the amendments that meet nothing in its text."""
    idle: list[Amendment] = []
    for each in amendments:
        amended = _amended(paper, extraction, each)
        if amended is None:
            idle.append(each)
        else:
            extraction = amended
    return extraction, idle


def find_in(paper: Paper, words: str) -> Anchor | None:
    """Where a paper's text has these words first, the abstract before the title: as they are, or else in other letters;
    None if it has not."""
    pattern = rf"(?<!\w){re.escape(words.strip())}(?!\w)"
    for flags in (0, re.IGNORECASE):
        for passage in sorted(paper.passages, key=lambda passage: -passage.place):
            if words.strip() and (found := re.search(pattern, passage.text, flags)):
                sentence = sentence_around(passage.text, *found.span())
                return Anchor(passage.place, *found.span(), *sentence)
    return None


def _amended(paper: Paper, extraction: Extraction, amendment: Amendment) -> Extraction | None:
    if isinstance(amendment, Add):
        return _with_link(paper, extraction, amendment)
    if isinstance(amendment, AddResult):
        return _with_result(paper, extraction, amendment)
    number = _number_of(extraction.results, amendment)
    if number is None:
        return None
    results = list(extraction.results)
    results[number : number + 1] = _changed(results[number], amendment)
    return replace(extraction, results=tuple(results))


def _with_link(paper: Paper, extraction: Extraction, added: Add) -> Extraction | None:
    anchor = find_in(paper, added.name)
    if anchor is None:
        return None
    surface = render(paper.text_at(anchor.place)[anchor.start : anchor.end]).text
    mention = Mention(anchor, surface, Rule.PERSON, added.relation, 1.0)
    coined = added.relation is Relation.INTRODUCES
    entity = LocalEntity(added.name, added.type, added.relation, 1.0, (mention,), coined=coined)
    return replace(extraction, entities=(*extraction.entities, entity))


def _with_result(paper: Paper, extraction: Extraction, added: AddResult) -> Extraction | None:
    anchor = find_in(paper, added.value)
    if anchor is None:
        return None
    kept = (each for each in extraction.results if _place(each.anchor) != _place(anchor))
    number, unit = _read(added.value)
    metric, on, of = (LocalSlot(text) if text else None for text in (added.metric, added.on, added.of))
    result = LocalResult(added.value, number, unit, added.kind, metric, on, of, anchor, 1.0)
    return replace(extraction, results=tuple(sorted((*kept, result), key=lambda each: _place(each.anchor))))


def _place(anchor: Anchor) -> tuple[int, int, int]:
    return anchor.place, anchor.start, anchor.end


def _read(value: str) -> tuple[float | None, str | None]:
    """The number in a value as it is written, and its unit."""
    found = _NUMBER.search(value)
    number = float(found[0].replace(",", "").replace("\u2212", "-")) if found else None
    unit = "%" if "%" in value else "x" if re.search(r"\d\s*(?:x|\u00d7|times)\Z", value) else None
    return number, unit


def _number_of(results: Sequence[LocalResult], meant: ChangeResult | RejectResult) -> int | None:
    alike = [number for number, each in enumerate(results) if each.value.strip() == meant.value.strip()]
    return alike[meant.nth - 1] if 1 <= meant.nth <= len(alike) else None


def _changed(result: LocalResult, amendment: ChangeResult | RejectResult) -> Iterator[LocalResult]:
    if isinstance(amendment, RejectResult):
        return
    parts = {part: LocalSlot(text) for part in ("metric", "on", "of") if (text := getattr(amendment, part))}
    yield replace(result, **parts, kind=amendment.kind or result.kind, confidence=1.0)  # type: ignore[arg-type]
