"""Bars for a terminal: of eighths of blocks, or of signs of ASCII where those cannot be shown."""

from __future__ import annotations

__all__ = ["bar"]

_EIGHTHS = " \u258f\u258e\u258d\u258c\u258b\u258a\u2589"
_BLOCK = "\u2588"


def bar(value: float, most: float, width: int, *, blocks: bool = True) -> str:
    """A bar as long as its value among the ``width`` signs of ``most``; what is more than nothing is seen.

    >>> bar(3, 4, 4), bar(1, 3, 2), bar(0, 3, 2), bar(0.01, 3, 2)
    ('███', '▋', '', '▏')
    >>> bar(3, 4, 4, blocks=False), bar(0.01, 3, 2, blocks=False)
    ('###', '.')
    """
    if value <= 0 or most <= 0:
        return ""
    if not blocks:
        return "#" * round(width * value / most) or "."
    eighths = max(1, round(8 * width * value / most))
    return (_BLOCK * (eighths // 8) + _EIGHTHS[eighths % 8]).rstrip()
