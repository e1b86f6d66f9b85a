"""What the readers of a document share: its tokens, who sets them, its counters, and what has been met so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kg.sources.fulltext.body import BodyWriter
from kg.sources.latex.counters import Counters, Target
from kg.sources.latex.floats import Group
from kg.sources.latex.render import Renderer, joined
from kg.sources.latex.tree import Span, Tree

__all__ = ["Event", "Resolve", "Walk"]

Resolve = Callable[[str], str]
"""Puts the numbers into a text that its references print."""

Event = Callable[[BodyWriter, Resolve], None]
"""Something that goes to the body once the labels of the whole document are known."""


_NOTHING = Target("", "")


@dataclass(slots=True)
class Walk:
    """A walk through a document; ``groups`` are the floats and parts of such that are open, ``current`` what a label
    would stand for."""

    tree: Tree
    renderer: Renderer
    counters: Counters = field(default_factory=Counters)
    current: Target = _NOTHING
    groups: list[Group] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def event(self, write: Event) -> None:
        """Something was met that goes to the body."""
        self.events.append(write)

    def plain(self, span: Span) -> str:
        """A span as a line of text, whatever is being read."""
        renderer = self.renderer
        in_cell, renderer.in_cell = renderer.in_cell, False
        blocks, renderer.blocks = renderer.blocks, {}
        text = joined(renderer.collect(span.start, span.end)).replace("\n\n", " ").strip()
        renderer.in_cell, renderer.blocks = in_cell, blocks
        return text
