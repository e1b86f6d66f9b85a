"""What all corrections on the command line have in common: the graph, the file of rules, and who decides."""

from __future__ import annotations

import functools
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import db_option, overlay_option
from kg.cli.output import say
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.curating import Rules
    from kg.linking.rules import Decision

__all__ = ["Deciding", "deciding"]

_SECONDS = 5.0  # for git, to say whose name it knows


@dataclass(frozen=True, slots=True)
class Deciding:
    """A person who corrects a graph."""

    db: Path
    overlay: Path | None
    note: str | None
    by: str | None
    date: str | None

    def decide(self, rule: Decision) -> None:
        """Write the rule down, and link the graph by it."""
        from kg.building import curate_graph
        from kg.cli.progress import reporter

        by = self.by or _name_in_git()
        with reporter(quiet=False) as reports:
            curate_graph(rule, self.db, reports, note=self.note, by=by, date=self.date, overlay=self.overlay)
        say(f"kg: written to {self._file}; {self.db} keeps to it")

    @property
    def rules(self) -> Rules:
        """What this person says, as rules."""
        from kg.curating import Rules

        return Rules(self.db)

    @property
    def _file(self) -> Path:
        """The file of rules."""
        from kg.linking.overlay import default_overlay

        return self.overlay or default_overlay(self.db)


def deciding(command: Callable[..., None]) -> Callable[..., None]:
    """A command that is given who decides, about which graph, beside its own arguments."""

    @functools.wraps(command)
    def run(
        *, db: Path, overlay: Path | None, note: str | None, by: str | None, date: str | None, **words: Any
    ) -> None:
        command(Deciding(db, overlay, note, by, date), **words)

    options = (
        db_option,
        overlay_option,
        click.option("--date", metavar="DATE", callback=_checked_date, help="When, as 2025-06-30; kept in the file."),
        click.option("--by", metavar="NAME", help="Who; kept in the file.  [default: the name that git knows]"),
        click.option("--note", help="Why; kept in the file."),
    )
    decorated: Callable[..., None] = run
    for option in options:
        decorated = option(decorated)
    return decorated


def _checked_date(_context: click.Context, _option: click.Parameter, date: str | None) -> str | None:
    from kg.text.dates import is_date

    if date is not None and not is_date(date):
        raise KgError(f"{date!r} is no date; write 2025, 2025-06 or 2025-06-30")
    return date


def _name_in_git() -> str | None:
    """The name under which git commits here, if there is git and it knows one."""
    try:
        said = subprocess.run(
            ["git", "config", "user.name"], capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return None
    return said.stdout.strip() or None
