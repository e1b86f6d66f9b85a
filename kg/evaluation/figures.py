"""How good the graph is, against annotated papers: precision, recall and F1 of what matters.

Papers pair by title, entities within a paper by any shared folded surface, one to one, equal types first. All figures
are micro-averaged; identity is B-cubed (A. Bagga and B. Baldwin, "Algorithms for scoring coreference chains", 1998).
Entities that the annotation calls optional are neither asked for nor punished.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import SourceError
from kg.evaluation.results import PARTS, right_rows, score_results
from kg.evaluation.spelling import fold, forms
from kg.evaluation.tallies import Figure, Tally
from kg.model import EntityType

__all__ = ["Figure", "evaluate_rows", "load_gold", "pairs_with_gold", "right_results"]

_CORE = frozenset((EntityType.METHOD, EntityType.MODEL, EntityType.DATASET, EntityType.BENCHMARK))
_COARSE = {EntityType.DATASET: "data", EntityType.BENCHMARK: "data"}

_RESULTS = tuple(f"results_{part}" for part in ("value", *PARTS, "row"))

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class _Named:
    """An entity of either side, read once."""

    type: EntityType
    relation: str | None
    forms: frozenset[str]
    identity: str
    names: frozenset[str]
    also_types: frozenset[str]
    optional: bool
    spellings: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Scores:
    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    identity: list[tuple[str, str]] = field(default_factory=list)
    gold_papers: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    gold_names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    node_papers: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    node_names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def load_gold(path: Path) -> list[Row]:
    """Annotated papers, a JSON object a line.

    Raises:
        SourceError: the file cannot be read or a line is no such object.
    """
    rows: list[Row] = []
    number = 0
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    row = json.loads(line)
                    if (
                        not isinstance(row, dict)
                        or not isinstance(row.get("title"), str)
                        or not _are_rows(row.get("entities"))
                    ):
                        raise SourceError(
                            f"{path}:{number}: needs 'title' (a string) and 'entities' (a list of objects)"
                        )
                    rows.append(row)
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror}); check the path") from None
    except UnicodeDecodeError:
        raise SourceError(f"{path}: is not UTF-8 (after line {number}); save the file as UTF-8") from None
    except ValueError as error:
        raise SourceError(f"{path}:{number}: not JSON: {error}") from None
    return rows


def _are_rows(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def evaluate_rows(gold: Sequence[Row], predicted: Iterable[Row]) -> dict[str, Figure]:
    """All figures by name: ``entities typed strict links type:... queries identity``, and ``results_...``: ``value``,
    ``on``, ``metric``, ``of`` and ``row``."""
    by_title = {fold(str(row["title"])): row for row in predicted}
    scores = _Scores()
    for number, row in enumerate(gold):
        found = by_title.get(fold(str(row["title"])), {})
        named, mine = list(_entities(row)), list(_entities(found))
        _score_entities(scores, number, named, mine)
        score_results(
            lambda part: scores.tallies[f"results_{part}"],
            _list(row, "results"),
            _list(found, "results"),
            [entity.spellings for entity in named],
            [entity.spellings for entity in mine],
        )
    names = ("entities", "typed", "strict", "links", *(f"type:{kind}" for kind in EntityType))
    figures = {name: scores.tallies[name].figure() for name in names}
    figures["queries"] = _queries(scores)
    figures["identity"] = _b_cubed(scores.identity)
    figures |= {name: scores.tallies[name].figure() for name in _RESULTS}
    return figures


def _list(row: Row, key: str) -> list[Row]:
    value = row.get(key) or []
    return value if isinstance(value, list) and _are_rows(value) else []


def _entities(row: Row) -> Iterator[_Named]:
    kinds = set(EntityType)
    for entity in _list(row, "entities"):
        if entity.get("type") in kinds:
            name = str(entity.get("name", ""))
            surfaces, aliases, also = (entity.get(key) or [] for key in ("surfaces", "aliases", "also_types"))
            written = forms([name, *map(str, surfaces)])  # type: ignore[call-overload]
            canonical = fold(str(entity.get("canonical") or ""))
            yield _Named(
                EntityType(str(entity["type"])),
                str(entity.get("relation")),
                written,
                str(entity.get("canonical") or entity.get("id") or name),
                frozenset(fold(str(n)) for n in (name, entity.get("canonical") or name, *aliases)),  # type: ignore[misc]
                frozenset(map(str, also)),  # type: ignore[call-overload]
                bool(entity.get("optional")),
                written | {canonical} if canonical else written,
            )


def pairs_with_gold(gold: Row, mine: Sequence[tuple[str, EntityType, Sequence[str]]]) -> list[str]:
    """For each predicted (name, type, surfaces): ``right``, ``optional`` or ``wrong`` by the annotation."""
    predicted = [
        _Named(kind, None, forms([name, *surfaces]), name, frozenset(), frozenset(), optional=False)
        for name, kind, surfaces in mine
    ]
    verdict = {id(p): "optional" if g.optional else "right" for g, p in _pair(list(_entities(gold)), predicted)}
    return [verdict.get(id(p), "wrong") for p in predicted]


def right_results(gold: Row, mine: Row) -> list[bool]:
    """For each result of a predicted row, whether the annotation states it with the same parts and no fewer."""
    named, found = ([entity.spellings for entity in _entities(row)] for row in (gold, mine))
    return right_rows(_list(gold, "results"), _list(mine, "results"), named, found)


def _score_entities(scores: _Scores, paper: int, gold: list[_Named], mine: list[_Named]) -> None:
    pairs = _pair(gold, mine)
    excused = {id(p) for g, p in pairs if g.optional}
    pairs = [(g, p) for g, p in pairs if not g.optional]
    asked = [g for g in gold if not g.optional]
    counted = [p for p in mine if id(p) not in excused]
    core = [(g, p) for g, p in pairs if g.type in _CORE and p.type in _CORE]
    typed = [(g, p) for g, p in core if _coarse(g.type) == _coarse(p.type) or p.type in g.also_types]
    in_gold, in_mine = sum(g.type in _CORE for g in asked), sum(p.type in _CORE for p in counted)
    scores.tallies["entities"].add(len(core), in_gold, in_mine)
    scores.tallies["typed"].add(len(typed), in_gold, in_mine)
    scores.tallies["strict"].add(sum(_same_type(g, p) for g, p in core), in_gold, in_mine)
    scores.tallies["links"].add(sum(g.relation == p.relation for g, p in typed), in_gold, in_mine)
    right = {id(p): g.type for g, p in pairs if _same_type(g, p)}
    for kind in EntityType:
        scores.tallies[f"type:{kind}"].add(
            sum(k is kind for k in right.values()),
            sum(g.type is kind for g in asked),
            sum(right.get(id(p), p.type) is kind for p in counted),
        )
    scores.identity.extend((g.identity, p.identity) for g, p in core)
    for g in asked:
        if g.type in _CORE:
            scores.gold_papers[g.identity].add(paper)
            scores.gold_names[g.identity] |= g.names
    for p in mine:
        if p.type in _CORE:
            scores.node_papers[p.identity].add(paper)
            scores.node_names[p.identity] |= p.names


def _same_type(gold: _Named, mine: _Named) -> bool:
    return gold.type is mine.type or mine.type in gold.also_types


def _coarse(kind: EntityType) -> str:
    return _COARSE.get(kind, kind.value)


def _pair(gold: list[_Named], mine: list[_Named]) -> list[tuple[_Named, _Named]]:
    """One to one: the same type first, then nearly the same, then any; more shared forms first."""
    candidates = []
    for i, g in enumerate(gold):
        for j, p in enumerate(mine):
            shared = len(g.forms & p.forms)
            if shared:
                distance = 0 if g.type is p.type else 1 if _coarse(g.type) == _coarse(p.type) else 2
                candidates.append((distance, -shared, i, j))
    pairs, used_gold, used_mine = [], set(), set()
    for _, _, i, j in sorted(candidates):
        if i not in used_gold and j not in used_mine:
            used_gold.add(i)
            used_mine.add(j)
            pairs.append((gold[i], mine[j]))
    return pairs


def _queries(scores: _Scores) -> Figure:
    """ "Which papers have X", over every annotated thing that two papers or more name."""
    tally = Tally()
    for identity, papers in scores.gold_papers.items():
        if len(papers) >= 2:
            answer: set[int] = set()
            for node, names in scores.node_names.items():
                if names & scores.gold_names[identity]:
                    answer |= scores.node_papers[node]
            tally.add(len(papers & answer), len(papers), len(answer))
    return tally.figure()


def _b_cubed(pairs: list[tuple[str, str]]) -> Figure:
    if not pairs:
        return Figure(0.0, 0.0)
    by_gold, by_node, both = Counter(g for g, _ in pairs), Counter(n for _, n in pairs), Counter(pairs)
    precision = sum(both[pair] / by_node[pair[1]] for pair in pairs) / len(pairs)
    recall = sum(both[pair] / by_gold[pair[0]] for pair in pairs) / len(pairs)
    return Figure(precision, recall, len(pairs), len(pairs), len(pairs))
