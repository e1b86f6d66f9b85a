"""SPARQL: an editor, the queries that ship, and the answer as a table whose IRIs lead to pages."""

from __future__ import annotations

from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from starlette.responses import Response

from kg.errors import KgError
from kg.rdf.terms import PREFIXES
from kg.server.pages.address import entity_address, paper_address, web_address
from kg.server.pages.visit import BusyError, Page, Visit
from kg.server.problems import ProblemError
from kg.server.queries import shipped_queries

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.rdf.sparql import Answer

__all__ = ["Cell", "show"]

_ROWS = 500  # that a page shows; data has as many as the settings allow
_FIRST = "papers-on-benchmark"
_AT_ONCE = BoundedSemaphore(12)  # queries, waiting ones included, of the forty threads that answer


@dataclass(frozen=True, slots=True)
class Cell:
    """A term of an answer as people read it, and where it leads."""

    text: str
    address: str | None = None


def show(visit: Visit) -> Page | Response:
    """The editor with the query of the address, or with the ``shipped`` one; and the answer, if one was asked."""
    query, name = visit.query.get("query", "").strip(), visit.text("shipped")
    shipped = shipped_queries()
    chosen = next((each for each in shipped if each.name == (name or _FIRST)), None)
    if name is not None and chosen is None:
        raise KgError(f"no query is called {name!r}; there are {', '.join(each.name for each in shipped)}")
    run = bool(query) or visit.flag("run")
    text = query or (chosen.text if chosen else "")
    values: dict[str, object] = {"query": text, "shipped": shipped, "chosen": None if query else chosen}
    values |= {"answer": None, "columns": (), "table": (), "graph": "", "error": None, "rows_most": _ROWS}
    if not run or not text:
        return Page("query.html", values)
    most = _ROWS if visit.format == "html" else visit.settings.sparql_rows
    try:
        answer = _asked(visit, text, most)
    except KgError as error:
        if visit.format != "html":
            raise
        return Page("query.html", {**values, "error": str(error)}, error=error)
    if visit.format != "html":
        return _as_data(answer, visit.format)
    return Page("query.html", {**values, **_shown(answer, visit.settings.base)})


def _asked(visit: Visit, text: str, most: int) -> Answer:
    """The answer, unless so many queries run and wait that those who want pages would have to wait for them, too."""
    if not _AT_ONCE.acquire(blocking=False):
        raise BusyError("many queries are running; try again in a few seconds")
    try:
        return visit.sparql.ask(text, rows=most)
    except ProblemError as problem:  # it is not ready yet
        raise BusyError(problem.detail) from None
    finally:
        _AT_ONCE.release()


def _as_data(answer: Answer, form: str) -> Response:
    """In the W3C's formats; a graph as Turtle or JSON-LD."""
    if answer.kind == "graph":
        media = ("jsonld", "application/ld+json") if form.startswith("json") else ("turtle", "text/turtle")
    elif form == "csv" and answer.kind == "rows":
        media = ("csv", "text/csv; charset=utf-8")
    else:
        media = ("json", "application/sparql-results+json")
    return Response(answer.serialise(media[0]), media_type=media[1])


def _shown(answer: Answer, base: str) -> dict[str, object]:
    if answer.kind == "graph":
        return {"answer": answer, "graph": answer.serialise("turtle").decode("utf-8", "replace")}
    if answer.kind != "rows":
        return {"answer": answer}
    columns = answer.columns()
    table = [[_cell(row.get(name), base) for name in columns] for row in answer.terms()]
    return {"answer": answer, "columns": columns, "table": table}


def _cell(term: Mapping[str, str] | None, base: str) -> Cell:
    """IRIs of the graph without their base, others with their prefix, literals without their type."""
    if term is None:
        return Cell("")
    text = str(term["value"])
    if term["type"] != "uri":
        return Cell(text)
    if text.startswith(base):
        return _of_the_graph(text.removeprefix(base))
    for prefix, iri in PREFIXES.items():
        if text.startswith(iri):
            return Cell(f"{prefix}:{text.removeprefix(iri)}", text)
    return Cell(text, web_address(text))


def _of_the_graph(path: str) -> Cell:
    """A path below the base: of an entity, a paper, or a part of one, which has no page."""
    from urllib.parse import unquote

    name = unquote(path)
    if path.startswith("paper/"):
        id_ = name.removeprefix("paper/")
        parts = any(f"/{part}/" in path for part in ("claim", "result", "derivation"))
        return Cell(name, None if parts else paper_address(id_))
    return Cell(name, entity_address(name))
