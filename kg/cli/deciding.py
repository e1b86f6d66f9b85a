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
from kg.model import EntityType

if TYPE_CHECKING:
    from kg.linking.rules import Decision

__all__ = ["Deciding", "deciding", "new_id", "some_text"]

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
        say(f"kg: written to {self.rules}; {self.db} keeps to it")

    @property
    def rules(self) -> Path:
        """The file of rules."""
        from kg.linking.overlay import default_overlay

        return self.overlay or default_overlay(self.db)

    def entity(self, name: str) -> str:
        """The id of the one entity that goes by a name."""
        from kg.questions.names import find_entities
        from kg.store import GraphReader

        with GraphReader(self.db) as reader:
            found = find_entities(reader, name)
        if name in found:
            return name
        if len(found) > 1:
            raise KgError(f"{name!r} may be {', '.join(found)}; name one by that")
        return found[0]

    def paper(self, name: str) -> str:
        """The id of the one paper that goes by a name."""
        from kg.questions.titles import find_paper
        from kg.store import GraphReader

        with GraphReader(self.db) as reader:
            return find_paper(reader, name).id

    def check_free(self, entity: str, into: str) -> None:
        """What would become one with another thing on the quiet is said to be a merge."""
        from kg.store import GraphReader

        with GraphReader(self.db) as reader:
            if entity != into and reader.entity(into) is not None:
                raise KgError(f"there is a {into} already; if both are one, say 'kg curate merge {entity} {into}'")


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


def new_id(into: str) -> str:
    """An entity's id, which may be new."""
    kind, _, rest = into.partition("/")
    if kind not in set(EntityType) or not rest or any(c.isspace() for c in rest):
        raise KgError(f"{into!r} is no entity's id; write its type and name, like method/foonet")
    return into


def some_text(text: str, what: str) -> str:
    """A text that says something."""
    if not text.strip():
        raise KgError(f"{what} is empty; give what stands in the paper")
    return text.strip()
