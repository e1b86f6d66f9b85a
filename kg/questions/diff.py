"""What came, went and changed between two graphs: papers, entities, links."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kg.questions.registry import Question
from kg.questions.requests import settle
from kg.store import GraphReader

__all__ = ["QUESTION", "Change", "DiffRequest", "ask"]


@dataclass(frozen=True, slots=True)
class DiffRequest:
    """The file of the graph to compare with: the one from before."""

    before: Path

    def __post_init__(self) -> None:
        settle(self)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    ``what`` is a paper, an entity, or the link between them. ``before`` and ``after`` are a paper's title, an entity's
    label, a link's relation; None where there was or is no such thing.
    """

    what: Literal["paper", "entity", "link"]
    paper: str | None
    entity: str | None
    before: str | None
    after: str | None

    @property
    def kind(self) -> Literal["added", "removed", "changed"]:
        """Whether the thing came, went, or is another than it was."""
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"


def ask(reader: GraphReader, request: DiffRequest) -> tuple[Change, ...]:
    """The differences from the older graph to this one: papers, then entities, then links, each by id.

    A paper counts as changed when its title, abstract, date or identifiers did (``before`` and ``after`` are then its
    titles, maybe the same), an entity when its label did, a link when its relation did.

    Raises:
        GraphError: there is no older graph at that path.
    """
    GraphReader(request.before).close()  # says what is wrong with it better than ATTACH does
    # A connection of its own: the other is in the middle of a transaction, which lets nothing be detached.
    with GraphReader(reader.path) as both:
        both.rows("ATTACH DATABASE ? AS old", (str(request.before.resolve()),))
        with both.snapshot():
            return (*_papers(both), *_entities(both), *_links(both))


QUESTION = Question(
    "diff",
    "What came, went and changed since an older graph.",
    DiffRequest,
    tuple[Change, ...],
    ask,
    local=True,
)


def _papers(reader: GraphReader) -> list[Change]:
    rows = reader.rows(_differences("paper", ("id",), ("title", "abstract", "date", "arxiv", "doi")))
    return [Change("paper", paper, None, was, now) for paper, was, now in rows]


def _entities(reader: GraphReader) -> list[Change]:
    rows = reader.rows(_differences("entity", ("id",), ("label",)))
    return [Change("entity", None, entity, was, now) for entity, was, now in rows]


def _links(reader: GraphReader) -> list[Change]:
    rows = reader.rows(_differences("link", ("paper_id", "entity_id"), ("relation",)))
    return [Change("link", paper, entity, was, now) for paper, entity, was, now in rows]


def _differences(table: str, keys: tuple[str, ...], fields: tuple[str, ...]) -> str:
    """The query for the rows that only one graph has, or whose fields differ: keys, first field before, and after.

    (Said without FULL JOIN, which SQLite knows from 3.39 on only.)
    """
    same = " AND ".join(f"was.{key} = now.{key}" for key in keys)
    differs = " OR ".join(f"was.{name} IS NOT now.{name}" for name in fields)
    was, now = (", ".join(f"{side}.{key}" for key in keys) for side in ("was", "now"))
    order = ", ".join(str(number + 1) for number in range(len(keys)))
    return (
        f"SELECT {was}, was.{fields[0]}, now.{fields[0]} FROM old.{table} AS was "
        f"LEFT JOIN main.{table} AS now ON {same} WHERE {differs} UNION ALL "
        f"SELECT {now}, NULL, now.{fields[0]} FROM main.{table} AS now "
        f"WHERE NOT EXISTS (SELECT 1 FROM old.{table} AS was WHERE {same}) ORDER BY {order}"
    )
