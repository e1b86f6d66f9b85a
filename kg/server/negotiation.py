"""Which of several representations a client would rather have (RFC 9110, section 12.5.1).

What is no media range is passed over, and a header in which nothing is one says nothing: strange clients are served,
too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

__all__ = ["media_type", "preferred"]

_ELEMENT = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*"?)+')  # commas within quotes part nothing
_RANGE = re.compile(r"\s*([\w!#$&^.+*-]+)/([\w!#$&^.+*-]+)\s*(?:;|\Z)", re.ASCII)
_QUALITY = re.compile(r";\s*q\s*=\s*([^\s;]*)", re.ASCII | re.IGNORECASE)
_VALUE = re.compile(r"(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\Z")


def preferred(accept: str | None, offers: Iterable[str]) -> str | None:
    """The offer that an ``Accept`` header gives the highest quality, the first of equals; None if it accepts none.

    >>> preferred("text/turtle;q=0.5, application/*", ["text/turtle", "application/ld+json"])
    'application/ld+json'
    >>> preferred("text/html", ["text/turtle"]), preferred(None, ["text/turtle"])
    (None, 'text/turtle')
    """
    ranges = dict(_ranges(accept or "")) or {("*", "*"): 1.0}
    best, found = 0.0, None
    for offer in offers:
        quality = _quality(offer, ranges)
        if quality > best:
            best, found = quality, offer
    return found


def media_type(content_type: str) -> tuple[str, str]:
    """The type that a ``Content-Type`` header names, in small letters, and its character set (UTF-8 unless it says).

    >>> media_type("Application/SPARQL-Query; charset=latin-1")
    ('application/sparql-query', 'latin-1')
    """
    kind, _, parameters = content_type.partition(";")
    charset = re.search(r'charset\s*=\s*"?([^\s;"]+)', parameters, re.IGNORECASE)
    return kind.strip().lower(), charset[1].lower() if charset else "utf-8"


def _ranges(accept: str) -> Iterator[tuple[tuple[str, str], float]]:
    for element in _ELEMENT.findall(accept):
        found = _RANGE.match(element)
        if found is None or (found[1] == "*" != found[2]):
            continue
        quality = _QUALITY.search(element)
        if quality is None or _VALUE.match(quality[1]):
            yield (found[1].lower(), found[2].lower()), float(quality[1]) if quality else 1.0


def _quality(offer: str, ranges: dict[tuple[str, str], float]) -> float:
    """That of the most specific range which the offer is in."""
    kind, _, subtype = offer.partition("/")
    for wanted in ((kind, subtype), (kind, "*"), ("*", "*")):
        if wanted in ranges:
            return ranges[wanted]
    return 0.0
