"""From a name that a person typed to the entities it may stand for."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import unquote

from kg.errors import GoneError, NotFoundError
from kg.iris import DEFAULT_BASE
from kg.model import EntityType
from kg.questions.sqltext import ANY_OF, any_of
from kg.store import GraphReader
from kg.text.folding import fold

__all__ = ["begins_a_name", "find_entities", "is_entity", "suggest", "with_descendants"]

_SUGGESTIONS = 4
_ALIKE = 70.0  # percent of the letters of both that are common, in order
_DATA = (EntityType.BENCHMARK, EntityType.DATASET)


def find_entities(reader: GraphReader, name: str, kind: EntityType | None = None) -> list[str]:
    """The ids of the entities that a name or IRI path stands for, those whose label it is first.

    A label that is spelt exactly so leaves out what is only spelt alike: "YOLOS" is not YOLO, "yolos" may be.
    Whether a thing is a benchmark or a dataset is often a matter of taste, so a search for one falls back to the other.

    An id that the graph gave once stands for what goes by another now; so does its IRI below the default base.

    Raises:
        GoneError: it was an id, of what no paper names any more.
        NotFoundError: nothing is called so; with suggestions.
    """
    ids = _entities_called(reader, name, kind) or _redirected(reader, name)
    if not ids and reader.is_gone(_id_in(name)):
        raise GoneError(_id_in(name))
    if not ids:
        raise NotFoundError(name, suggest(reader, name, kind))
    return ids


def is_entity(reader: GraphReader, name: str, kind: EntityType | None = None) -> bool:
    """Whether ``find_entities`` finds something; suggestions cost more than the answer."""
    return bool(_entities_called(reader, name, kind) or _redirected(reader, name))


def _entities_called(reader: GraphReader, name: str, kind: EntityType | None) -> list[str]:
    kinds = _DATA if kind in _DATA else (kind,) if kind else tuple(EntityType)
    rows = reader.rows(
        "SELECT entity.id, entity.type, preferred, name = ?2 AS spelt FROM name JOIN entity ON entity.id = entity_id "
        "WHERE folded = ?1 UNION SELECT id, type, 1, 1 FROM entity WHERE id = ?2 "
        "ORDER BY spelt DESC, preferred DESC, entity.id",
        (fold(name), name),
    )
    fitting = [row for row in rows if row[1] in kinds]
    of_kind = [row for row in fitting if kind is None or row[1] == kind] or fitting
    if any(preferred and spelt for _, _, preferred, spelt in of_kind):
        of_kind = [row for row in of_kind if row[3]]
    return list(dict.fromkeys(row[0] for row in of_kind))


def _redirected(reader: GraphReader, name: str) -> list[str]:
    """The entity that an IRI is of, or that an id of before stands for now."""
    wanted = _id_in(name)
    successor = reader.successor(wanted) or wanted
    return [successor] if reader.entity(successor) is not None else []


def _id_in(name: str) -> str:
    """The id in an IRI; the name where it is none."""
    return unquote(name.removeprefix(DEFAULT_BASE)) if name.startswith(DEFAULT_BASE) else name


def begins_a_name(reader: GraphReader, text: str) -> bool:
    """Whether an entity's name begins so."""
    folded = fold(text)
    return bool(folded) and bool(
        reader.rows("SELECT 1 FROM name WHERE folded >= ?1 AND folded < ?1 || char(0x10ffff) LIMIT 1", (folded,))
    )


def suggest(reader: GraphReader, name: str, kind: EntityType | None = None) -> tuple[str, ...]:
    """Labels that look like a name, best first: those that begin with it, then those spelt much like it."""
    from rapidfuzz import fuzz, process

    wanted, kinds = fold(name), _DATA if kind in _DATA else (kind,) if kind else tuple(EntityType)
    rows = reader.rows(
        f"SELECT DISTINCT folded FROM name JOIN entity ON id = entity_id WHERE type IN {ANY_OF} ORDER BY folded",
        (any_of(kinds),),
    )
    known = [row[0] for row in rows if row[0]]
    begins = [folded for folded in known if wanted and folded.startswith(wanted)]
    close = process.extract(wanted, known, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=_SUGGESTIONS)
    best = _labels(reader, [*begins, *(folded for folded, _, _ in close)], kinds)
    begins.sort(key=lambda folded: (len(folded), -best[folded][1]))
    ordered = dict.fromkeys(best[folded][0] for folded in (*begins, *(folded for folded, _, _ in close)))
    return tuple(ordered)[:_SUGGESTIONS]


def _labels(reader: GraphReader, names: list[str], kinds: Sequence[EntityType]) -> dict[str, tuple[str, int]]:
    """For each folded name, the label of the most named entity that is called so, and how many papers name it."""
    rows = reader.rows(
        "SELECT folded, label, (SELECT count(*) FROM link WHERE link.entity_id = entity.id) AS papers "
        f"FROM name JOIN entity ON id = entity_id WHERE folded IN {ANY_OF} AND type IN {ANY_OF} ORDER BY papers, label",
        (any_of(names), any_of(kinds)),
    )
    return {folded: (label, papers) for folded, label, papers in rows}


def with_descendants(reader: GraphReader, ids: list[str]) -> list[str]:
    """Entities and all below them in their families."""
    rows = reader.rows(
        f"WITH RECURSIVE below (id) AS (SELECT id FROM entity WHERE id IN {ANY_OF} UNION "
        "SELECT child FROM broader JOIN below ON parent = below.id) SELECT id FROM below ORDER BY id",
        (any_of(ids),),
    )
    return [row[0] for row in rows]
