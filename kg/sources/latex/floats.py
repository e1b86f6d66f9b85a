r"""What floats in a document: tabulars with their captions, panels and notes, whichever way they are put together.

A float, a panel of one and a ``minipage`` are each a group; when a group ends, its captions go to its tabulars, and
what found no partner goes to the group around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.sources.latex.tabular import Grid

__all__ = ["Caption", "Found", "Group", "panels_in"]

_PANEL = re.compile(r"\(([a-z]|i{1,3})\)\s?")


@dataclass(slots=True, eq=False)
class Caption:
    """A caption of a float: of what kind, its number and its labels."""

    kind: str
    text: str
    number: str | None = None
    labels: list[str] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Found:
    """A tabular that was met, with what belongs to it."""

    grid: Grid
    caption: Caption | None = None
    panel: str = ""
    label: str | None = None
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Group:
    """What was met in a float, or in a part of one, in its order; ``kind`` is what its captions are of."""

    kind: str
    panel_number: str | None = None  # of a panel
    single: bool = False  # there is one caption, however often it is set
    met: list[Caption | Found] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    panel: str = ""
    notes: list[str] = field(default_factory=list)

    @property
    def captions(self) -> list[Caption]:
        """The captions that were met."""
        return [each for each in self.met if isinstance(each, Caption)]

    @property
    def tables(self) -> list[Found]:
        """The tabulars that were met."""
        return [each for each in self.met if isinstance(each, Found)]

    def label(self, name: str) -> None:
        """A label was met: of the last caption, or of the one that comes."""
        captions = self.captions
        (captions[-1].labels if captions and self.panel_number is None else self.labels).append(name)

    def settle(self, around: Group | None) -> None:
        """Give each tabular its caption, as far as this group has them; the rest is of the group around it."""
        for found, caption in _paired(self.met):
            found.caption = caption
        if self.panel_number is not None:
            for found in self.tables:
                found.panel = found.panel or self.panel
                found.label = found.label or (self.labels[0] if self.labels else None)
        elif self.captions:
            self.captions[0].labels += self.labels
        elif around is not None:
            around.labels += self.labels
        self._settle_notes(around)
        if around is not None:
            around.met += self.met

    def _settle_notes(self, around: Group | None) -> None:
        """What else stands here: names of panels ("(a) Reading"), and notes."""
        tables = self.tables
        bare = [found for found in tables if not found.panel]
        for text in self.notes:
            panels = panels_in(text)
            if panels and len(panels) == len(bare):
                for found, panel in zip(bare, panels, strict=True):
                    found.panel = panel
            elif tables:
                for found in tables:
                    found.notes.append(text)
            elif around is not None:
                around.notes.append(text)
        if tables or around is not None:
            self.notes = []


def panels_in(text: str) -> list[str]:
    """The captions of panels that stand in a line of text.

    >>> panels_in("(a) Sheep (b) Goats"), panels_in("Sheep are white.")
    (['Sheep', 'Goats'], [])
    """
    if len(text) > 500 or not _PANEL.match(text):
        return []
    return [piece.strip() for piece in _PANEL.split(text)[2::2]]


def _paired(met: list[Caption | Found]) -> Iterator[tuple[Found, Caption]]:
    captions = [each for each in met if isinstance(each, Caption)]
    tables = [each for each in met if isinstance(each, Found)]
    if len(captions) == 1:
        yield from ((found, captions[0]) for found in tables if found.caption is None)
        return
    before = bool(met) and isinstance(met[0], Caption)
    last: Caption | None = None
    for each in met if before else reversed(met):
        if isinstance(each, Caption):
            last = each
        elif each.caption is None and last is not None:
            yield each, last
