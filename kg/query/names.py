"""From a name that a person typed to the entities it may stand for."""

from __future__ import annotations

import difflib

from kg.errors import NotFoundError
from kg.model import EntityType
from kg.store import GraphReader
from kg.text.folding import fold

__all__ = ["find_entities", "is_entity", "suggest", "with_descendants"]

_SUGGESTIONS = 4
_DATA = (EntityType.BENCHMARK, EntityType.DATASET)


def find_entities(reader: GraphReader, name: str, kind: EntityType | None = None) -> list[str]:
    """The ids of the entities that a name or IRI path stands for, those whose label it is first.

    Whether a thing is a benchmark or a dataset is often a matter of taste, so a search for one falls back to the other.

    Raises:
        NotFoundError: nothing is called so; with suggestions.
    """
    ids = _entities_called(reader, name, kind)
    if not ids:
        raise NotFoundError(name, suggest(reader, name, kind))
    return ids


def is_entity(reader: GraphReader, name: str, kind: EntityType | None = None) -> bool:
    """Whether ``find_entities`` finds something; suggestions cost more than the answer."""
    return bool(_entities_called(reader, name, kind))


def _entities_called(reader: GraphReader, name: str, kind: EntityType | None) -> list[str]:
    kinds = _DATA if kind in _DATA else (kind,) if kind else tuple(EntityType)
    rows = reader.rows(
        "SELECT entity_id, type, preferred FROM name JOIN entity ON entity.id = entity_id WHERE folded = ? "
        "UNION SELECT id, type, 1 FROM entity WHERE id = ? ORDER BY preferred DESC, entity_id",
        (fold(name), name),
    )
    fitting = [(entity, found) for entity, found, _ in rows if found in kinds]
    exact = [entity for entity, found in fitting if kind is None or found == kind]
    return list(dict.fromkeys(exact or [entity for entity, _ in fitting]))


def suggest(reader: GraphReader, name: str, kind: EntityType | None = None) -> tuple[str, ...]:
    """Labels that look like a name, best first: those that begin with it, then those spelt much like it."""
    wanted = fold(name)
    rows = reader.rows(
        "SELECT folded, label, entity.type, count(paper_id) FROM name JOIN entity ON entity.id = name.entity_id "
        "LEFT JOIN link ON link.entity_id = entity.id GROUP BY folded, entity.id"
    )
    papers_of: dict[str, tuple[int, str]] = {}
    for folded, label, found, papers in rows:
        if kind is None or found == kind or (kind in _DATA and found in _DATA):
            papers_of[folded] = max(papers_of.get(folded, (0, "")), (papers, label))
    begins = sorted((f for f in papers_of if wanted and f.startswith(wanted)), key=lambda f: (len(f), -papers_of[f][0]))
    close = difflib.get_close_matches(wanted, papers_of, n=_SUGGESTIONS, cutoff=0.7)
    labels = dict.fromkeys(papers_of[folded][1] for folded in (*begins, *close))
    return tuple(labels)[:_SUGGESTIONS]


def with_descendants(reader: GraphReader, ids: list[str]) -> list[str]:
    """Entities and all below them in their families."""
    marks = ",".join("?" * len(ids))
    rows = reader.rows(
        f"WITH RECURSIVE below (id) AS (SELECT id FROM entity WHERE id IN ({marks}) UNION "
        "SELECT child FROM broader JOIN below ON parent = below.id) SELECT id FROM below ORDER BY id",
        ids,
    )
    return [row[0] for row in rows]
