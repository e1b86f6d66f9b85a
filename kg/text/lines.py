"""Lines as people read them: where a line ends within a paragraph, the sentence goes on.

Snapshots, bibliographies and mail break lines at some width, in the middle of names too, and behind a hyphen within a
word. A blank line parts paragraphs and stays; what is blank otherwise is one space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.text.rendered import Edit, Rendered, edited

__all__ = ["joined_lines"]

_BLANKS = re.compile(r"\s(?:\s+|(?<! ))")
_SIGNS = ("\n", "  ", "\t", "\r", "\f", "\v")
# "GPT-" / "4" is one word, "pre-" / "and post-training" are not, nor is what a dash behind a space sets apart.
_GOES_ON = re.compile(r"(?<=[^\W_])(?:-|[\u2013\u2014/]|-{2,3})\Z|(?<=[)\]}$])-\Z")
_SUSPENDED = re.compile(r"(?:and|or|to|nor|versus|vs|und|oder|bzw|et|ou)\b(?!-)")
_DASH = re.compile(r"(?:[\u2013\u2014]|-{2,3})(?=\w)")
_BULLET = re.compile("[\u2022\u2023\u25aa\u25cf\u25e6]")
_REACH = 4  # characters before a break that say whether a word goes on


def joined_lines(text: str) -> Rendered:
    r"""A text whose lines are joined within each paragraph, blanks put together.

    >>> joined_lines("Proximal Policy\nOptimization for GPT-\n4\n\nNew paragraph").text
    'Proximal Policy Optimization for GPT-4\n\nNew paragraph'
    """
    return edited(text, _edits(text)) if any(sign in text for sign in _SIGNS) else Rendered(text)


def _edits(text: str) -> Iterator[Edit]:
    for match in _BLANKS.finditer(text):
        blank, start, end = match.group(), match.start(), match.end()
        reading = _reading(text, blank, start, end)
        if reading != blank:
            yield start, end, reading


def _reading(text: str, blank: str, start: int, end: int) -> str:
    if "\n" not in blank:
        return " "
    if blank.count("\n") > 1 or _BULLET.match(text, end):
        return "\n\n"
    return "" if _is_one_word(text, start, end) else " "


def _is_one_word(text: str, start: int, end: int) -> bool:
    """Whether a word goes on from one line to the next, behind its hyphen or before its dash."""
    if _SUSPENDED.match(text, end):
        return False
    if text[end : end + 1].isalnum():
        return _GOES_ON.search(text, max(0, start - _REACH), start) is not None
    return text[start - 1 : start].isalnum() and _DASH.match(text, end) is not None
