"""What a record says of its paper without saying it: by its identifier, its title, the links in its abstract."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.model import Paper, PaperStatus, PaperType
from kg.sources.addresses import repositories_in
from kg.text.dates import is_date

__all__ = ["derived"]

# How publishers mark what became of a paper before its title, and what is no paper of its own.
_MARK = r"\s?[\]):.\u2013\u2014-]"
_STATUS_IN_TITLE = re.compile(
    rf"\W{{0,3}}(?P<word>retracted|withdrawn)(?: (?:article|paper|chapter|manuscript))?{_MARK}", re.IGNORECASE
)
_NOTICE_IN_TITLE = re.compile(
    r"\W{0,3}(?P<word>erratum|errata|corrigendum|corrigenda|(?:author |publisher |editorial )?correction|"
    rf"retraction(?: (?:note|notice))?|withdrawal(?: notice)?|expression of concern)(?: to| of| for|{_MARK})",
    re.IGNORECASE,
)
_RETRACTIONS = ("retraction", "withdrawal", "expression")
_THIS_PAPER = r"\s*(?:this|the) (?:paper|article|submission|manuscript|work|preprint)"
_WITHDRAWN = re.compile(
    rf"{_THIS_PAPER}(?: \S{{1,30}})? (?:has|have) been withdrawn\b|{_THIS_PAPER} (?:is|was) withdrawn\b|"
    r"\s*withdrawn\W*\Z",
    re.IGNORECASE,
)


def derived(paper: Paper) -> Paper:
    """The record with what follows from what it states: what it states itself is left as it is.

    The month of submission is part of an arXiv id. A title may begin with "RETRACTED:" or "Erratum to"; an abstract
    may say nothing but that the paper is withdrawn, or name the repository of the code.
    """
    title, abstract = paper.title, paper.abstract
    changes: dict[str, object] = {}
    if paper.date is None and paper.arxiv and (month := _month(paper.arxiv)):
        changes["date"] = month
    if found := tuple(each for each in repositories_in(abstract) if each not in paper.repositories):
        changes["repositories"] = (*paper.repositories, *found)
    if paper.status is None and (status := _status(title, abstract)):
        changes["status"] = status
    if match := _NOTICE_IN_TITLE.match(title):
        retracts = match["word"].lower().startswith(_RETRACTIONS)
        changes["type"] = str(PaperType.RETRACTION if retracts else PaperType.ERRATUM)
    return replace(paper, **changes) if changes else paper  # type: ignore[arg-type]


def _month(arxiv: str) -> str | None:
    """The month that the id was given in (https://info.arxiv.org/help/arxiv_identifier.html).

    >>> _month("2402.01234"), _month("cs/0112017"), _month("9999.12345")
    ('2024-02', '2001-12', None)
    """
    number = arxiv.rpartition("/")[2]
    century = "19" if "/" in arxiv and number[0] == "9" else "20"
    date = f"{century}{number[:2]}-{number[2:4]}"
    return date if is_date(date) else None


def _status(title: str, abstract: str) -> str | None:
    if match := _STATUS_IN_TITLE.match(title):
        return str(PaperStatus(match["word"].lower()))
    return str(PaperStatus.WITHDRAWN) if _WITHDRAWN.match(abstract) else None
