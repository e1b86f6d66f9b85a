"""The HTML view: one file that shows the graph as a map, opens anywhere, and asks the network for nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kg.errors import KgError
from kg.files import write_whole
from kg.store import GraphReader
from kg.view.details import describe
from kg.view.page import Renderer, render_page
from kg.view.scene import build_scene
from kg.view.selection import Part, select

__all__ = ["MOST_FOR_PYVIS", "Drawn", "Part", "draw_view", "write_view"]

MOST_FOR_PYVIS = 500
"""Nodes up to which pyvis moves smoothly; measured by ``benchmarks/view.py``."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """How much of the graph a view shows, of how much, and by which renderer."""

    entities: int
    papers: int
    all_entities: int
    all_papers: int
    renderer: Renderer


def write_view(
    reader: GraphReader, output: Path, part: Part | None = None, *, renderer: Renderer | Literal["auto"] = "auto"
) -> Drawn:
    """Write the view of a part of the graph, by default all of it, to ``output``, and say how much it shows.

    The file is written all of it or nothing; the same graph gives the same bytes. ``renderer`` is ``pyvis`` for small
    pictures and ``webgl`` for large ones; ``auto`` takes the one that fits.

    Raises:
        NotFoundError: nothing in the graph is called ``part.focus``.
        KgError: nothing in the graph is like ``part``, or the file cannot be written.
    """
    html, drawn = draw_view(reader, part, renderer=renderer)
    _replace(output, html)
    return drawn


def draw_view(
    reader: GraphReader,
    part: Part | None = None,
    *,
    renderer: Renderer | Literal["auto"] = "auto",
    back: str | None = None,
) -> tuple[str, Drawn]:
    """The view of a part of the graph as HTML, and how much it shows; ``back`` is the address that a link leads to.

    Raises:
        NotFoundError: nothing in the graph is called ``part.focus``.
        KgError: nothing in the graph is like ``part``.
    """
    with reader.snapshot():
        selection = select(reader, part)
        texts = describe(reader, selection)
    scene = build_scene(selection)
    entities, papers = len(selection.entities), len(selection.papers)
    if renderer == "auto":
        renderer = "pyvis" if entities + papers <= MOST_FOR_PYVIS else "webgl"
    html = render_page(scene, texts, renderer, back)
    return html, Drawn(entities, papers, selection.all_entities, selection.all_papers, renderer)


def _replace(output: Path, html: str) -> None:
    """Write beside the output, then rename: a reader sees the old file or the new one, never half of one."""
    try:
        write_whole(output, html.encode())
    except OSError as error:
        raise KgError(f"cannot write {output}: {error.strerror or error}") from error
