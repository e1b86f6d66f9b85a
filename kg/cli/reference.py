"""The command reference, made from the commands' own help: ``python -m kg.cli.reference > docs/cli.md``.

Commands of plugins are left out: the page is about ``kg``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from kg.cli.main import main
from kg.plugins import load_target, offered_commands

__all__ = ["render_reference"]

_WIDTH = 88


def render_reference() -> str:
    """All commands with their help, as Markdown."""
    parts = ["# Commands", "", "Made from `kg COMMAND --help` by `python -m kg.cli.reference > docs/cli.md`."]
    for title, command in (("kg", main), *_commands()):
        context = click.Context(command, info_name=title, max_content_width=_WIDTH, help_option_names=["-h", "--help"])
        parts += ["", f"## {title}", "", "```text", command.get_help(context).rstrip(), "```"]
    return "\n".join(parts) + "\n"


def _commands() -> Iterator[tuple[str, click.Command]]:
    for offer in offered_commands():
        if offer.plugin.built_in:
            command: click.Command = load_target(offer.value.command, offer)
            yield from _walk(f"kg {offer.value.name}", command)


def _walk(title: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield title, command
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from _walk(f"{title} {name}", inner)


if __name__ == "__main__":
    sys.stdout.buffer.write(render_reference().encode())
