"""Search: things, papers and people, as one types or on a page of its own."""

from __future__ import annotations

from starlette.responses import JSONResponse, RedirectResponse, Response

from kg.errors import KgError
from kg.questions import papers
from kg.questions import search as question
from kg.questions.search import Found
from kg.server.pages.address import author_address, entity_address, paper_address
from kg.server.pages.visit import Page, Visit
from kg.wire import Row

__all__ = ["show", "suggest"]

_SUGGESTED, _FOUND = 6, 20
_LONGEST = 300  # characters that are looked for


def show(visit: Visit) -> Page | Response:
    """What was found for words; ``go`` leads to a thing that is called exactly so."""
    text = (visit.text("q") or "")[:_LONGEST]
    found = question.ask(visit.reader, question.SearchRequest(text, _FOUND))
    first = found.entities[:1]
    if visit.flag("go") and first and first[0].name.casefold() == text.casefold():
        return RedirectResponse(entity_address(first[0].entity.id), 302)
    page = _with_text(visit, text)
    values = {"q": text, "found": found, "page": page}
    rows = _rows(found)
    return Page("search.html", values, rows)


def suggest(visit: Visit) -> Response:
    """The first few of each kind, for the script of the search field."""
    text = (visit.text("q") or "")[:_LONGEST]
    found = question.ask(visit.reader, question.SearchRequest(text, _SUGGESTED))
    return JSONResponse(_rows(found), headers={"cache-control": "no-cache"})


def _with_text(visit: Visit, text: str) -> papers.HitPage | None:
    """Papers that have these words in title or abstract."""
    if not text:
        return None
    try:
        return papers.ask_page(visit.reader, papers.PapersRequest(text=text, limit=_FOUND))
    except KgError:  # signs alone
        return None


def _rows(found: Found) -> list[Row]:
    told: list[Row] = []
    for each in found.entities:
        thing = each.entity
        told.append(_row(str(thing.kind), thing.label, entity_address(thing.id), each.papers))
        told[-1]["also"] = None if each.name == thing.label else each.name
    told += (_row("author", each.name, author_address(each.name), each.papers) for each in found.people)
    for paper in found.papers:
        told.append(_row("paper", paper.label, paper_address(paper.id), 1))
        told[-1]["also"] = paper.date
    return told


def _row(kind: str, name: str, address: str, papers: int) -> Row:
    return {"kind": kind, "name": name, "also": None, "papers": papers, "address": address}
