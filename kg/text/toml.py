"""TOML files that people edit beside us: entries are added and taken out, and all else stays as they wrote it.

A file is a list of tables of one name (``[[rule]]``), each an entry.
"""

from __future__ import annotations

import json
import re

from kg.text.characters import storable

__all__ = ["first_lines", "spelt", "without"]


def first_lines(text: str, name: str) -> list[int]:
    """The numbers of the lines, from 0, that begin an entry."""
    begins = re.compile(rf"\s*\[\[\s*{re.escape(name)}\s*\]\]")
    return [number for number, line in enumerate(text.split("\n")) if begins.match(line)]


def without(text: str, name: str, number: int) -> str:
    """A text without its entry of this number, from 0: from its first line to its last that says something."""
    lines, firsts = text.split("\n"), first_lines(text, name)
    start = firsts[number]
    end = firsts[number + 1] if number + 1 < len(firsts) else len(lines)
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    if start and not lines[start - 1].strip():
        start -= 1
    return "\n".join(lines[:start] + lines[end:])


def spelt(value: object) -> str:
    """A list, truth value, number or text as TOML spells it.

    >>> spelt(["a", True, 0.5])
    '["a", true, 0.5]'
    """
    if isinstance(value, list):
        return f"[{', '.join(map(spelt, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    # A TOML basic string escapes as JSON does, and 0x7f, which JSON leaves alone.
    return json.dumps(storable(str(value)), ensure_ascii=False).replace("\x7f", "\\u007f")
