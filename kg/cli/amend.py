"""``kg curate add``, ``add-result``, ``change-result``, ``reject-result``: what people say of what a paper states."""

from __future__ import annotations

import click

from kg.cli.deciding import Deciding, deciding
from kg.model import EntityType, Relation, ResultKind

__all__ = ["add", "add_result", "change_result", "reject_result"]

_parts = (
    click.option("--kind", type=click.Choice([str(kind) for kind in ResultKind]), help="What kind of number it is."),
    click.option("--of", "of", metavar="NAME", help="What achieved it, as the paper calls it."),
    click.option("--on", "on", metavar="NAME", help="What it was measured on, as the paper calls it."),
    click.option("--metric", metavar="NAME", help="What was measured, as the paper calls it."),
)
_nth = click.option(
    "--nth", type=click.IntRange(min=1), default=1, show_default=True, help="Which of several of this value."
)


def _with_parts(command: click.decorators.FC) -> click.decorators.FC:
    for option in _parts:
        command = option(command)
    return command


@click.command()
@click.argument("paper")
@click.argument("name")
@click.argument("kind", metavar="TYPE", type=click.Choice([str(kind) for kind in EntityType]))
@click.option(
    "--relation",
    type=click.Choice([str(r) for r in Relation]),
    default=str(Relation.MENTIONS),
    show_default=True,
    help="What the paper does with it.",
)
@click.option("--entity", metavar="ID", help="Which entity it is, if its name does not tell; the id may be new.")
@deciding
def add(who: Deciding, paper: str, name: str, kind: str, relation: str, entity: str | None) -> None:
    """PAPER names a thing that was not found in it: what its text calls NAME, of this TYPE.

    \b
    Examples:
      kg curate add arxiv/2402.03300 FooNet method --relation introduces
      kg curate add arxiv/2402.03300 "our benchmark" benchmark --entity benchmark/foobench
    """
    who.decide(who.rules.add(paper, name, EntityType(kind), Relation(relation), entity))


@click.command(name="add-result")
@click.argument("paper")
@click.argument("value")
@_with_parts
@deciding
def add_result(
    who: Deciding, paper: str, value: str, metric: str | None, on: str | None, of: str | None, kind: str | None
) -> None:
    """PAPER states a result that was not found in it: VALUE, as it stands in the text.

    Its parts are entities where the paper is linked to one of that name.

    \b
    Example:
      kg curate add-result arxiv/2402.03300 51.7% --metric accuracy --on MATH --of FooNet
    """
    meant = ResultKind(kind) if kind else ResultKind.ABSOLUTE
    who.decide(who.rules.add_result(paper, value, metric, on, of, meant))


@click.command(name="change-result")
@click.argument("paper")
@click.argument("value")
@_with_parts
@_nth
@deciding
def change_result(
    who: Deciding,
    paper: str,
    value: str,
    metric: str | None,
    on: str | None,
    of: str | None,
    kind: str | None,
    nth: int,
) -> None:
    """Parts of a result of PAPER are others: the one of this VALUE; what is not given stays.

    \b
    Example:
      kg curate change-result arxiv/2402.03300 51.7% --on MATH --of FooNet
    """
    changed = ResultKind(kind) if kind else None
    who.decide(who.rules.change_result(paper, value, metric, on, of, changed, nth))


@click.command(name="reject-result")
@click.argument("paper")
@click.argument("value")
@_nth
@deciding
def reject_result(who: Deciding, paper: str, value: str, nth: int) -> None:
    """The number VALUE of PAPER is no result.

    \b
    Example:
      kg curate reject-result arxiv/2402.03300 51.7%
    """
    who.decide(who.rules.reject_result(paper, value, nth))
