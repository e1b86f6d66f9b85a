"""The command reference, made from the commands' own help: ``python -m kg.cli.reference > docs/cli.md``."""

from __future__ import annotations

import click

from kg.cli.main import main

__all__ = ["render_reference"]

_WIDTH = 88


def render_reference() -> str:
    """All commands with their help, as Markdown."""
    parts = ["# Commands", "", "Made from `kg COMMAND --help` by `python -m kg.cli.reference > docs/cli.md`."]
    for name in ("", *main.commands):
        command = main.commands[name] if name else main
        title = f"kg {name}".strip()
        context = click.Context(command, info_name=title, max_content_width=_WIDTH, help_option_names=["-h", "--help"])
        parts += ["", f"## {title}", "", "```text", command.get_help(context).rstrip(), "```"]
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    click.echo(render_reference(), nl=False)
