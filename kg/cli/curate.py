"""``kg review``, ``kg curate``: what people correct, in a file that every build applies."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.cli.options import DEFAULT_DB, db_option, format_option, overlay_option
from kg.cli.output import Row, print_line, print_rows, print_unfolded, say
from kg.errors import KgError
from kg.model import EntityType, Relation

if TYPE_CHECKING:
    from kg.linking.curation import Correction, PaperRule

__all__ = ["curate", "review"]

_PAPER_IDS = ("arxiv/", "doi/", "title/")

F = TypeVar("F", bound=Callable[..., Any])


@click.command()
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many of each kind."
)
@overlay_option
@format_option
@db_option
def review(limit: int, overlay: Path | None, output_format: str, db: Path) -> None:
    """List what a person should look at, each with the command that settles it.

    Names that are spelt so alike that they may be one thing (they are never merged for that alone), papers of which
    their sources do not tell whether they are one, papers that may mean another thing of the same name, and the links
    that are least certain. Exit code 1 when there is nothing.

    \b
    Examples:
      kg review
      kg review --limit 100 --format csv
    """
    from kg.linking.curation import Accept
    from kg.linking.overlay import default_overlay, read_overlay
    from kg.questions import review as question
    from kg.store import GraphReader
    from kg.wire import rows as rows_of

    corrections = read_overlay(overlay or default_overlay(db), required=overlay is not None).corrections
    settled = {each.entity for each in corrections if isinstance(each, Accept) and each.paper is None}
    with GraphReader(db) as reader:
        found = question.ask(reader, question.ReviewRequest(limit, tuple(sorted(settled))))
    command = _commands(db, overlay)
    rows = [{**_told(row), **_answers(row, command)} for row in rows_of(found)]
    if output_format == "table":
        _print_for_people(rows)
    else:
        print_rows(rows, output_format)
    if not rows:
        say("kg: nothing to review")
        raise SystemExit(1)


def _told(row: Row) -> dict[str, object]:
    return {key: row[key] for key in ("what", "about", "score")}


def _answers(row: Row, command: Callable[..., str]) -> dict[str, object]:
    """The commands that settle a doubt, either way."""
    entity, into, paper = row["entity"], row["into"], row["paper"]
    if entity is None:
        return {"if_so": command("one-paper", paper, into), "if_not": command("two-papers", paper, into)}
    if paper is None:
        return {"if_so": command("merge", entity, into), "if_not": command("accept", entity)}
    kept = command("accept", entity, "--paper", paper)
    if into is not None:
        return {"if_so": command("split", entity, row["name"], into, "--paper", paper), "if_not": kept}
    return {
        "if_so": kept,
        "if_not": command("reject", entity, "--paper", paper),
    }


def _commands(db: Path, overlay: Path | None) -> Callable[..., str]:
    """How to say a correction of this graph, fit for pasting."""
    where = [] if db == DEFAULT_DB else ["--db", str(db)]
    where += ["--overlay", str(overlay)] if overlay else []
    return lambda *words: shlex.join(["kg", "curate", *words, *where])


def _print_for_people(rows: list[dict[str, object]]) -> None:
    for row in rows:
        print_line((f"{row['score']:.2f}  ", "dim"), (f"{row['what']}: ", "cyan"), str(row["about"]), cut=True)
        for answer, key in (("yes", "if_so"), ("no", "if_not")):
            print_unfolded(f"{answer:3}  {row[key]}", indent=2)


@click.group()
def curate() -> None:
    """Correct the graph, so that every later build keeps to it.

    Each correction is a rule in a small text file beside the graph (kg.curation.toml beside kg.db), which is fit for
    version control and may be edited by hand. Entities are named by id, or by any name that only one of them has.

    \b
    Examples:
      kg curate merge method/foo-net method/foonet
      kg curate retype "Tidy Rooms" benchmark
      kg curate reject method/figure --note "not a method"
      kg curate accept GSM8K --paper arxiv/2402.03300 --relation evaluates_on
    """


def _curating(command: F) -> F:
    for option in (db_option, overlay_option, click.option("--note", help="Why; kept in the file.")):
        command = option(command)
    return command


@curate.command()
@click.argument("entity")
@click.argument("into")
@_curating
def merge(entity: str, into: str, note: str | None, overlay: Path | None, db: Path) -> None:
    """Two entities are one: ENTITY goes into INTO, its names become aliases.

    \b
    Example:
      kg curate merge method/foo-net method/foonet
    """
    from kg.linking.curation import Merge

    one, other = _entity(db, entity), _entity(db, into)
    if one == other:
        raise KgError(f"{entity!r} and {into!r} are one entity already, {one}")
    _decide(Merge(one, other), note, overlay, db)


@curate.command()
@click.argument("entity")
@click.argument("name")
@click.argument("into")
@click.option("--paper", metavar="ID", help="Only what this paper calls so.")
@_curating
def split(
    entity: str, name: str, into: str, paper: str | None, note: str | None, overlay: Path | None, db: Path
) -> None:
    """What papers call NAME is not ENTITY but INTO, an id that may be new; or, with --paper, what that paper calls so.

    \b
    Examples:
      kg curate split benchmark/flames FLAMES model/flames
      kg curate split method/foonet FooNet dataset/foonet --paper arxiv/2402.03300
    """
    from kg.linking.curation import Split

    if not name.strip():
        raise KgError("the name is empty; give what papers call the other thing")
    _decide(Split(_entity(db, entity), name.strip(), _new_id(into), _paper(db, paper)), note, overlay, db)


@curate.command()
@click.argument("entity")
@click.argument("label")
@_curating
def rename(entity: str, label: str, note: str | None, overlay: Path | None, db: Path) -> None:
    """ENTITY is properly called LABEL; its old label becomes an alias, and its id goes with the label.

    \b
    Example:
      kg curate rename method/grpo-algorithm GRPO
    """
    from kg.linking.curation import Rename

    if not label.strip():
        raise KgError("the new label is empty")
    rule = Rename(_entity(db, entity), label.strip())
    _check_free(db, rule.entity, rule.into)
    _decide(rule, note, overlay, db)


@curate.command()
@click.argument("entity")
@click.argument("kind", metavar="TYPE", type=click.Choice([str(kind) for kind in EntityType]))
@_curating
def retype(entity: str, kind: str, note: str | None, overlay: Path | None, db: Path) -> None:
    """ENTITY is of another TYPE; its id goes with it.

    \b
    Example:
      kg curate retype "Tidy Rooms" benchmark
    """
    from kg.linking.curation import Retype

    rule = Retype(_entity(db, entity), EntityType(kind))
    _check_free(db, rule.entity, rule.into)
    _decide(rule, note, overlay, db)


@curate.command()
@click.argument("entity")
@click.option("--paper", metavar="ID", help="Only that this paper names it is wrong.")
@_curating
def reject(entity: str, paper: str | None, note: str | None, overlay: Path | None, db: Path) -> None:
    """ENTITY is no thing at all; or, with --paper, that paper does not name it.

    \b
    Examples:
      kg curate reject method/figure
      kg curate reject GSM8K --paper arxiv/2402.03300
    """
    from kg.linking.curation import Dismiss

    _decide(Dismiss(_entity(db, entity), _paper(db, paper)), note, overlay, db)


@curate.command()
@click.argument("entity")
@click.option("--paper", metavar="ID", help="That this paper names it is right, however unsure its finding was.")
@click.option("--relation", type=click.Choice([str(r) for r in Relation]), help="What that paper does with it.")
@_curating
def accept(
    entity: str, paper: str | None, relation: str | None, note: str | None, overlay: Path | None, db: Path
) -> None:
    """ENTITY is right as it stands, and not reviewed again; or, with --paper, that paper does name it.

    \b
    Examples:
      kg curate accept method/foonet
      kg curate accept GSM8K --paper arxiv/2402.03300 --relation evaluates_on
    """
    from kg.linking.curation import Accept

    if relation and not paper:
        raise KgError("--relation is of one paper to the entity; name that with --paper")
    found, of_paper = _entity(db, entity), _paper(db, paper)
    surface = _surface(db, found, of_paper) if of_paper else None
    _decide(Accept(found, of_paper, surface, Relation(relation) if relation else None), note, overlay, db)


@curate.command(name="one-paper")
@click.argument("paper")
@click.argument("into")
@_curating
def one_paper(paper: str, into: str, note: str | None, overlay: Path | None, db: Path) -> None:
    """Two papers are one: PAPER and INTO, named by id or title, which then goes by the better id of both.

    An arXiv id is better than a DOI, and that is better than a title.

    \b
    Example:
      kg curate one-paper doi/10.1234/sheep arxiv/2402.01234
    """
    from kg.linking.curation import OnePaper

    _decide(OnePaper(*_two_papers(db, paper, into)), note, overlay, db)


@curate.command(name="two-papers")
@click.argument("paper")
@click.argument("other")
@_curating
def two_papers(paper: str, other: str, note: str | None, overlay: Path | None, db: Path) -> None:
    """What may be one paper is two: PAPER and OTHER, and is not reviewed again.

    Papers are named by id or title. Two that went by one id so far are named by those that their records have, as
    "kg show" tells them where sources differ: doi/ and the DOI.

    \b
    Example:
      kg curate two-papers doi/10.1234/sheep doi/10.5678/more-sheep
    """
    from kg.linking.curation import TwoPapers

    _decide(TwoPapers(*_two_papers(db, paper, other)), note, overlay, db)


def _two_papers(db: Path, paper: str, other: str) -> tuple[str, str]:
    from kg.questions.titles import find_paper
    from kg.store import GraphReader

    with GraphReader(db) as reader:
        one, two = (
            name if name.startswith(_PAPER_IDS) and " " not in name else find_paper(reader, name).id
            for name in (paper, other)
        )
    if one == two:
        raise KgError(f"{paper!r} and {other!r} are one paper, {one}; name two by their ids")
    return one, two


def _decide(rule: Correction | PaperRule, note: str | None, overlay: Path | None, db: Path) -> None:
    from kg.building import curate_graph
    from kg.cli.progress import reporter
    from kg.linking.overlay import default_overlay

    with reporter(quiet=False) as reports:
        curate_graph(rule, db, reports, note=note, overlay=overlay)
    say(f"kg: written to {overlay or default_overlay(db)}; {db} keeps to it")


def _entity(db: Path, name: str) -> str:
    from kg.questions.names import find_entities
    from kg.store import GraphReader

    with GraphReader(db) as reader:
        found = find_entities(reader, name)
    if name in found:
        return name
    if len(found) > 1:
        raise KgError(f"{name!r} may be {', '.join(found)}; name one by that")
    return found[0]


def _check_free(db: Path, entity: str, into: str) -> None:
    """What would become one with another thing on the quiet is said to be a merge."""
    from kg.store import GraphReader

    with GraphReader(db) as reader:
        if entity != into and reader.entity(into) is not None:
            raise KgError(f"there is a {into} already; if both are one, say 'kg curate merge {entity} {into}'")


def _paper(db: Path, name: str | None) -> str | None:
    from kg.questions.titles import find_paper
    from kg.store import GraphReader

    if name is None:
        return None
    with GraphReader(db) as reader:
        return find_paper(reader, name).id


def _surface(db: Path, entity: str, paper: str) -> str:
    from kg.questions.paper import PaperRequest, ask
    from kg.store import GraphReader

    with GraphReader(db) as reader:
        for link in ask(reader, PaperRequest(paper)).links:
            if link.entity_id == entity and link.evidence:
                return link.evidence[0].surface
    raise KgError(f"{paper} has no link to {entity} that could be accepted; a lower --min-confidence may show it")


def _new_id(into: str) -> str:
    kind, _, rest = into.partition("/")
    if kind not in set(EntityType) or not rest or any(c.isspace() for c in rest):
        raise KgError(f"{into!r} is no entity's id; write its type and name, like method/foonet")
    return into
