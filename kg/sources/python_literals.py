"""Dictionaries as Python prints them, one or a list of them a line: ``{'title': 'Slow Sums', 'year': 2024}``.

Each line is parsed as a literal, which runs no code. What is no literal (``nan``, ``datetime(...)``) costs its line.
"""

from __future__ import annotations

import ast
import json
import re
import warnings
from collections.abc import Iterable, Iterator

from kg.sources.jsontext import JsonRecord
from kg.sources.lines import Line

__all__ = ["detect", "read"]

_BEGIN = re.compile(r"\[?\{\s{0,9}(?:'[^'\\\n]{1,200}'|\"[^\"\\\n]{1,200}\"\s{0,9}:\s{0,9}(?:'|None|True|False))")


def detect(start: str) -> bool:
    """Whether a text that begins so has a dictionary of Python's, or a list of them, on its first line."""
    line, _, rest = start.partition("\n")
    if _BEGIN.match(line) is None:
        return False
    return _value(line)[1] is None or not rest  # a line that is longer than what can be seen of it may be whole


def read(lines: Iterable[Line]) -> Iterator[JsonRecord]:
    """The record or records of each line that is not blank."""
    for line in lines:
        if line.problem:
            yield JsonRecord(line.number, problem=line.problem)
        elif line.text.strip():
            value, problem = _value(line.text.strip())
            for row in value if isinstance(value, list) else [value]:
                yield JsonRecord(line.number, row, problem)


def _value(text: str) -> tuple[object, str | None]:
    """What a line stands for, as JSON has it (a tuple is a list), and what is wrong with it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of escapes in the text that mean nothing
            return json.loads(json.dumps(ast.literal_eval(text), default=_listed)), None
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
        return None, "no line of plain values as Python prints them; write the records with json.dumps, a line each"


def _listed(value: object) -> object:
    """Sets as lists, in an order that does not change; all else as text."""
    return sorted(map(str, value)) if isinstance(value, (set, frozenset)) else str(value)
