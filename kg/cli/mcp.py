"""``kg mcp``: the graph as tools for an agent on this machine."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import db_option
from kg.errors import KgError
from kg.iris import DEFAULT_BASE

__all__ = ["mcp"]


@click.command()
@db_option
@click.option("--base", default=DEFAULT_BASE, show_default=True, metavar="IRI", help="The base of the graph's IRIs.")
def mcp(db: Path, base: str) -> None:
    """Give an agent the graph as tools, by the Model Context Protocol over standard input and output.

    The agent's program starts this command itself; put it into its configuration (docs/serving.md). Nothing can be
    changed through it, and nothing leaves the machine. A server for several agents is "kg serve", at /mcp.

    \b
    Example:
      kg mcp --db outputs/kg.db
    """
    try:
        from kg.server.mcp import run_stdio
        from kg.server.settings import Settings
    except ImportError as error:
        raise KgError(f"kg mcp needs {error.name}; install it with: pip install 'paperkg[serve]'") from error
    run_stdio(Settings(db=db, base=base))
