"""What people decide, written down, and the graph linked anew by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kg.building.build import Reporter, bring_up_to_date, building
from kg.linking.overlay import Ruling, append_ruling, default_overlay, remove_ruling
from kg.linking.rules import Decision, Witness, named_in

__all__ = ["curate_graph", "curate_together", "undo_correction"]


def curate_graph(
    correction: Decision,
    path: Path,
    reporter: Reporter | None = None,
    *,
    note: str | None = None,
    by: str | None = None,
    date: str | None = None,
    overlay: Path | None = None,
) -> None:
    """Write down what a person decided, ``by`` whom and when if that is to be kept, and link the graph at ``path`` anew
    by it.

    Raises:
        GraphError: there is no such graph, or it cannot be written.
        CurationError: the overlay cannot be written, or a rule of it is wrong.
    """
    curate_together([Ruling(correction, note, by, date)], path, reporter, overlay=overlay)


def curate_together(
    rulings: Sequence[Ruling], path: Path, reporter: Reporter | None = None, *, overlay: Path | None = None
) -> None:
    """Write down several things that people decided, in their order, and link the graph at ``path`` anew once.

    Raises:
        GraphError, CurationError: as ``curate_graph``; what was written down before an error stays.
    """
    reporter = reporter or Reporter()
    with building(path, reporter, create=False) as writer:
        for ruling in rulings:
            named = named_in(ruling.rule)
            seen = {part: Witness(*found) for part, entity in named if (found := writer.witness(entity))}
            append_ruling(overlay or default_overlay(path), replace(ruling, seen=seen))
        bring_up_to_date(writer, overlay, reporter, 1)


def undo_correction(
    number: int, path: Path, reporter: Reporter | None = None, *, overlay: Path | None = None
) -> Ruling:
    """Take back the correction of this number (1 is the first), and link the graph at ``path`` anew without it.

    Raises:
        GraphError: there is no such graph, or it cannot be written.
        CurationError: there is no such correction, or the overlay cannot be written.
    """
    reporter = reporter or Reporter()
    with building(path, reporter, create=False) as writer:
        ruling = remove_ruling(overlay or default_overlay(path), number)
        bring_up_to_date(writer, overlay, reporter, 1, undone=True)
    return ruling
