"""The options that commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

__all__ = ["DEFAULT_DB", "db_option", "format_option", "jobs_option", "overlay_option", "quiet_option"]

DEFAULT_DB = Path("outputs/kg.db")

F = TypeVar("F", bound=Callable[..., Any])


def db_option(command: F) -> F:
    """``--db FILE``, by default ``$KG_DB`` or ``outputs/kg.db``."""
    return click.option(
        "--db",
        type=click.Path(path_type=Path, dir_okay=False),
        default=DEFAULT_DB,
        envvar="KG_DB",
        show_default=True,
        show_envvar=True,
        help="The graph file.",
    )(command)


def format_option(command: F) -> F:
    """``--format table|json|jsonl|csv``, on everything that lists."""
    return click.option(
        "--format",
        "output_format",
        type=click.Choice(["table", "json", "jsonl", "csv"]),
        default="table",
        show_default=True,
        help="How to print: for people, or for programs.",
    )(command)


def jobs_option(command: F) -> F:
    """``--jobs N``, by default as many as there are cores."""
    return click.option(
        "--jobs",
        type=click.IntRange(min=1),
        default=_cores,
        help="Processes that extract; by default one a core, where there is enough to do. The graph is the same.",
    )(command)


def _cores() -> int:
    from kg.engines import available_cores

    return available_cores()


def quiet_option(command: F) -> F:
    """``--quiet``, on everything that builds."""
    return click.option("-q", "--quiet", is_flag=True, help="Print errors only.")(command)


def overlay_option(command: F) -> F:
    """``--overlay FILE``, on everything that links."""
    return click.option(
        "--overlay",
        type=click.Path(path_type=Path, dir_okay=False),
        envvar="KG_OVERLAY",
        show_envvar=True,
        help="The file of corrections by people; by default kg.curation.toml beside kg.db.",
    )(command)
