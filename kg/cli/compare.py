"""``kg compare``: two things side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import db_option, format_option
from kg.cli.output import Row, print_rows, print_table
from kg.model import Relation

if TYPE_CHECKING:
    from kg.query import Comparison

__all__ = ["compare"]

_LABEL = 22  # characters of a heading
_SECTIONS = {
    "count": "counts",
    "relation": "relations",
    "paper": "newest papers of both",
    "entity": "entities with both",
    "result": "results on the same",
}


@click.command()
@click.argument("a")
@click.argument("b")
@format_option
@db_option
def compare(a: str, b: str, output_format: str, db: Path) -> None:
    """Set two entities, or two papers, side by side.

    Of two entities: how many papers name each (families included), both, or only one; what they do with them; the
    newest papers that name both; what else is named with both; results on the same data. Of two papers: the same of the
    entities that they name.

    \b
    Examples:
      kg compare GSM8K MATH
      kg compare PPO DPO --format csv
    """
    from kg.query import compare as compare_things
    from kg.store import GraphReader

    with GraphReader(db) as reader:
        found = compare_things(reader, a, b)
    if output_format != "table":
        print_rows(_rows(found), output_format)
        return
    rows = _rows(found)
    shown: list[tuple[object, ...]] = []
    for aspect, heading in _SECTIONS.items():
        lines = [row for row in rows if row["aspect"] == aspect]
        if lines:
            shown.append((heading, "", ""))
            shown += [(f"  {row['what']}", _words(row["left"]), _words(row["right"])) for row in lines]
    print_table([("", "cut"), (_short(found.left.label), "right"), (_short(found.right.label), "right")], shown)


def _short(label: str) -> str:
    return label if len(label) <= _LABEL else f"{label[: _LABEL - 1]}\u2026"


def _words(value: object) -> str:
    return str(value).replace("_", " ") if isinstance(value, Relation) else str(value)


def _rows(found: Comparison) -> list[Row]:
    """A row a line of the comparison: what kind of line, of what, and both sides."""
    counted = "entities" if found.left.is_paper else "papers"
    rows: list[Row] = [
        _row("count", counted, found.only_left + found.both, found.both + found.only_right),
        _row("count", f"{counted} of both", found.both, found.both),
        _row("count", f"{counted} of only one", found.only_left, found.only_right),
    ]
    for relation, (left, right) in found.relations.items():
        rows.append(_row("relation", str(relation).replace("_", " "), left, right))
    for paper in found.papers:
        rows.append(_row("paper", paper.paper.label, paper.left, paper.right, paper.paper.id))
    for entity in found.entities:
        rows.append(_row("entity", entity.entity.label, entity.left, entity.right, entity.entity.id))
    for result in found.results:
        rows.append(
            _row("result", f"{result.left.metric or 'result'} on {result.on}", result.left.value, result.right.value)
        )
    return rows


def _row(aspect: str, what: str, left: object, right: object, what_id: str | None = None) -> Row:
    return {"aspect": aspect, "what": what, "id": what_id, "left": left, "right": right}
