"""The graph at a glance, as a piece of HTML for notebooks: no script, no style sheet, nothing fetched."""

from __future__ import annotations

from html import escape

from kg.model import EntityType
from kg.questions import entities, stats
from kg.store import GraphReader

__all__ = ["summary_html"]

_TOP = 3


def summary_html(reader: GraphReader) -> str:
    """How many papers, links and results there are, and of each type of entity how many and the most named."""
    counts = stats.ask(reader, stats.StatsRequest())
    dates = " to ".join(date for date in (counts.first_date, counts.last_date) if date)
    facts = [
        f"{counts.papers:,} papers" + (f" ({dates})" if dates else ""),
        f"{sum(counts.links.values()):,} links",
        f"{counts.results:,} results",
    ]
    rows = "".join(_row(reader, kind, number) for kind, number in counts.entities.items() if number)
    return (
        f"<table><caption>kg graph: {escape('; '.join(facts))}</caption>"
        "<thead><tr><th scope='col'>type</th><th scope='col'>entities</th><th scope='col'>most named (papers)</th></tr>"
        f"</thead><tbody>{rows}</tbody></table>"
    )


def _row(reader: GraphReader, kind: EntityType, number: int) -> str:
    top = entities.ask(reader, entities.EntitiesRequest(kind, limit=_TOP))
    most = ", ".join(f"{escape(each.label)} ({each.papers:,})" for each in top)
    return f"<tr><th scope='row'>{escape(kind)}</th><td>{number:,}</td><td>{most}</td></tr>"
