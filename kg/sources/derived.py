"""What a record says of its paper without saying it: by its identifier, its title, the links in its abstract."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Paper
from kg.sources.addresses import repositories_in
from kg.text.dates import is_date
from kg.text.titles import title_marks, type_by_title, withdrawal

__all__ = ["derived"]


def derived(paper: Paper) -> Paper:
    """The record with what follows from what it states: what it states itself is left as it is.

    The month of submission is part of an arXiv id. A title may begin with "RETRACTED:" or "Erratum to", or be that of a
    volume or its index (what it says so counts more than a publisher's type, which is "article" for all of them); an
    abstract may begin with the notice that the paper is withdrawn, or name the repository of the code.
    """
    title, abstract = paper.title, paper.abstract
    changes: dict[str, object] = {}
    if paper.date is None and paper.arxiv and (month := _month(paper.arxiv)):
        changes["date"] = month
    named = repositories_in(abstract)
    if named and (found := [each for each in named if each not in paper.repositories]):
        changes["repositories"] = (*paper.repositories, *found)
    if paper.status is None and (status := _status(title, abstract)):
        changes["status"] = status
    if kind := type_by_title(title, has_abstract=bool(abstract)):
        changes["type"] = str(kind)
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
    for mark in title_marks(title):
        if mark.status is not None:
            return str(mark.status)
    status = withdrawal(abstract)
    return str(status) if status else None
