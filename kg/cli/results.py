"""``kg results``: leaderboards, and the numbers that papers state."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import db_option
from kg.cli.output import print_answer, print_document, print_line, print_table, say
from kg.model import ResultKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.questions.leaderboard import Board, Standing
    from kg.questions.results import Claim
    from kg.store import GraphReader

__all__ = ["print_board", "results"]

_COLUMNS = [("", "right"), ("score", "right"), ("system", "left"), ("date", "left"), ("paper", "left"), ("in", "left")]
_TITLE_SHOWN = 24  # characters, of a paper that nobody numbered
_SHOWN, _BOARDS = 20, 5  # of a board, and boards, for people who did not say how many


@click.command()
@click.option("--benchmark", multiple=True, help="Measured on this benchmark, data set or task.")
@click.option("--metric", multiple=True, help="In this metric.")
@click.option("--model", multiple=True, help="Achieved by this model.")
@click.option("--method", multiple=True, help="Achieved by this method.")
@click.option(
    "--own/--not-own", default=None, help="Only of what the papers propose themselves, or of what they do not."
)
@click.option("--split", help="On this part of the data.")
@click.option("--kind", type=click.Choice([str(kind) for kind in ResultKind]), help="Only numbers of this kind.")
@click.option("--since", metavar="DATE", help="Papers from this date on.")
@click.option("--until", metavar="DATE", help="Papers until this date.")
@click.option("--tables/--sentences", default=None, help="Only what stands in tables, or in sentences.")
@click.option("--exact", is_flag=True, help="Only these things, not their versions and sizes.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Only results at least so sure.")
@click.option("--over-time", is_flag=True, help="Only what was the best when its paper came, the oldest first.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many; of each board 20 if not given.")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "json", "jsonl", "csv", "eval-results"]),
    default="table",
    show_default=True,
    help="How to print: for people, for programs, or as the .eval_results file of one model at Hugging Face.",
)
@click.option(
    "--task-id",
    default="default",
    show_default=True,
    help="What the benchmark at Hugging Face calls its task, for --format eval-results.",
)
@db_option
def results(
    benchmark: tuple[str, ...],
    metric: tuple[str, ...],
    model: tuple[str, ...],
    method: tuple[str, ...],
    own: bool | None,
    split: str | None,
    kind: str | None,
    since: str | None,
    until: str | None,
    tables: bool | None,
    exact: bool,
    min_confidence: float,
    over_time: bool,
    limit: int | None,
    output_format: str,
    task_id: str,
    db: Path,
) -> None:
    """Rank what papers report: leaderboards, each number with its cell or sentence.

    There is a board for each benchmark, split and metric, with a line for each system and setting. What other papers
    state of the same system stands below it. A star marks what its paper proposes. For programs, every result is a row
    of its own, unranked. Exit code 1 when nothing matches.

    \b
    Examples:
      kg results --benchmark GSM8K
      kg results --benchmark "AIME 2025" --metric pass@1 --since 2025
      kg results --model Qwen --format csv
      kg results --benchmark SWE-bench --over-time
      kg results --model Qwen2.5-7B --exact --format eval-results > papers.yaml
    """
    from kg.questions import results as question
    from kg.questions.leaderboard import boards
    from kg.store import GraphReader

    request = question.ResultsRequest(
        benchmark,
        metric,
        model,
        method,
        own,
        split,
        ResultKind(kind) if kind else None,
        since,
        until,
        tables,
        exact,
        min_confidence,
        limit if output_format != "table" else None,
    )
    with GraphReader(db) as reader:
        found = question.ask(reader, request)
        written = _eval_results(reader, found, task_id) if output_format == "eval-results" and found else None
    if written is not None:
        print_document(written.encode())
    elif output_format == "table":
        made = boards(found)
        for board in made[:_BOARDS]:
            print_board(board, limit or _SHOWN, over_time=over_time)
            print_line()
        _say_rest(found, made)
    else:
        print_answer(found, output_format)
    if not found:
        say("kg: no result matches")
        raise SystemExit(1)


def _eval_results(reader: GraphReader, found: Sequence[Claim], task: str) -> str:
    """The results as a file of a model's repository; what is left out of it is told."""
    from kg.exports.eval_results import eval_results

    made = eval_results(reader, found, task)
    if made.left_out:
        say(f"kg: {made.left_out} of {len(found)} results left out: no scores, or on data without a page at the hub")
    return made.text


def print_board(board: Board, limit: int, *, over_time: bool = False) -> None:
    """Print a leaderboard for people: its first lines, or those that were the best in their time."""
    from kg.questions.leaderboard import history

    standings = history(board) if over_time else board.standings
    better = f"{board.better} is better" if board.better else "which is better is not told"
    about = [board.metric or "unnamed metric", board.split, better]
    papers = f"{board.papers} paper{'s' * (board.papers != 1)}"
    print_line((board.on, "bold"), f"  {', '.join(part for part in about if part)}", (f"  {papers}", "dim"))
    columns = [
        ("", "right"),
        ("score", "right"),
        ("system", "cut"),
        ("date", "left"),
        ("paper", "left"),
        ("in", "left"),
    ]
    print_table(columns, [row for each in standings[:limit] for row in _rows(each)])
    if len(standings) > limit:
        print_line(f"... and {len(standings) - limit} more", style="dim")


def _rows(standing: Standing) -> list[tuple[object, ...]]:
    claim = standing.claim
    rescaled = standing.score != claim.number
    score = f"{standing.score:g} ({claim.value})" if rescaled else _value(claim)
    first = (standing.rank, score, _system(claim), *_origin(claim))
    return [first, *(("", _value(other), "as here", *_origin(other)) for other in standing.others)]


def _origin(claim: Claim) -> tuple[str, str, str]:
    """When, in which paper, and where in it."""
    named = claim.paper_id.partition("/")[0] == "title"
    title = claim.title if len(claim.title) <= _TITLE_SHOWN else f"{claim.title[: _TITLE_SHOWN - 1]}\u2026"
    return claim.date or "", title if named else claim.paper_id, _place(claim)


def _value(claim: Claim) -> str:
    deviation = f" \u00b1 {claim.deviation}" if claim.deviation else ""
    return f"{claim.value}{'%' if claim.unit == '%' and not claim.value.endswith('%') else ''}{deviation}"


def _system(claim: Claim) -> str:
    base = f" on {claim.base}" if claim.base and claim.base not in (claim.of or "") else ""
    setting = f" ({claim.setting})" if claim.setting else ""
    return f"{claim.of}{' *' if claim.own else ''}{base}{setting}"


def _place(claim: Claim) -> str:
    return claim.table or ("table" if claim.cell is not None else str(claim.passage))


def _say_rest(found: Sequence[Claim], made: Sequence[Board]) -> None:
    """What is not shown, so that nobody thinks that it is all."""
    if len(made) > _BOARDS:
        names = ", ".join(dict.fromkeys(board.on for board in made[_BOARDS : _BOARDS + 8]))
        say(f"kg: {len(made) - _BOARDS} more boards ({names} ...); name a benchmark or metric, or ask for --format csv")
    left_out = len(found) - sum(1 + len(each.others) for board in made for each in board.standings)
    if left_out:
        say(f"kg: {left_out} of {len(found)} results are gains, repeats or name no system, and are not ranked")
