"""The ``kg`` command group and how errors reach the user."""

from __future__ import annotations

import sys
from typing import Any

import click

from kg import __version__
from kg.cli.build import build
from kg.cli.compare import compare
from kg.cli.curate import curate, review
from kg.cli.diff import diff
from kg.cli.evaluate import evaluate
from kg.cli.explore import entities, stats
from kg.cli.export import export
from kg.cli.fetch import fetch
from kg.cli.grow import add, remove
from kg.cli.output import one_line
from kg.cli.papers import papers
from kg.cli.path import path
from kg.cli.related import related
from kg.cli.show import show
from kg.cli.sparql import sparql
from kg.cli.train import train
from kg.cli.validate import validate
from kg.cli.view import view
from kg.errors import KgError, NotFoundError

__all__ = ["main"]


class _Group(click.Group):
    """Prints our own errors in one line: exit code 1 for nothing found, 2 for what a user can mend."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KgError as error:
            if ctx.params.get("debug"):
                raise
            click.echo(f"kg: {one_line(error)}", err=True)
            ctx.exit(1 if isinstance(error, NotFoundError) else 2)
        except BrokenPipeError:
            # The reader of a pipe ("| head") has seen enough.
            sys.stderr.close()
            ctx.exit(0)
        except OSError as error:
            if ctx.params.get("debug"):
                raise
            click.echo(
                f"kg: {one_line(error.filename or 'output')}: {error.strerror}; check the path, its rights and space",
                err=True,
            )
            ctx.exit(2)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of use rather than of the alphabet."""
        return list(self.commands)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
@click.option("--debug", is_flag=True, help="Show the full traceback of an error.")
def main(debug: bool) -> None:
    """Turn machine-learning papers into a knowledge graph, and ask it.

    \b
    Examples:
      kg build papers.txt
      kg papers --benchmark GSM8K
      kg show GRPO
      kg view
    """


for command in (
    build,
    add,
    remove,
    fetch,
    papers,
    show,
    entities,
    related,
    path,
    compare,
    stats,
    sparql,
    diff,
    review,
    curate,
    export,
    validate,
    view,
    evaluate,
    train,
):
    main.add_command(command)
