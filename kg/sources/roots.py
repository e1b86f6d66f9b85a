"""The first tag of a document of XML or HTML, found without parsing it: which format it is in hangs on that alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Root", "root_of"]

_TAG = re.compile(r"<((?:[\w.-]{1,60}:)?[A-Za-z_][\w.-]{0,60})(?=[\s/>]|\Z)")
_SPACE = re.compile(r"\s*")
_SUBSET = re.compile(r"[\[\]>]|\Z")


@dataclass(frozen=True, slots=True)
class Root:
    """A document's first element: its name as it stands, what follows it up to ``>``, what stands behind that, and
    whether a document type is declared before it."""

    name: str
    attributes: str
    rest: str
    has_doctype: bool

    @property
    def local_name(self) -> str:
        """The name without its prefix."""
        return self.name.rpartition(":")[2]


def root_of(start: str) -> Root | None:
    """The root of a document that begins so (but for blanks); None if this is no document, or its root is further on.

    Each character is looked at once or twice, whatever the text.

    >>> root_of("<?xml version='1.0'?><!-- a < b --><dblp year='2024'>").name
    'dblp'
    """
    at, has_doctype = 0, False
    while True:
        at = _SPACE.match(start, at).end()  # type: ignore[union-attr]  # which matches anywhere
        if start.startswith("<?", at):
            at = start.find("?>", at) + 2
        elif start.startswith("<!--", at):
            at = start.find("-->", at) + 3
        elif start[at : at + 9].lower() == "<!doctype":
            at, has_doctype = _behind_doctype(start, at), True
        else:
            break
        if at < 4:  # there was no end to be found
            return None
    match = _TAG.match(start, at)
    if match is None:
        return None
    attributes, _, rest = start[match.end() : match.end() + 4096].partition(">")
    return Root(match.group(1), attributes, rest, has_doctype)


def _behind_doctype(text: str, at: int) -> int:
    """Where a document type ends, with what it declares in brackets; 0 if it does not."""
    depth = 0
    while (match := _SUBSET.search(text, at)) and match.group():
        at = match.end()
        depth += {"[": 1, "]": -1}.get(match.group(), 0)
        if match.group() == ">" and depth <= 0:
            return at
    return 0
