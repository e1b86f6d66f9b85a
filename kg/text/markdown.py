r"""Emphasis as people type it where there is no other: Markdown's stars, underscores and backticks around words.

Only what opens before a word and closes behind one is emphasis: "A* and B*", "2*3*4" and "x_1" are text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.text.rendered import Edit, Rendered, edited

__all__ = ["unemphasised"]

_LONGEST = 200  # characters that are emphasised at once
_EMPHASIS = re.compile(
    rf"(?<![\w*\\])(?P<stars>\*{{1,3}})(?=[^\s*])(?P<starred>[^*\n]{{1,{_LONGEST}}}?)(?<=[^\s*])(?P=stars)(?![\w*])"
    rf"|(?<![\w_\\])__(?=[^\s_])(?P<lined>[^_\n]{{1,{_LONGEST}}}?)(?<=[^\s_])__(?![\w_])"
    rf"|(?<![\w`\\])`(?=[^\s`'])(?P<quoted>[^`'\n]{{1,{_LONGEST}}}?)(?<=[^\s`])`(?![\w`'])"
)


def unemphasised(text: str) -> Rendered:
    """A text without the signs of emphasis around its words.

    >>> unemphasised("We present **FooNet**, *the* net of `foo`; A* and B* are not.").text
    'We present FooNet, the net of foo; A* and B* are not.'
    """
    return edited(text, _signs(text)) if "*" in text or "`" in text or "__" in text else Rendered(text)


def _signs(text: str) -> Iterator[Edit]:
    for match in _EMPHASIS.finditer(text):
        start, end = match.span(match.lastgroup or 0)
        yield match.start(), start, ""
        yield end, match.end(), ""
