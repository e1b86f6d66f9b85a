"""How well results agree with the annotation: value, then what it was measured on, its metric, and what achieved it.

A part that the annotation leaves out is asked of nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from kg.evaluation.spelling import fold, same_metric, value_key
from kg.evaluation.tallies import Tally

__all__ = ["PARTS", "right_rows", "score_results"]

PARTS = ("on", "metric", "of")

Row = Mapping[str, object]
Names = Sequence[frozenset[str]]
"""For each entity of one side all of its folded forms."""


def score_results(
    tally: Callable[[str], Tally], stated: Sequence[Row], said: Sequence[Row], named: Names, mine: Names
) -> None:
    """Count one paper: results ``stated`` by the annotation and ``said``, and the names of the entities of both sides.

    Tallies: ``value``, one a part, and ``row``: of the results whose data and maker the annotation gives, those right
    in all parts that it gives.
    """
    spare = list(said)
    right = dict.fromkeys(PARTS, 0)
    hits = whole = 0
    for result in stated:
        match = [each for each in spare if value_key(each.get("value")) == value_key(result.get("value"))]
        if not match:
            continue
        agreed = [_agreement(result, each, named, mine) for each in match]
        best = max(range(len(match)), key=lambda number: sum(agreed[number].values()))
        spare.remove(match[best])
        hits += 1
        for part in PARTS:
            right[part] += agreed[best][part]
        if _is_whole(result):
            whole += all(agreed[best][part] for part in PARTS if result.get(part))
    tally("value").add(hits, len(stated), len(said))
    for part in PARTS:
        tally(part).add(right[part], _giving(part, stated), _giving(part, said))
    tally("row").add(whole, sum(map(_is_whole, stated)), sum(map(_is_whole, said)))


def right_rows(stated: Sequence[Row], said: Sequence[Row], named: Names, mine: Names) -> list[bool]:
    """Whether each result ``said`` is one that is stated, with the same parts; for the rest as ``score_results``."""
    spare = list(stated)
    verdicts = []
    for result in said:
        match = [
            each
            for each in spare
            if value_key(each.get("value")) == value_key(result.get("value")) and _is_same(each, result, named, mine)
        ]
        if match:
            spare.remove(match[0])
        verdicts.append(bool(match))
    return verdicts


def _is_same(stated: Row, said: Row, named: Names, mine: Names) -> bool:
    agreed = _agreement(stated, said, named, mine)
    return all(agreed[part] for part in PARTS if stated.get(part)) and not any(
        said.get(part) and not stated.get(part) for part in ("on", "of")
    )


def _agreement(gold: Row, mine: Row, named: Names, found: Names) -> dict[str, bool]:
    return {
        "on": bool(_names_of(gold.get("on"), named) & _names_of(mine.get("on"), found)),
        "of": bool(_names_of(gold.get("of"), named) & _names_of(mine.get("of"), found)),
        "metric": same_metric(gold.get("metric"), mine.get("metric")),
    }


def _names_of(name: object, entities: Names) -> frozenset[str]:
    """All folded forms of what a name stands for within one paper, its own spelling included."""
    own = fold(str(name)) if name else ""
    return frozenset((own,)).union(*(forms for forms in entities if own in forms)) if own else frozenset()


def _is_whole(result: Row) -> bool:
    return bool(result.get("on") and result.get("of"))


def _giving(part: str, results: Iterable[Row]) -> int:
    return sum(bool(result.get(part)) for result in results)
