"""``kg curate add``, ``add-result``, ``change-result``, ``reject-result``: what people say of what a paper states."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.deciding import Deciding, deciding, new_id, some_text
from kg.errors import KgError
from kg.model import EntityType, Relation, ResultKind

if TYPE_CHECKING:
    from kg.linking.amendments import ChangeResult, RejectResult

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
    from kg.linking.amendments import Add

    paper, name = who.paper(paper), some_text(name, "the name")
    if entity is not None:
        entity = new_id(entity)
        if entity.partition("/")[0] != kind:
            raise KgError(f"{entity} is no {kind}; give the id of one, or another type")
    _check_stands(who, paper, name)
    who.decide(Add(paper, name, EntityType(kind), Relation(relation), entity))


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
    from kg.linking.amendments import AddResult

    paper, value = who.paper(paper), some_text(value, "the value")
    _check_stands(who, paper, value)
    who.decide(AddResult(paper, value, metric, on, of, ResultKind(kind) if kind else ResultKind.ABSOLUTE))


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
    from kg.linking.amendments import ChangeResult

    if not (metric or on or of or kind):
        raise KgError("nothing is changed; give --metric, --on, --of or --kind")
    changed = ResultKind(kind) if kind else None
    _amend_result(who, ChangeResult(who.paper(paper), value.strip(), metric, on, of, changed, nth))


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
    from kg.linking.amendments import RejectResult

    _amend_result(who, RejectResult(who.paper(paper), value.strip(), nth))


def _check_stands(who: Deciding, paper_id: str, words: str) -> None:
    """A statement without its proof is none."""
    from kg.linking.amendments import find_in
    from kg.store import GraphReader

    with GraphReader(who.db) as reader:
        paper = reader.paper(paper_id)
    if paper is None or find_in(paper, words) is None:
        raise KgError(f"{words!r} does not stand in {paper_id}; give it as title or abstract write it")


def _amend_result(who: Deciding, rule: ChangeResult | RejectResult) -> None:
    from kg.questions.paper import PaperRequest, ask
    from kg.store import GraphReader

    with GraphReader(who.db) as reader:
        values = [result.value.strip() for result in ask(reader, PaperRequest(rule.paper)).results]
    if values.count(rule.value) < rule.nth:
        known = f"those it has are {', '.join(values)}" if values else "it has none"
        raise KgError(f"{rule.paper} has no result {rule.value!r} (number {rule.nth}); {known}")
    who.decide(rule)
