"""Results as rows: what papers state as outcomes, with the paper that states it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.questions.sqltext import ANY_OF, any_of
from kg.store import GraphReader
from kg.text.reading import render

__all__ = ["ResultRow", "results_in", "results_of"]

_COLUMNS = (
    "paper_id, title, value, metric, measured_on, achieved_by, metric_id, measured_on_id, achieved_by_id FROM result "
    "JOIN paper ON paper.id = paper_id"
)


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A result as its paper words it, with the ids of the entities that its parts are, where the paper links them."""

    paper_id: str
    title: str
    value: str
    metric: str | None
    on: str | None
    of: str | None
    metric_id: str | None = None
    on_id: str | None = None
    of_id: str | None = None


def results_of(reader: GraphReader, ids: list[str]) -> tuple[ResultRow, ...]:
    """The results measured on one of these entities, or achieved by one; by title and place."""
    stated = " UNION ".join(
        f"SELECT paper_id, place, start FROM result WHERE {column} IN {ANY_OF}"
        for column in ("measured_on_id", "achieved_by_id")
    )
    rows = reader.rows(
        f"SELECT {_COLUMNS} JOIN ({stated}) USING (paper_id, place, start) "
        'ORDER BY title, paper_id, place, start, "end"',
        [any_of(ids)] * 2,
    )
    return tuple(ResultRow(*row) for row in rows)


def results_in(reader: GraphReader, paper_id: str) -> tuple[ResultRow, ...]:
    """The results that one paper states, in the order of its text, its title as people read it."""
    rows = reader.rows(f"SELECT {_COLUMNS} WHERE paper_id = ? ORDER BY place, start", (paper_id,))
    return tuple(ResultRow(paper, render(title).text, *rest) for paper, title, *rest in rows)
