"""The HTML view: one file that shows the graph, opens anywhere, and asks the network for nothing."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KgError
from kg.store import GraphReader
from kg.view.details import describe
from kg.view.network import build_network
from kg.view.page import render_page
from kg.view.selection import select

__all__ = ["Drawn", "write_view"]


@dataclass(frozen=True, slots=True)
class Drawn:
    """How much of the graph a view shows."""

    entities: int
    papers: int


def write_view(reader: GraphReader, output: Path, *, focus: str | None = None, top: int = 150) -> Drawn:
    """Write the view to ``output``, all of it or nothing, and say how much it shows.

    Without ``focus`` it shows the ``top`` entities that most papers name and the papers that name them; with it, what
    lies around the entity of that name.

    Raises:
        NotFoundError: nothing in the graph is called ``focus``.
        KgError: the file cannot be written.
    """
    selection = select(reader, focus=focus, top=top)
    html = render_page(selection, build_network(selection), describe(reader, selection))
    _replace(output, html)
    return Drawn(len(selection.entities), len(selection.papers))


def _replace(output: Path, html: str) -> None:
    """Write beside the output, then rename: a reader sees the old file or the new one, never half of one."""
    temporary = output.with_name(f".{output.name}.{os.getpid()}.tmp")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        try:
            temporary.write_text(html, encoding="utf-8", newline="\n")
            temporary.replace(output)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise KgError(f"cannot write {output}: {error.strerror or error}") from error
