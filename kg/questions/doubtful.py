"""Entities that are likely no such thing, or several: by what the papers that name them do and do not say."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from kg.model import EntityType
from kg.questions.sqltext import ANY_OF, any_of
from kg.store import GraphReader

__all__ = ["DoubtfulEntity", "doubtful_entities"]

_SHORT = 4  # letters of a name that many things have
_MANY = 10  # papers, of which some should spell out what the letters stand for
_SOME = 3  # papers, of which one should measure on a benchmark
_RARELY = 0.02  # of the papers that name it
_HARDWARE = re.compile(
    r"(?:(?:nvidia\s)?(?:(?:[abhltv]|gb|mi)[\s-]?\d{2,4}|(?:rtx|gtx)[\s-]?\w*\d{3,4}(?:\s?(?:ti|super))?)"
    r"|(?:tpu|jetson)\b.*|.*\b[cgt]pus?)\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DoubtfulEntity:
    """An entity that a person should look at, and why; so many papers name it.

    ``paper`` is one that may mean another thing by ``name``, where it may be several.
    """

    entity: str
    label: str
    reason: str
    papers: int
    paper: str | None = None
    name: str | None = None


def doubtful_entities(
    reader: GraphReader, settled: Collection[str] = (), limit: int | None = None
) -> list[DoubtfulEntity]:
    """What is likely wrong with entities, those that touch the most papers first; ``settled`` are right as they stand.

    A short name of the vocabulary that next to no paper spells out; what several papers say is their own; data that
    looks like hardware, or that nobody measures or trains on.
    """
    found = {each.entity: each for kind in (_unused_data, _several, _never_spelt_out) for each in kind(reader)}
    kept = [each for each in found.values() if each.entity not in settled]
    return sorted(kept, key=lambda each: (-each.papers, each.entity))[:limit]


def _never_spelt_out(reader: GraphReader) -> Iterator[DoubtfulEntity]:
    rows = reader.rows(
        "WITH named AS (SELECT entity_id, paper_id, max(length(surface)) AS longest FROM evidence GROUP BY 1, 2) "
        "SELECT entity_id, label, count(*), sum(longest > ?1), "
        "(SELECT name FROM name WHERE name.entity_id = named.entity_id AND instr(name, ' ') "
        "AND NOT instr(lower(name), lower(label)) "
        "ORDER BY length(name), name LIMIT 1) AS long "
        "FROM named JOIN entity ON entity.id = entity_id WHERE known GROUP BY entity_id "
        "HAVING count(*) >= ?2 AND long IS NOT NULL AND sum(longest > ?1) <= ?3 * count(*)",
        (_SHORT, _MANY, _RARELY),
    )
    for entity, label, papers, spelt, long in rows:
        said = f"{spelt} of {papers}" if spelt else "none"
        yield DoubtfulEntity(entity, label, f"{papers} papers mean {long!r} by it; {said} spell it out", papers)


def _several(reader: GraphReader) -> Iterator[DoubtfulEntity]:
    rows = reader.rows(
        "SELECT entity_id, label, count(*), max(paper_id), "
        "(SELECT count(*) FROM link AS every WHERE every.entity_id = link.entity_id) FROM link "
        "JOIN entity ON entity.id = entity_id WHERE relation = 'introduces' GROUP BY entity_id HAVING count(*) > 1"
    )
    last = {entity: (paper, _surface(reader, entity, paper)) for entity, _, _, paper, _ in rows}
    for entity, label, times, _, papers in rows:
        paper, surface = last[entity]
        yield DoubtfulEntity(entity, label, f"{times} papers say that it is their own", papers, paper, surface or label)


def _surface(reader: GraphReader, entity: str, paper: str) -> str | None:
    rows = reader.rows(
        "SELECT surface FROM evidence WHERE paper_id = ? AND entity_id = ? ORDER BY place, start LIMIT 1",
        (paper, entity),
    )
    return rows[0][0] if rows else None


def _unused_data(reader: GraphReader) -> Iterator[DoubtfulEntity]:
    rows = reader.rows(
        "SELECT entity_id, label, count(*), sum(relation IN ('evaluates_on', 'trains_on', 'introduces')) FROM link "
        f"JOIN entity ON entity.id = entity_id WHERE type IN {ANY_OF} GROUP BY entity_id",
        (any_of((EntityType.BENCHMARK, EntityType.DATASET)),),
    )
    for entity, label, papers, used in rows:
        kind = entity.partition("/")[0]
        if _HARDWARE.match(label):
            yield DoubtfulEntity(entity, label, f"a {kind} that looks like hardware", papers)
        elif papers >= _SOME and not used:
            yield DoubtfulEntity(entity, label, f"a {kind} that none of {papers} papers measures or trains on", papers)
