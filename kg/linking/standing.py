"""Whether what a paper says of things are statements about its own work."""

from __future__ import annotations

from kg.model import PaperStatus, PaperType
from kg.text.titles import is_only_notice

__all__ = ["presents_work"]


def presents_work(kind: str | None, status: str | None, abstract: str) -> bool:
    """Whether a paper of this type (``PaperType``) and ``PaperStatus`` presents work of its own.

    Volumes, errata and retractions name what others did: they mention it, and introduce and measure nothing. So does an
    abstract that only says why the paper was withdrawn. A retracted paper whose abstract still stands keeps what it
    states; its status goes with it.

    >>> presents_work("article", None, "We propose a planner."), presents_work("erratum", None, "Table 2 is wrong.")
    (True, False)
    """
    if kind is not None and kind in set(PaperType) and not PaperType(kind).speaks_for_itself:
        return False
    return status not in set(PaperStatus) or not is_only_notice(abstract)
