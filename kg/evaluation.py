"""How good the graph is, against annotated papers: precision, recall and F1 of what matters.

Papers pair by title, entities within a paper by any shared folded surface, one to one, equal types first. All figures
are micro-averaged; identity is B-cubed (A. Bagga and B. Baldwin, "Algorithms for scoring coreference chains", 1998).
Entities that the annotation calls optional are neither asked for nor punished.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import SourceError
from kg.model import EntityType
from kg.text.folding import plain

__all__ = ["Figure", "evaluate_rows", "load_gold", "pairs_with_gold"]

_CORE = frozenset((EntityType.METHOD, EntityType.MODEL, EntityType.DATASET, EntityType.BENCHMARK))
_COARSE = {EntityType.DATASET: "data", EntityType.BENCHMARK: "data"}

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Figure:
    """Precision, recall and their harmonic mean, with the counts they come from."""

    precision: float
    recall: float
    hit: int = 0
    gold: int = 0
    predicted: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(slots=True)
class _Tally:
    hit: int = 0
    gold: int = 0
    predicted: int = 0

    def add(self, hit: int, gold: int, predicted: int) -> None:
        self.hit += hit
        self.gold += gold
        self.predicted += predicted

    def figure(self) -> Figure:
        return Figure(
            self.hit / self.predicted if self.predicted else 0.0,
            self.hit / self.gold if self.gold else 0.0,
            self.hit,
            self.gold,
            self.predicted,
        )


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


@dataclass(slots=True)
class _Scores:
    tallies: dict[str, _Tally] = field(default_factory=lambda: defaultdict(_Tally))
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
    """All figures by name: ``entities typed strict links type:... queries identity results_value results_on``."""
    by_title = {_fold(str(row["title"])): row for row in predicted}
    scores = _Scores()
    for number, row in enumerate(gold):
        found = by_title.get(_fold(str(row["title"])), {})
        _score_entities(scores, number, list(_entities(row)), list(_entities(found)))
        _score_results(scores, _list(row, "results"), _list(found, "results"))
    names = ("entities", "typed", "strict", "links", *(f"type:{kind}" for kind in EntityType))
    figures = {name: scores.tallies[name].figure() for name in names}
    figures["queries"] = _queries(scores)
    figures["identity"] = _b_cubed(scores.identity)
    figures["results_value"] = scores.tallies["results_value"].figure()
    figures["results_on"] = scores.tallies["results_on"].figure()
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
            yield _Named(
                EntityType(str(entity["type"])),
                str(entity.get("relation")),
                _forms([name, *map(str, surfaces)]),  # type: ignore[call-overload]
                str(entity.get("canonical") or entity.get("id") or name),
                frozenset(_fold(str(n)) for n in (name, entity.get("canonical") or name, *aliases)),  # type: ignore[misc]
                frozenset(map(str, also)),  # type: ignore[call-overload]
                bool(entity.get("optional")),
            )


def pairs_with_gold(gold: Row, mine: Sequence[tuple[str, EntityType, Sequence[str]]]) -> list[str]:
    """For each predicted (name, type, surfaces): ``right``, ``optional`` or ``wrong`` by the annotation."""
    predicted = [
        _Named(kind, None, _forms([name, *surfaces]), name, frozenset(), frozenset(), optional=False)
        for name, kind, surfaces in mine
    ]
    verdict = {id(p): "optional" if g.optional else "right" for g, p in _pair(list(_entities(gold)), predicted)}
    return [verdict.get(id(p), "wrong") for p in predicted]


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
    tally = _Tally()
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


def _score_results(scores: _Scores, stated: list[Row], said: list[Row]) -> None:
    spare = list(said)
    hits, located = 0, 0
    for result in stated:
        match = [s for s in spare if _value_key(s.get("value")) == _value_key(result.get("value"))]
        if match:
            best = next((s for s in match if _same_place(result, s)), match[0])
            spare.remove(best)
            hits += 1
            located += _same_place(result, best)
    scores.tallies["results_value"].add(hits, len(stated), len(said))
    scores.tallies["results_on"].add(
        located, sum(bool(s.get("on")) for s in stated), sum(bool(s.get("on")) for s in said)
    )


def _same_place(gold: Row, mine: Row) -> bool:
    return bool(gold.get("on") and mine.get("on")) and _fold(str(gold["on"])) == _fold(str(mine["on"]))


_FONT = re.compile(r"\\(?:mathcal|mathbb|mathbf|mathrm|textbf|textit|text|emph)\b")


def _fold(text: str) -> str:
    """The scorer's own folding: it must not change when the linker's does, or figures would not compare."""
    text = plain(_FONT.sub("", text)).casefold()
    star = "star" if text.rstrip("$}{ ").endswith("*") else ""
    return re.sub(r"[^\w]|_", "", text.replace("+", "plus")) + star


def _forms(names: Iterable[str]) -> frozenset[str]:
    keys = {key for name in names if (key := _fold(name))}
    return frozenset(keys | {key[:-1] for key in keys if len(key) > 4 and key.endswith("s")})


def _value_key(value: object) -> str:
    """A number as written, without sign, unit words, LaTeX and percent sign; "2.2 times" is "2.2x"."""
    text = unicodedata.normalize("NFKC", str(value)).casefold()
    text = re.sub(r"\\times|\u00d7|\btimes\b|\bfold\b", "x", text)
    text = re.sub(r"\b(?:percent(?:age)?|points?|pp|pts?)\b", "", text)
    return re.sub(r"[^\w.]", "", text).strip(".")
