"""``kg watch``: what is new on what somebody watches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.cli.options import db_option, format_option
from kg.cli.output import output_stream, print_document, print_line, print_rows, print_table, say
from kg.model import PaperType, Relation

if TYPE_CHECKING:
    from kg.watching.news import News
    from kg.watching.told import Told

__all__ = ["watch"]

F = TypeVar("F", bound=Callable[..., Any])

_DOCUMENTS = ("atom", "eml", "webhook")


def _watches_option(command: F) -> F:
    return click.option(
        "--watches",
        type=click.Path(path_type=Path, dir_okay=False),
        envvar="KG_WATCHES",
        show_envvar=True,
        help="The file of watches; by default kg.watches.toml beside kg.db.",
    )(command)


def _output_option(command: F) -> F:
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path, allow_dash=True),
        default=Path("-"),
        help="The file to write to; - is standard output.",
    )(command)


@click.group()
def watch() -> None:
    """Hear what is new on what you watch: papers, what they do with it, results, and records that they broke.

    A watch asks what kg papers asks. Watches are kept in a small text file beside the graph (kg.watches.toml beside
    kg.db), which may be edited by hand; what was told is kept beside it, so that no rebuild tells it again.

    \b
    Examples:
      kg watch add --benchmark "SWE-bench Verified"
      kg build papers/ && kg watch run
      kg watch run --format eml --to ada@example.org -o news.eml
      kg watch feed "SWE-bench Verified" -o feed.atom
    """


@watch.command()
@click.option("--name", help="What to call it; by default by what it asks.")
@click.option("--benchmark", metavar="NAME", multiple=True, help="Papers that name this benchmark, and results on it.")
@click.option("--method", metavar="NAME", multiple=True, help="... this method.")
@click.option("--model", metavar="NAME", multiple=True, help="... this model or one of its family.")
@click.option("--dataset", metavar="NAME", multiple=True, help="... this dataset.")
@click.option("--task", metavar="NAME", multiple=True, help="... this task.")
@click.option("--metric", metavar="NAME", multiple=True, help="... this metric.")
@click.option("--entity", metavar="NAME", multiple=True, help="... this thing, of any type.")
@click.option("--relation", type=click.Choice([str(r) for r in Relation]), help="Only with this relation to it.")
@click.option("--since", metavar="DATE", help="Only papers that are dated from then on.")
@click.option("--until", metavar="DATE", help="Only papers that are dated until then.")
@click.option("--text", metavar="WORDS", help="Only papers whose title or abstract has all these words.")
@click.option("--author", metavar="NAME", multiple=True, help="Papers by this author: a name, or an ORCID.")
@click.option("--venue", metavar="NAME", help="Papers of venues whose names have these words side by side.")
@click.option(
    "--type", metavar="TYPE", type=click.Choice([str(t) for t in PaperType]), help="This kind of publication."
)
@click.option("--category", metavar="NAME", help="Papers of this category or one below it.")
@click.option("--keyword", metavar="WORDS", help="Papers with this keyword.")
@click.option("--exact", is_flag=True, help="This very thing, not its family.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Only links at least this sure.")
@click.option(
    "--from",
    "start",
    metavar="here|start|DATE",
    default="here",
    show_default=True,
    help="What counts as new: what comes from here on; all that is there, too; or what came to the graph since a date.",
)
@_watches_option
@db_option
def add(name: str | None, start: str, watches: Path | None, db: Path, **words: Any) -> None:
    """Watch for papers that match all that is given.

    What is in the graph already counts as told, unless --from says otherwise. A name that stands for nothing yet may
    be watched: it is told when the first paper names it.

    \b
    Examples:
      kg watch add --benchmark "SWE-bench Verified"
      kg watch add --method GRPO --relation introduces --name "kinds of GRPO" --from start
      kg watch add --author "J. Smith"
    """
    from kg.store import GraphReader
    from kg.watching.running import start_watch
    from kg.watching.watches import name_for, watch_of

    said = {key: value for key, value in words.items() if value not in (None, (), False, 0.0)}
    wanted = watch_of(name or name_for(said) or "everything", said)
    path = _path(watches, db)
    if db.exists():
        with GraphReader(db) as reader:
            _say_absent(reader, words)
            known = start_watch(path, wanted, reader, start)
    else:
        known = start_watch(path, wanted, None, start)
    say(f"watching {wanted.name}, in {path}; {_counts_as_told(known)}")


def _say_absent(reader: Any, words: dict[str, Any]) -> None:
    from kg.errors import NotFoundError
    from kg.questions.names import find_entities

    for kind in ("benchmark", "method", "model", "dataset", "task", "metric", "entity"):
        for name in words[kind]:
            try:
                find_entities(reader, name)
            except NotFoundError as error:
                say(f"kg: {error}")
                say("kg: it is told once a paper names it")


def _counts_as_told(known: Told) -> str:
    if not known.papers:
        return "all that it finds will be told"
    return f"{known} that are there count as told"


@watch.command("list")
@format_option
@_watches_option
@db_option
def list_watches(output_format: str, watches: Path | None, db: Path) -> None:
    """List what is watched, with how much of each was told.

    \b
    Example:
      kg watch list
    """
    from kg.watching.told import Told, default_told, read_told
    from kg.watching.watches import read_watches

    path = _path(watches, db)
    told = read_told(default_told(path))
    rows = []
    for each in read_watches(path):
        known = told.get(each.name, Told())
        counts = {"papers": len(known.papers), "links": len(known.links), "results": len(known.results)}
        rows.append({"name": each.name, "query": each.words, "begun": each.name in told, **counts})
    if output_format != "table":
        print_rows(rows, output_format)
    elif rows:
        heads = ("name", "asks for", "papers", "links", "results told")
        print_table(
            [(head, "left" if number < 2 else "right") for number, head in enumerate(heads)],
            [(row["name"], _query_words(row["query"]), row["papers"], row["links"], row["results"]) for row in rows],
        )
    if not rows:
        say(f"kg: nothing is watched in {path}")
        raise SystemExit(1)


def _query_words(query: Any) -> str:
    said = ((key, ", ".join(value) if isinstance(value, list) else value) for key, value in query.items())
    return "; ".join(f"{key.replace('_', ' ')} {value}" for key, value in said)


@watch.command()
@click.argument("name")
@_watches_option
@db_option
def remove(name: str, watches: Path | None, db: Path) -> None:
    """Watch for NAME no longer.

    \b
    Example:
      kg watch remove "SWE-bench Verified"
    """
    from kg.watching.running import forget_watch

    say(f"no longer watching {forget_watch(_path(watches, db), name).name}")


@watch.command()
@click.argument("names", nargs=-1, metavar="[NAME...]")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json", *_DOCUMENTS]),
    default="text",
    show_default=True,
    help="For people, for programs, for feed readers, as a message, or as what a webhook is told.",
)
@_output_option
@click.option("--post", metavar="URL", help="Send the webhook's payload there, too: by https, or to this machine.")
@click.option("--to", metavar="ADDRESS", help="Of a message: whom it is for.")
@click.option("--sender", metavar="ADDRESS", help="Of a message: whom it is from; by default whom it is for.")
@click.option("--dry-run", is_flag=True, help="Tell, and tell it again next time.")
@click.option(
    "--from",
    "start",
    metavar="here|start|DATE",
    default="here",
    show_default=True,
    help="Where those begin that were written into the file by hand and never ran.",
)
@_watches_option
@db_option
def run(
    names: tuple[str, ...],
    output_format: str,
    output: Path,
    post: str | None,
    to: str | None,
    sender: str | None,
    dry_run: bool,
    start: str,
    watches: Path | None,
    db: Path,
) -> None:
    """Tell what is new since the last run, of all watches or those that are named.

    It is remembered once it is written and sent, so a run that fails or is killed tells it again. What is told once is
    never told again, whatever is rebuilt. Exit code 1 when nothing is new; then no message is written and nothing sent.

    \b
    Examples:
      kg watch run
      kg watch run --format json --dry-run
      kg watch run --format eml --to ada@example.org -o news.eml
      kg watch run --post https://chat.example.org/hooks/abc
    """
    from kg.store import GraphReader
    from kg.watching.running import run_watches

    if (output_format == "eml") != (to is not None):
        raise click.UsageError("--format eml needs --to, whom it is for, and --to goes with it.")
    if post is not None:
        from kg.watching.posting import check_address

        check_address(post)

    def tell(news: Sequence[News]) -> None:
        _write(news, output_format, output, to, sender or to)
        if post is not None and any(each.papers for each in news):
            from kg.watching.payload import webhook_payload
            from kg.watching.posting import post as send

            send(post, webhook_payload(news))

    with GraphReader(db) as reader:
        news = run_watches(reader, _path(watches, db), tell, names=names, start=start, keep=not dry_run)
    _say_told(news)
    if not any(each.papers for each in news):
        raise SystemExit(1)


def _write(news: Sequence[News], output_format: str, output: Path, to: str | None, sender: str | None) -> None:
    """Print it, or write it to a file; nothing where nothing is new, but for what a program or a reader of feeds
    reads."""
    document = _document(news, output_format, to, sender)
    if document is None:
        return
    if str(output) != "-":
        with output_stream(output) as stream:
            stream.write(document)
    elif output_format == "text":
        for line in document.decode("utf-8").rstrip("\n").split("\n"):
            print_line(line.lstrip(), indent=len(line) - len(line.lstrip()))
    else:
        print_document(document)


def _document(news: Sequence[News], output_format: str, to: str | None, sender: str | None) -> bytes | None:
    if output_format == "json":
        from kg.watching.payload import as_json, news_rows

        return as_json(news_rows(news))
    if output_format == "atom":
        from kg.watching.atom import atom_feed

        return atom_feed("kg watch", [(each.watch.name, paper) for each in news for paper in each.papers])
    if not any(each.papers for each in news):
        return None
    if output_format == "webhook":
        from kg.watching.payload import webhook_payload

        return webhook_payload(news)
    if output_format == "eml":
        from kg.building import moment_of_building
        from kg.watching.mail import mail_of

        return mail_of(news, moment_of_building(), sender=sender or "", recipient=to or "")
    from kg.text.characters import storable
    from kg.watching.words import news_text

    return storable(news_text(news)).encode()


def _say_told(news: Sequence[News]) -> None:
    from kg.watching.words import headline

    for each in news:
        say(f"kg: {each.watch.name}: {headline(each)}")
        for remark in each.remarks:
            say(f"kg: {each.watch.name}: {remark}")


@watch.command()
@click.argument("name")
@click.option("--limit", type=click.IntRange(1, 1000), default=100, show_default=True, help="The last so many papers.")
@click.option("--address", metavar="URL", help="Where the feed will be served; it says so then.")
@_output_option
@_watches_option
@db_option
def feed(name: str, limit: int, address: str | None, output: Path, watches: Path | None, db: Path) -> None:
    """Write the Atom feed of a watch: the papers that came last, told or not.

    What a reader of feeds has seen it knows by itself, so nothing is remembered. Put it where a web server serves it.

    \b
    Example:
      kg watch feed "SWE-bench Verified" -o feed.atom
    """
    from kg.store import GraphReader
    from kg.watching.atom import atom_feed
    from kg.watching.news import all_of_paper
    from kg.watching.running import chosen

    (wanted,) = chosen(_path(watches, db), (name,))
    with GraphReader(db) as reader:
        papers = all_of_paper(reader, wanted, limit)
    document = atom_feed(wanted.name, [(wanted.name, paper) for paper in papers], address=address)
    if str(output) != "-":
        with output_stream(output) as stream:
            stream.write(document)
        say(f"wrote {output}")
    else:
        print_document(document)


def _path(watches: Path | None, db: Path) -> Path:
    from kg.watching.watches import default_watches

    return watches or default_watches(db)
