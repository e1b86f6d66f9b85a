"""``kg serve``: the graph for a team, in the browser and for programs."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import db_option
from kg.cli.output import say
from kg.errors import KgError
from kg.iris import DEFAULT_BASE

__all__ = ["serve"]


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
def serve(db: Path, host: str, port: int, allowed: tuple[str, ...], origins: tuple[str, ...], base: str) -> None:
    """Serve the graph to a team: pages, JSON API, SPARQL and tools for agents.

    Only this machine can reach it, at http://127.0.0.1:8080, until --host says more, and nothing can be changed
    through it.

    \b
    Examples:
      kg serve
      kg serve --host 0.0.0.0 --allow-host graph.example.org
    """
    try:
        import uvicorn

        from kg.server import Settings, application
        from kg.server.settings import LOOPBACK
    except ImportError as error:
        raise KgError(f"kg serve needs {error.name}; install it with: pip install 'paperkg[serve]'") from error
    app = application(Settings(db=db, base=base, hosts=(*LOOPBACK, host, *allowed), origins=origins, prepare=True))
    say(f"Serving {db} at http://{host}:{port} - Ctrl-C ends it.")
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)
