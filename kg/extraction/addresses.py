"""Places of a text that name nothing: addresses of the web, and commands that only their author can read."""

from __future__ import annotations

import re

__all__ = ["address_spans", "command_spans"]

_ADDRESS = re.compile(
    r"\b(?:(?:https?|ftp)://|www\.)[^\s<>]+|\b(?:[a-z\d-]{1,40}\.){1,4}(?:com|org|net|io|co|ai|edu|dev)/[^\s<>]+", re.I
)


def address_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each address.

    >>> text = "Code: https://example.org/gsm8k and github.com/a/b."
    >>> [text[start:end] for start, end in address_spans(text)]
    ['https://example.org/gsm8k', 'github.com/a/b.']
    """
    return [match.span() for match in _ADDRESS.finditer(text)]


_COMMAND = re.compile(r"\\[A-Za-z]{1,60}(?:\{\})?")


def command_spans(text: str) -> list[tuple[int, int]]:
    r"""Start and end of each command of LaTeX that rendering does not know: what an author calls ``\method`` in one
    paper is another thing in the next.

    >>> text = r"We propose \method, a planner."
    >>> [text[start:end] for start, end in command_spans(text)]
    ['\\method']
    """
    return [match.span() for match in _COMMAND.finditer(text)] if "\\" in text else []
