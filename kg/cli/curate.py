"""``kg curate``: what people correct, in a file that every build applies."""

from __future__ import annotations

import click

from kg.cli.amend import add, add_result, change_result, reject_result
from kg.cli.deciding import Deciding, deciding
from kg.cli.rulings import list_rulings, undo
from kg.model import EntityType, Relation

__all__ = ["curate"]


@click.group()
def curate() -> None:
    """Correct the graph, so that every later build keeps to it.

    Each correction is a rule in a small text file beside the graph (kg.curation.toml beside kg.db), which is fit for
    version control and may be edited by hand. It holds for what it was said of, also where ids move later. Entities are
    named by id, or by any name that only one of them has.

    \b
    Examples:
      kg curate merge method/foo-net method/foonet
      kg curate retype "Tidy Rooms" benchmark
      kg curate reject method/figure --note "not a method"
      kg curate accept GSM8K --paper arxiv/2402.03300 --relation evaluates_on
      kg curate add arxiv/2402.03300 FooNet method --relation uses
      kg curate list
      kg curate undo
    """


@curate.command()
@click.argument("entity")
@click.argument("into")
@deciding
def merge(who: Deciding, entity: str, into: str) -> None:
    """Two entities are one: ENTITY goes into INTO, its names become aliases.

    \b
    Example:
      kg curate merge method/foo-net method/foonet
    """
    who.decide(who.rules.merge(entity, into))


@curate.command()
@click.argument("entity")
@click.argument("name")
@click.argument("into")
@click.option("--paper", metavar="ID", help="Only what this paper calls so.")
@deciding
def split(who: Deciding, entity: str, name: str, into: str, paper: str | None) -> None:
    """What papers call NAME is not ENTITY but INTO, an id that may be new; or, with --paper, what that paper calls so.

    \b
    Examples:
      kg curate split benchmark/flames FLAMES model/flames
      kg curate split method/foonet FooNet dataset/foonet --paper arxiv/2402.03300
    """
    who.decide(who.rules.split(entity, name, into, paper))


@curate.command()
@click.argument("entity")
@click.argument("label")
@deciding
def rename(who: Deciding, entity: str, label: str) -> None:
    """ENTITY is properly called LABEL; its old label becomes an alias, and its id goes with the label.

    \b
    Example:
      kg curate rename method/grpo-algorithm GRPO
    """
    who.decide(who.rules.rename(entity, label))


@curate.command()
@click.argument("entity")
@click.argument("kind", metavar="TYPE", type=click.Choice([str(kind) for kind in EntityType]))
@deciding
def retype(who: Deciding, entity: str, kind: str) -> None:
    """ENTITY is of another TYPE; its id goes with it.

    \b
    Example:
      kg curate retype "Tidy Rooms" benchmark
    """
    who.decide(who.rules.retype(entity, EntityType(kind)))


@curate.command()
@click.argument("entity")
@click.option("--paper", metavar="ID", help="Only that this paper names it is wrong.")
@deciding
def reject(who: Deciding, entity: str, paper: str | None) -> None:
    """ENTITY is no thing at all; or, with --paper, that paper does not name it.

    \b
    Examples:
      kg curate reject method/figure
      kg curate reject GSM8K --paper arxiv/2402.03300
    """
    who.decide(who.rules.reject(entity, paper))


@curate.command()
@click.argument("entity")
@click.option("--paper", metavar="ID", help="That this paper names it is right, however unsure its finding was.")
@click.option("--relation", type=click.Choice([str(r) for r in Relation]), help="What that paper does with it.")
@deciding
def accept(who: Deciding, entity: str, paper: str | None, relation: str | None) -> None:
    """ENTITY is right as it stands, and not reviewed again; or, with --paper, that paper does name it.

    \b
    Examples:
      kg curate accept method/foonet
      kg curate accept GSM8K --paper arxiv/2402.03300 --relation evaluates_on
    """
    who.decide(who.rules.accept(entity, paper, Relation(relation) if relation else None))


@curate.command(name="one-paper")
@click.argument("paper")
@click.argument("into")
@deciding
def one_paper(who: Deciding, paper: str, into: str) -> None:
    """Two papers are one: PAPER and INTO, named by id or title, which then goes by the better id of both.

    An arXiv id is better than a DOI, and that is better than a title.

    \b
    Example:
      kg curate one-paper doi/10.1234/sheep arxiv/2402.01234
    """
    who.decide(who.rules.one_paper(paper, into))


@curate.command(name="two-papers")
@click.argument("paper")
@click.argument("other")
@deciding
def two_papers(who: Deciding, paper: str, other: str) -> None:
    """What may be one paper is two: PAPER and OTHER, and is not reviewed again.

    Papers are named by id or title. Two that went by one id so far are named by those that their records have, as
    "kg show" tells them where sources differ: doi/ and the DOI.

    \b
    Example:
      kg curate two-papers doi/10.1234/sheep doi/10.5678/more-sheep
    """
    who.decide(who.rules.two_papers(paper, other))


for _command in (add, add_result, change_result, reject_result, list_rulings, undo):
    curate.add_command(_command)
