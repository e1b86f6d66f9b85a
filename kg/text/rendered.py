"""Text as it is read, and the way back to the text as it is stored.

A **stage** makes one kind of change, by a function from a text to what is read in its place; ``Rendered.then`` puts one
after another, and every offset still leads to the stored text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass

__all__ = ["Edit", "Rendered", "Stage", "edited"]

Edit = tuple[int, int, str]
"""Start, end, and what is read in place of what stands there. What stands there is never empty."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """Rendered text with the way back.

    ``starts[i]`` and ``ends[i]`` are the stored-text offsets that character ``i`` of ``text`` came from; without them
    each character stands where it stood. ``groups`` are pieces that belong together in the stored text, such as a
    command of LaTeX with its argument, each as (rendered start, rendered end, stored start, stored end).
    """

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None
    groups: tuple[tuple[int, int, int, int], ...] = ()

    def to_stored(self, start: int, end: int) -> tuple[int, int]:
        """Offsets into the stored text for a span of the rendered text; whole groups stay whole.

        >>> rendered = edited("R&amp;D pays", [(1, 6, "&")])
        >>> rendered.text[0:3], rendered.to_stored(0, 3)
        ('R&D', (0, 7))
        """
        if self.starts is None or self.ends is None or end <= start:
            return start, end
        low, high = self.starts[start], self.ends[end - 1]
        for group_start, group_end, stored_start, stored_end in self.groups:
            if start <= group_start and group_end <= end:
                low, high = min(low, stored_start), max(high, stored_end)
        return low, high

    def then(self, stage: Stage) -> Rendered:
        """What is read when a further stage has read this.

        >>> first = edited("R&amp;D  pays", [(1, 6, "&")])
        >>> both = first.then(lambda text: edited(text, [(3, 5, " ")]))
        >>> both.text, both.to_stored(4, 8)
        ('R&D pays', (9, 13))
        """
        after = stage(self.text)
        if after.text == self.text:
            return self
        if self.starts is None or self.ends is None:
            return after
        if after.starts is None or after.ends is None:
            return Rendered(after.text, self.starts, self.ends, self.groups)
        starts, ends = self.starts, self.ends
        moved = ((bisect_left(after.starts, a), bisect_left(after.starts, b), c, d) for a, b, c, d in self.groups)
        return Rendered(
            after.text,
            tuple([starts[place] for place in after.starts]),
            tuple([ends[place - 1] for place in after.ends]),
            (
                *(group for group in moved if group[0] < group[1]),
                *((a, b, starts[c], ends[d - 1]) for a, b, c, d in after.groups),
            ),
        )


Stage = Callable[[str], Rendered]
"""Reads a text in one respect. It takes time in proportion to the text, and never fails."""


def edited(text: str, edits: Iterable[Edit]) -> Rendered:
    """A text with some edits, which are in order and do not overlap."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position, moved = 0, False
    for start, end, reading in edits:
        parts += (text[position:start], reading)
        starts += range(position, start)
        ends += range(position + 1, start + 1)
        if len(reading) == end - start:  # one for one
            starts += range(start, end)
            ends += range(start + 1, end + 1)
        else:
            moved = True
            starts += [start] * len(reading)
            ends += [end] * len(reading)
        position = end
    if not parts:
        return Rendered(text)
    parts.append(text[position:])
    if not moved:
        return Rendered("".join(parts))
    starts += range(position, len(text))
    ends += range(position + 1, len(text) + 1)
    return Rendered("".join(parts), tuple(starts), tuple(ends))
