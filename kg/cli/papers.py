"""``kg papers``: which papers name what, and what they do with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import db_option, format_option
from kg.cli.output import print_answer, print_line, say, say_left_out, title_parts
from kg.model import EntityType, PaperType, Relation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.questions.papers import PaperHit

__all__ = ["papers"]


@click.command()
@click.option("--benchmark", metavar="NAME", multiple=True, help="Papers that name this benchmark.")
@click.option("--method", metavar="NAME", multiple=True, help="... this method.")
@click.option("--model", metavar="NAME", multiple=True, help="... this model or one of its family.")
@click.option("--dataset", metavar="NAME", multiple=True, help="... this dataset.")
@click.option("--task", metavar="NAME", multiple=True, help="... this task.")
@click.option("--metric", metavar="NAME", multiple=True, help="... this metric.")
@click.option("--relation", type=click.Choice([str(r) for r in Relation]), help="Only with this relation to it.")
@click.option("--since", metavar="DATE", help="Only papers from this date on (2024, 2024-06, 2024-06-30).")
@click.option("--until", metavar="DATE", help="Only papers until this date, itself included: 2024 is all of that year.")
@click.option("--text", metavar="WORDS", help="Only papers whose title or abstract has all these words.")
@click.option(
    "--author",
    metavar="NAME",
    multiple=True,
    help="Papers by this author: a family name, a full name (also with initials, as 'J. Smith'), or an ORCID.",
)
@click.option("--venue", metavar="NAME", help="Papers of venues whose names have these words side by side.")
@click.option(
    "--type",
    "kind",
    metavar="TYPE",
    type=click.Choice([str(t) for t in PaperType]),
    help=f"Only this kind of publication: {', '.join(PaperType)}.",
)
@click.option("--category", metavar="NAME", help="Papers of this category or one below it: cs.CL, or cs for all of it.")
@click.option("--keyword", metavar="WORDS", help="Papers with this keyword.")
@click.option("--exact", is_flag=True, help="This very thing, not its family.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Only links at least this sure.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many, the newest.")
@format_option
@db_option
def papers(
    relation: str | None,
    since: str | None,
    until: str | None,
    text: str | None,
    author: tuple[str, ...],
    venue: str | None,
    kind: str | None,
    category: str | None,
    keyword: str | None,
    exact: bool,
    min_confidence: float,
    limit: int | None,
    output_format: str,
    db: Path,
    **names: Any,
) -> None:
    """List the papers that match all filters, each with the sentence that proves it.

    Families are included: --model Qwen finds papers that name Qwen2.5-7B. Of a paper without a date, or with one that
    is not exact enough, nobody knows whether it is from --since on or until --until: it is left out, and how many were
    is said. So it is with authors, venue, type, categories and keywords, which not every source states. Exit code 1
    when nothing matches.

    \b
    Examples:
      kg papers --benchmark GSM8K
      kg papers --method GRPO --relation introduces
      kg papers --model Qwen --benchmark MATH --since 2024-06 --format json
      kg papers --author "J. Smith" --venue NeurIPS
      kg papers --benchmark GSM8K --since 2023 --until 2024
    """
    from kg.questions import papers as question
    from kg.store import GraphReader

    request = question.PapersRequest(
        **names,
        relation=Relation(relation) if relation else None,
        since=since,
        until=until,
        text=text,
        author=author,
        venue=venue,
        type=PaperType(kind) if kind else None,
        category=category,
        keyword=keyword,
        exact=exact,
        min_confidence=min_confidence,
        limit=limit,
        # Of several names, the link that is shown is to the one that was given first.
        shown=next((EntityType(kind) for kind, given in names.items() if given), None),
    )
    with GraphReader(db) as reader:
        hits, unknown = question.ask_and_count(reader, request)
    if output_format == "table":
        _print_for_people(hits)
    else:
        print_answer(hits, output_format)
    say_left_out(unknown)
    if not hits:
        say("kg: no paper matches")
        raise SystemExit(1)


def _print_for_people(hits: Sequence[PaperHit]) -> None:
    from kg.text.reading import render

    for hit in hits:
        date = f"  {hit.paper.date}" if hit.paper.date else ""
        print_line(*title_parts(hit.paper), (date, "dim"))
        if hit.relation is not None:
            print_line((hit.relation, "cyan"), f" {hit.entity}", (f"  {hit.confidence:.2f}", "dim"), indent=2)
        if hit.evidence is not None and hit.evidence.passage != "title":
            print_line(f"\u201c{render(hit.evidence.sentence).text}\u201d", style="italic", indent=2)
        print_line()
    if hits:
        say(f"{len(hits)} paper{'s' * (len(hits) != 1)}")
