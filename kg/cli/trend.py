"""``kg trend``: how often papers name things over time, and what rises."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.bars import bar
from kg.cli.options import db_option
from kg.cli.output import draws_blocks, output_stream, print_answer, print_line, print_rows, print_table, room, say
from kg.model import EntityType, Relation

if TYPE_CHECKING:
    from kg.questions.rising import Rising
    from kg.questions.trend import Trend

__all__ = ["trend"]

_WIDEST, _NARROWEST = 24, 3  # signs of a bar
_NUMBERS = 16  # columns that a thing takes beside its bar: count, share, and what parts them


@click.command()
@click.argument("names", nargs=-1, metavar="NAME...")
@click.option(
    "--by", type=click.Choice(["month", "quarter", "year"]), default="month", show_default=True, help="Counted by what."
)
@click.option("--relation", type=click.Choice([str(r) for r in Relation]), help="Only with this relation to it.")
@click.option(
    "--families/--no-families", default=True, show_default=True, help="With all below it (Qwen2.5 counts for Qwen)."
)
@click.option("--since", metavar="DATE", help="Papers from this date on.")
@click.option("--until", metavar="DATE", help="Papers until this date, itself included.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Only links at least this sure.")
@click.option("--rising", is_flag=True, help="What a larger share of papers names than before, beyond chance.")
@click.option("--type", "kind", type=click.Choice([str(t) for t in EntityType]), help="Rising: only of this type.")
@click.option("--recent", type=click.IntRange(1, 1200), default=3, show_default=True, help="Rising: the last so many,")
@click.option("--before", type=click.IntRange(1, 1200), default=12, show_default=True, help="against so many before.")
@click.option("--min-papers", type=click.IntRange(1), default=5, show_default=True, help="Rising: named by so many.")
@click.option("--limit", type=click.IntRange(1), help="Rising: at most so many.")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "json", "jsonl", "csv", "svg"]),
    default="table",
    show_default=True,
    help="How to print: for people, for programs, or as a picture.",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, allow_dash=True), default=Path("-"), help="The file for the SVG."
)
@db_option
def trend(
    names: tuple[str, ...],
    by: str,
    relation: str | None,
    families: bool,
    since: str | None,
    until: str | None,
    min_confidence: float,
    rising: bool,
    kind: str | None,
    recent: int,
    before: int,
    min_papers: int,
    limit: int | None,
    output_format: str,
    output: Path,
    db: Path,
) -> None:
    """Show how many papers name things over time, and what share of all papers that is.

    Papers count for the date that their sources state; those without one, or with one that is not exact enough, are
    counted apart. With --rising and without names: the things that a larger share of the recent papers name than of
    those before, told by an exact test that keeps false finds among all that is compared below 5 in 100. Exit code 1
    when no paper with a date names any.

    \b
    Examples:
      kg trend GRPO PPO --by quarter
      kg trend Qwen Llama --since 2024 --format svg -o trend.svg
      kg trend --rising --type method
    """
    from kg.api import open_graph

    if rising == bool(names):
        raise click.UsageError("Give names, as 'kg trend GRPO PPO', or --rising without a name.")
    if str(output) != "-" and output_format != "svg":
        raise click.UsageError("-o goes with --format svg; what else is printed can be sent to a file by the shell.")
    if rising and (output_format == "svg" or since):
        raise click.UsageError("--rising has no picture and no --since; it takes --recent and --before.")
    with open_graph(db) as graph:
        if rising:
            risen = graph.rising(
                kind, by=by, recent=recent, before=before, relation=relation, families=families, until=until,
                min_papers=min_papers, min_confidence=min_confidence, limit=limit,
            )  # fmt: skip
            _show_rising(risen, output_format)
            return
        found = graph.trend(
            *names, by=by, relation=relation, families=families, since=since, until=until, min_confidence=min_confidence
        )
    _show(found, output_format, output)


def _show(found: Trend, output_format: str, output: Path) -> None:
    if output_format == "svg":
        from kg.watching.chart import trend_chart

        with output_stream(output) as stream:
            stream.write(trend_chart(found))
        if str(output) != "-":
            say(f"wrote {output}")
    elif output_format == "table":
        _print_trend(found)
    else:
        print_answer(found, output_format)
    if found.undated:
        undated = ", ".join(f"{line.entity.label}: {line.undated:,}" for line in found.lines if line.undated)
        said = f"kg: no {found.by} is known of {_papers(found.undated)}"
        say(f"{said} ({undated})" if undated else said)
    if not found.steps:
        say("kg: no paper with a date names any of them")
        raise SystemExit(1)


def _print_trend(found: Trend) -> None:
    """A row a step, each thing with its count, share and a bar as long as the share."""
    if not found.steps:
        return
    for line in found.lines:
        below = f" and {line.below} below it" if line.below else ""
        print_line((line.entity.label, "bold"), f"{below}: {_papers(sum(line.papers))}")
    left = room() - 2 * len(found.steps[0]) - 4
    width = min(_WIDEST, left // len(found.lines) - _NUMBERS)
    shares = [found.shares(line) for line in found.lines]
    most = max((share for line in shares for share in line if share), default=0.0)
    columns = [(str(found.by), "left")]
    for line in found.lines:
        columns += [(_short(line.entity.label), "right"), ("", "right")]
        columns += [("", "left")] if width >= _NARROWEST else []
    rows: list[list[object]] = []
    for number, step in enumerate(found.steps):
        row: list[object] = [step]
        for line, of_line in zip(found.lines, shares, strict=True):
            share = of_line[number]
            row += [line.papers[number], "" if share is None else f"{share:.1%}"]
            drawn = bar(share or 0, most, width, blocks=draws_blocks())
            row += [drawn.ljust(width)] if width >= _NARROWEST else []
        rows.append([*row, found.papers[number]])
    print_table([*columns, ("of", "right")], rows)


def _short(label: str) -> str:
    return label if len(label) <= _NUMBERS - 9 else f"{label[: _NUMBERS - 10]}\u2026"


def _show_rising(found: Rising, output_format: str) -> None:
    from kg.wire import rows as wire_rows

    if output_format != "table":
        (told,) = wire_rows(found)
        print_rows(told["risen"], output_format)  # type: ignore[arg-type]
    elif found.risen:
        rows = [
            (e.entity.label, e.entity.kind, e.now, e.before, _times(e.ratio), f"{e.at_least:.1f}x", f"{e.chance:.0e}")
            for e in found.risen
        ]
        heads = ("name", "type", "recent", "before", "ratio", "at least", "chance")
        print_table([(head, "left" if head in ("name", "type") else "right") for head in heads], rows)
    for name, window in (("recent", found.recent), ("before", found.earlier)):
        if window.first:
            say(f"kg: {name}: {window.first} to {window.last}, {_papers(window.papers)}")
    expected = f"at most {found.false_share:.0%} of those that rose are expected to be chance"
    say(f"kg: {len(found.risen)} of {found.compared:,} things rose; {expected}")
    if found.undated:
        say(f"kg: {_papers(found.undated)} without a {found.by} have no part in this")
    if not found.risen:
        raise SystemExit(1)


def _times(ratio: float | None) -> str:
    return "new" if ratio is None else f"{ratio:.1f}x"


def _papers(number: int) -> str:
    return f"{number:,} paper{'s' * (number != 1)}"
