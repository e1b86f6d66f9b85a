"""``kg fetch``: papers from public APIs into files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg import __version__
from kg.cli.output import print_path, say
from kg.errors import FetchError

if TYPE_CHECKING:
    from kg.fetching import Fetched, PoliteClient

__all__ = ["fetch"]

F = TypeVar("F", bound=Callable[..., Any])


@click.group()
def fetch() -> None:
    """Fetch papers from a public API into files that 'kg build' reads.

    The only command that uses the network; it needs an extra: pip install 'paperkg[fetch]'. Pages that are there are
    not fetched again, and a run that was interrupted goes on where it stopped. The folder is printed on standard
    output.

    \b
    Examples:
      kg build "$(kg fetch arxiv 'cat:cs.CL AND abs:GRPO')"
      kg fetch huggingface --week 2024-W06
      kg fetch openalex "reward model" --max 500
    """


def _common(base: str, pause: float) -> Callable[[F], F]:
    """The options of all APIs; the address and the pause are for those who run a mirror, and for tests."""

    def decorate(command: F) -> F:
        for option in (
            click.option("--refresh", is_flag=True, help="Fetch again what is there."),
            click.option("--email", envvar="KG_EMAIL", show_envvar=True, help="Tell the API whom it can write to."),
            click.option("--base-url", default=base, hidden=True),
            click.option("--pause", type=click.FloatRange(0), default=pause, hidden=True),
            click.option(
                "-o",
                "--out",
                type=click.Path(path_type=Path, file_okay=False),
                default=Path("papers"),
                show_default=True,
                help="The folder for what is fetched.",
            ),
        ):
            command = option(command)
        return command

    return decorate


def _most(limit: int) -> Callable[[F], F]:
    return click.option(
        "--max", "most", type=click.IntRange(1, limit), default=1000, show_default=True, help="At most so many papers."
    )


@fetch.command()
@click.argument("query")
@_most(30_000)
@click.option("--full-text", is_flag=True, help="Their sources in LaTeX, too, or else the PDF: a request a paper.")
@_common("https://export.arxiv.org", 3.0)
def arxiv(
    query: str, most: int, full_text: bool, out: Path, base_url: str, pause: float, email: str | None, refresh: bool
) -> None:
    """The newest papers that match QUERY, in arXiv's syntax.

    \b
    Examples:
      kg fetch arxiv 'cat:cs.LG AND abs:"reward model"' --max 200
      kg fetch arxiv 'ti:GSM8K' --max 50 --full-text
    """
    client = _client(base_url, pause, email)
    from kg.fetching import fetch_arxiv, fetch_full_texts

    fetched = fetch_arxiv(client, query, out, most=most, today=_today(), refresh=refresh)
    if full_text and fetched.records:
        texts = fetch_full_texts(client, fetched.folder, refresh=refresh)
        absent = f"; arXiv gives none of {texts.absent}" if texts.absent else ""
        say(f"{texts.new} full texts fetched, {texts.kept} were there{absent}")
    _report(fetched)


@fetch.command()
@click.option("--date", help="A day, as 2024-02-05.")
@click.option("--week", help="A week, as 2024-W06.")
@click.option("--month", help="A month, as 2024-02.")
@_common("https://huggingface.co", 1.0)
def huggingface(
    date: str | None,
    week: str | None,
    month: str | None,
    out: Path,
    base_url: str,
    pause: float,
    email: str | None,
    refresh: bool,
) -> None:
    """The daily papers of a day, a week or a month.

    \b
    Examples:
      kg fetch huggingface --date 2024-02-05
      kg fetch huggingface --month 2024-02
    """
    given = [(period, value) for period, value in (("date", date), ("week", week), ("month", month)) if value]
    if len(given) != 1:
        raise click.UsageError("Give one of --date, --week and --month.")
    client = _client(base_url, pause, email)
    from kg.fetching import fetch_huggingface

    period, value = given[0]
    _report(fetch_huggingface(client, period, value, out, today=_today(), refresh=refresh))  # type: ignore[arg-type]


@fetch.command()
@click.argument("query")
@_most(10_000)
@click.option("--api-key", envvar="OPENALEX_API_KEY", show_envvar=True, help="A key of OpenAlex's, which is free.")
@_common("https://api.openalex.org", 1.0)
def openalex(
    query: str,
    most: int,
    api_key: str | None,
    out: Path,
    base_url: str,
    pause: float,
    email: str | None,
    refresh: bool,
) -> None:
    """The works that match the words of QUERY best.

    \b
    Examples:
      kg fetch openalex "reinforcement learning from human feedback" --max 500
    """
    client = _client(base_url, pause, email)
    from kg.fetching import fetch_openalex

    _report(fetch_openalex(client, query, out, most=most, today=_today(), api_key=api_key, refresh=refresh))


def _client(base_url: str, pause: float, email: str | None) -> PoliteClient:
    try:
        from kg.fetching import Manners, PoliteClient
    except ModuleNotFoundError as error:
        if error.name != "requests":
            raise
        raise FetchError("fetching needs an extra: pip install 'paperkg[fetch]'") from None
    return PoliteClient(base_url, Manners(pause=pause), version=__version__, contact=email)


def _today() -> Any:
    import datetime

    return datetime.datetime.now(datetime.UTC).date()


def _report(fetched: Fetched) -> None:
    if not fetched.records:
        say("kg: nothing found")
        raise SystemExit(1)
    say(
        f"{fetched.records} records; {fetched.pages_new} pages fetched, {fetched.pages_kept} were there; "
        f"build the graph with: kg build '{fetched.folder}'"
    )
    print_path(fetched.folder)
