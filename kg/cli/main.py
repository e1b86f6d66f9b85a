"""The ``kg`` command group, whose commands are imported when they are called, and how errors reach the user."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from kg import __version__
from kg.errors import KgError, NotFoundError
from kg.plugins import load_target, offered_commands
from kg.text.terminal import fit_stream, harmless, spell

__all__ = ["main"]


class _Group(click.Group):
    """Prints our own errors in one line: exit code 1 for nothing found, 2 for what a user can mend."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run, whatever the terminal can show: help, tracebacks and errors of click too."""
        for stream in (sys.stdout, sys.stderr):
            fit_stream(stream)
        return super().main(*args, **extra)

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """As click does it."""
        with _harmless_usage():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with _harmless_usage():
                return super().invoke(ctx)
        except KgError as error:
            if ctx.params.get("debug"):
                raise
            _say(str(error))
            ctx.exit(1 if isinstance(error, NotFoundError) else 2)
        except BrokenPipeError:
            # The reader of a pipe ("| head") has seen enough.
            sys.stderr.close()
            ctx.exit(0)
        except OSError as error:
            if ctx.params.get("debug"):
                raise
            _say(f"{error.filename or 'output'}: {error.strerror}; check the path, its rights and space")
            ctx.exit(2)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of use rather than of the alphabet."""
        return list(_outlines())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now; None for a name that no plugin offers."""
        commands = offered_commands()
        if cmd_name not in commands:
            return None
        offer = commands.get(cmd_name)
        found: click.Command = load_target(offer.value.command, offer)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, which for a name that is none suggests others."""
        self.commands = dict(_outlines())
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """All commands in a line each, none of them imported."""
        outlines = _outlines()
        limit = formatter.width - 6 - max(map(len, outlines))
        with formatter.section("Commands"):
            formatter.write_dl([(name, outline.get_short_help_str(limit)) for name, outline in outlines.items()])


def _outlines() -> dict[str, click.Command]:
    """What is said of each command without importing it."""
    offered = (offer.value for offer in offered_commands())
    return {command.name: click.Command(command.name, help=command.summary) for command in offered}


def _say(message: str) -> None:
    from kg.cli.output import say

    say(f"kg: {message}")


@contextmanager
def _harmless_usage() -> Iterator[None]:
    """What click has to say of an argument may quote it, and a glob takes its arguments from strangers' files."""
    try:
        yield
    except click.ClickException as error:
        # Final by its type. Of a terminal without Unicode click thinks better than it is.
        vars(error)["message"] = spell(harmless(error.message), sys.stderr.encoding or "utf-8")
        raise


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
