"""How well result rows agree with annotated tables: the number, then system, data and metric, then the split.

Papers pair by title, rows one to one by their number, those that agree in the most parts first. A part that the
annotation leaves out, or of which it accepts that it is missing, agrees with anything or nothing. Rows that are
optional are neither asked for nor punished, nor are further rows of a table that was annotated in part.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.errors import SourceError
from kg.evaluation.spelling import fold, same_metric
from kg.evaluation.tallies import Figure, Tally

__all__ = ["FIGURES", "evaluate_tables", "holds_tables", "load_tables"]

FIGURES = ("cells", "rows", "rows and split")
_PARTS = ("of", "on", "metric", "split")

Row = Mapping[str, Any]


def holds_tables(path: Path) -> bool:
    """Whether a path is annotation of tables: a folder of documents, each with its ``gold.json``, or a file of such."""
    if path.is_dir():
        return True
    try:
        with path.open(encoding="utf-8") as lines:
            return '"tables"' in next(lines, "")
    except (OSError, UnicodeDecodeError):
        return False


def load_tables(path: Path) -> list[Row]:
    """Annotated documents: objects with ``title`` and ``tables``, each with its ``rows``.

    Raises:
        SourceError: there is none, or a file is no such object.
    """
    found = list(_documents(path))
    for place, document in found:
        if not isinstance(document, dict) or not isinstance(document.get("title"), str) or "tables" not in document:
            raise SourceError(f"{place}: needs 'title' (a string) and 'tables' (a list of objects with 'rows')")
    if not found:
        raise SourceError(f"{path}: holds no annotated tables; a document has a file gold.json")
    return [document for _, document in found]


def _documents(path: Path) -> Iterator[tuple[str, Any]]:
    files = sorted(path.glob("*/gold.json")) if path.is_dir() else [path]
    for file in files:
        try:
            text = file.read_text(encoding="utf-8")
            if path.is_dir():
                yield str(file), json.loads(text)
            else:
                yield from (
                    (f"{file}:{number}", json.loads(line)) for number, line in enumerate(text.splitlines(), 1) if line
                )
        except OSError as error:
            raise SourceError(f"{file}: cannot be read ({error.strerror}); check the path") from None
        except ValueError as error:
            raise SourceError(f"{file}: is no JSON ({error}); annotate it as the others") from None


def evaluate_tables(gold: Iterable[Row], said: Iterable[Row]) -> dict[str, Figure]:
    """The figures of result rows, as ``kg results`` has them, on annotated documents."""
    mine: dict[str, list[Row]] = defaultdict(list)
    for row in said:
        if row["source"]["kind"] == "table":
            mine[fold(row["paper"])].append(row)
    tallies = {name: Tally() for name in FIGURES}
    for document in gold:
        _score(document, mine.get(fold(document["title"]), []), tallies)
    return {name: tally.figure() for name, tally in tallies.items()}


def _score(document: Row, said: Sequence[Row], tallies: Mapping[str, Tally]) -> None:
    stated = [row for table in document["tables"] for row in table["rows"]]
    loose = {
        fold(str(row[part]))
        for table in document["tables"] if table.get("truncated")
        for row in table["rows"] for part in ("of", "on") if row.get(part)
    }  # fmt: skip
    pairs = _pairs(stated, said)
    paired = {number for _, number, _ in pairs}
    spare = [row for number, row in enumerate(said) if number not in paired]
    extra = sum(not {fold(str(row["of"])), fold(str(row["on"]))} & loose for row in spare)
    counted = [agreed for number, _, agreed in pairs if not stated[number].get("optional")]
    hits = {
        "cells": len(counted),
        "rows": sum(all(agreed[part] for part in _PARTS[:3]) for agreed in counted),
        "rows and split": sum(all(agreed.values()) for agreed in counted),
    }
    asked = sum(not row.get("optional") for row in stated)
    for name, tally in tallies.items():
        tally.add(hits[name], asked, len(counted) + extra)


def _pairs(stated: Sequence[Row], said: Sequence[Row]) -> list[tuple[int, int, dict[str, bool]]]:
    """Numbers of rows of both sides that go together, and in which parts they agree."""
    by_number: dict[float, list[int]] = defaultdict(list)
    for number, row in enumerate(said):
        if row["number"] is not None:
            by_number[round(row["number"], 6)].append(number)
    candidates = []
    for first, row in enumerate(stated):
        for second in by_number.get(_number(row["value"]), ()):
            agreed = {part: _agrees(row, said[second], part) for part in _PARTS}
            weight = sum(agreed.values()) + 0.1 * (agreed["of"] + agreed["on"])
            candidates.append((-weight, first, second, agreed))
    found, taken_first, taken_second = [], set(), set()
    for _, first, second, agreed in sorted(candidates, key=lambda each: each[:3]):
        if first not in taken_first and second not in taken_second:
            taken_first.add(first)
            taken_second.add(second)
            found.append((first, second, agreed))
    return found


def _number(value: object) -> float:
    try:
        return round(float(str(value).replace(",", "").replace("\u2212", "-")), 6)
    except ValueError:
        return float("nan")


def _agrees(stated: Row, said: Row, part: str) -> bool:
    accepted = [stated.get(part), *(stated.get(f"{part}_alts") or ())]
    if stated.get(part) is None or (None in accepted and said.get(part) is None):
        return True
    names = [str(name) for name in accepted if name]
    if part == "of" and (base := stated.get("base")):
        names += [f"{stated['of']} {base}", f"{base} {stated['of']}", f"{base} + {stated['of']}"]
    if part == "metric" and any(same_metric(name, said.get(part)) for name in names):
        return True
    return fold(str(said.get(part) or "")) in {fold(name) for name in names}
