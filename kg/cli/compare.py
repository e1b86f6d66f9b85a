"""``kg compare``: two things side by side."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import db_option, format_option
from kg.cli.output import print_answer, print_table
from kg.model import Relation

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
    from kg.questions import compare as question
    from kg.store import GraphReader
    from kg.wire import rows

    with GraphReader(db) as reader:
        found = question.ask(reader, question.CompareRequest(a, b))
    if output_format != "table":
        print_answer(found, output_format)
        return
    told = rows(found)
    shown: list[tuple[object, ...]] = []
    for aspect, heading in _SECTIONS.items():
        lines = [row for row in told if row["aspect"] == aspect]
        if lines:
            shown.append((heading, "", ""))
            shown += [(f"  {row['what']}", _words(row["left"]), _words(row["right"])) for row in lines]
    print_table([("", "cut"), (_short(found.left.label), "right"), (_short(found.right.label), "right")], shown)


def _short(label: str) -> str:
    return label if len(label) <= _LABEL else f"{label[: _LABEL - 1]}\u2026"


def _words(value: object) -> str:
    return str(value).replace("_", " ") if isinstance(value, Relation) else str(value)
