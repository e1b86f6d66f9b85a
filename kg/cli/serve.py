"""``kg serve``: the graph for a team, in the browser and for programs."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import click

from kg.cli.options import db_option, overlay_option
from kg.cli.output import say
from kg.errors import KgError
from kg.iris import DEFAULT_BASE

__all__ = ["serve"]

_SHORTEST = 12  # characters of a token


@click.command()
@db_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="0 takes a free one.")
@click.option(
    "--allow-host",
    "allowed",
    multiple=True,
    metavar="NAME",
    help="Also answer requests addressed to this host, as behind a proxy; may be repeated.",
)
@click.option(
    "--allow-origin",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="Let pages of this origin read what is served at 127.0.0.1, as https://yasgui.org; * is any; may be repeated.",
)
@click.option("--base", default=DEFAULT_BASE, show_default=True, metavar="IRI", help="The base of the graph's IRIs.")
@click.option("--edit", is_flag=True, help="Let those correct the graph who know a token; see below.")
@click.option(
    "--user-header",
    metavar="NAME",
    help="With --edit, behind a proxy: the header in which it tells who asks, instead of a token.",
)
@overlay_option
def serve(
    db: Path,
    host: str,
    port: int,
    allowed: tuple[str, ...],
    origins: tuple[str, ...],
    base: str,
    edit: bool,
    user_header: str | None,
    overlay: Path | None,
) -> None:
    """Serve the graph to a team: pages, JSON API, SPARQL and tools for agents.

    Only this machine can reach it, at http://127.0.0.1:8080, until --host says more, and nothing can be changed
    through it.

    With --edit, people who sign in with a token may correct the graph, as with "kg curate": each correction goes into
    the same file, with who and when. The token is $KG_EDIT_TOKEN, or one that is made and told at the start.
    --user-header is for a server that nobody reaches but through a proxy, which sets that header itself and clears it
    where others do.

    \b
    Examples:
      kg serve
      kg serve --host 0.0.0.0 --allow-host graph.example.org
      kg serve --edit
    """
    if user_header is not None and not edit:
        raise KgError("--user-header is for corrections; add --edit")
    try:
        import uvicorn

        from kg.server import Settings, application
        from kg.server.settings import LOOPBACK
    except ImportError as error:
        raise KgError(f"kg serve needs {error.name}; install it with: pip install 'paperkg[serve]'") from error
    token = _token() if edit and user_header is None else None
    settings = Settings(
        db=db,
        base=base,
        hosts=(*LOOPBACK, host, *allowed),
        origins=origins,
        prepare=True,
        edit_token=token,
        user_header=user_header if edit else None,
        overlay=overlay,
    )
    app = application(settings)
    say(f"Serving {db} at http://{host}:{port} - Ctrl-C ends it.")
    if token is not None:
        say(f"Correct it at http://{host}:{port}/login with the token {token}")
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)


def _token() -> str:
    """The secret of those who may correct."""
    chosen = os.environ.get("KG_EDIT_TOKEN", "").strip()
    if chosen and len(chosen) < _SHORTEST:
        raise KgError(f"$KG_EDIT_TOKEN is too short to be a secret; give {_SHORTEST} characters or more")
    return chosen or secrets.token_urlsafe(24)
