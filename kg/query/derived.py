"""Relations between entities that no table holds, because the links and results of papers imply them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from kg.model import EntityRelation, EntityType, Result
from kg.query.papers import PaperLink
from kg.store import GraphReader
from kg.store.groups import Groups
from kg.text.folding import fold

__all__ = ["NameResolver", "builds_on", "entity_relations", "introduced_by", "measured_by"]

_CACHED = 65536  # names and entities: enough for what most papers speak of, and bounded
_DATA = (EntityType.BENCHMARK, EntityType.DATASET)
_fold = lru_cache(maxsize=_CACHED)(fold)


class NameResolver:
    """From the names in a paper's results to the entities that the same paper links."""

    def __init__(self, reader: GraphReader) -> None:
        self._reader = reader
        self._names_of = lru_cache(maxsize=_CACHED)(self._read_names)

    def metric(self, result: Result, links: Iterable[PaperLink]) -> str | None:
        """The id of the metric that a result states."""
        return self.resolve(result.metric, ((x.entity_id, x.type) for x in links), (EntityType.METRIC,))

    def measured_on(self, result: Result, links: Iterable[PaperLink]) -> str | None:
        """The id of the benchmark or dataset that a result was measured on."""
        return self.resolve(result.on, ((x.entity_id, x.type) for x in links), _DATA)

    def achieved_by(self, result: Result, links: Iterable[PaperLink]) -> str | None:
        """The id of the model or method that achieved a result."""
        return self.resolve(result.of, ((x.entity_id, x.type) for x in links), (EntityType.MODEL, EntityType.METHOD))

    def resolve(
        self, name: str | None, candidates: Iterable[tuple[str, EntityType]], kinds: tuple[EntityType, ...]
    ) -> str | None:
        """The first candidate of one of the types that goes by this name; None if there is none."""
        folded = _fold(name) if name else ""
        if not folded:
            return None
        return next((i for i, kind in candidates if kind in kinds and folded in self._names_of(i)), None)

    def _read_names(self, entity_id: str) -> frozenset[str]:
        rows = self._reader.rows("SELECT folded FROM name WHERE entity_id = ?", (entity_id,))
        return frozenset(row[0] for row in rows)


def introduced_by(reader: GraphReader) -> Iterator[tuple[str, str]]:
    """(entity, paper that introduces it), by entity and paper."""
    yield from reader.stream(
        "SELECT entity_id, paper_id FROM link WHERE relation = 'introduces' ORDER BY entity_id, paper_id"
    )


def builds_on(reader: GraphReader) -> Iterator[tuple[str, str]]:
    """(method that a paper introduces, method that the same paper uses), each pair once, by both."""
    yield from reader.stream(
        "SELECT DISTINCT new.entity_id, old.entity_id FROM link AS new "
        "JOIN link AS old ON old.paper_id = new.paper_id AND old.relation = 'uses' "
        "JOIN entity AS new_entity ON new_entity.id = new.entity_id AND new_entity.type = 'method' "
        "JOIN entity AS old_entity ON old_entity.id = old.entity_id AND old_entity.type = 'method' "
        "WHERE new.relation = 'introduces' ORDER BY new.entity_id, old.entity_id"
    )


def measured_by(reader: GraphReader) -> list[tuple[str, str]]:
    """(benchmark, metric that some result on it is stated in), each pair once, by both."""
    resolver = NameResolver(reader)
    links = Groups(
        reader.stream(
            "SELECT paper_id, entity_id, type FROM link CROSS JOIN entity ON entity.id = entity_id "
            "WHERE type IN ('benchmark', 'metric') ORDER BY paper_id, entity_id"
        )
    )
    stated = groupby(
        reader.stream(
            "SELECT paper_id, metric, measured_on FROM result WHERE metric IS NOT NULL AND measured_on IS NOT NULL "
            "ORDER BY paper_id"
        ),
        key=itemgetter(0),
    )
    found: set[tuple[str, str]] = set()
    for paper_id, names in stated:
        candidates = [(entity_id, EntityType(kind)) for _, entity_id, kind in links.take(paper_id)]
        for _, metric_name, data_name in names:
            metric = resolver.resolve(metric_name, candidates, (EntityType.METRIC,))
            benchmark = resolver.resolve(data_name, candidates, (EntityType.BENCHMARK,))
            if metric and benchmark:
                found.add((benchmark, metric))
    return sorted(found)


def entity_relations(reader: GraphReader) -> Iterator[tuple[str, EntityRelation, str]]:
    """All relations of entities, stored and derived, as (entity, relation, entity; for ``introduced_by`` a paper)."""
    for child, parent in reader.stream("SELECT child, parent FROM broader ORDER BY child, parent"):
        yield child, EntityRelation.BROADER, parent
    for relation, pairs in (
        (EntityRelation.INTRODUCED_BY, introduced_by(reader)),
        (EntityRelation.BUILDS_ON, builds_on(reader)),
        (EntityRelation.MEASURED_BY, measured_by(reader)),
    ):
        for source, target in pairs:
            yield source, relation, target
