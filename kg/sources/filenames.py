"""What the name of a file says of the paper in it."""

from __future__ import annotations

import re

from kg.identifiers import arxiv_id

__all__ = ["arxiv_id_in_name", "stem"]

_ID = re.compile(
    r"(?:arxiv[-_. ]{0,2})?(\d{4}\.\d{4,5}|[a-z-]{2,12}(?:\.[A-Z]{2})?[_-]?\d{7})(?:v\d{1,3})?(?![\d.]\d)", re.I
)
_OLD = re.compile(r"([a-z-]{2,12}?(?:\.[A-Z]{2})?)[_-]?(\d{7})\Z", re.I)
_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,9}\Z")


def stem(name: str) -> str:
    """The name of a file without its folder and its endings.

    >>> stem("papers/2401.01234v2.tei.xml"), stem("a.b/shepherd2024.pdf")
    ('2401.01234v2', 'shepherd2024')
    """
    base = name.rpartition("/")[2]
    while (cut := _SUFFIX.sub("", base)) != base and cut:
        base = cut
    return base


def arxiv_id_in_name(name: str) -> str | None:
    """The arXiv id that a file is named after.

    >>> arxiv_id_in_name("html/2401.01234v2.html"), arxiv_id_in_name("cs0112017.pdf"), arxiv_id_in_name("v2.pdf")
    ('2401.01234', 'cs/0112017', None)
    """
    match = _ID.match(stem(name))
    if match is None:
        return None
    old = _OLD.match(match.group(1))
    return arxiv_id(f"{old.group(1)}/{old.group(2)}" if old else match.group(1))
