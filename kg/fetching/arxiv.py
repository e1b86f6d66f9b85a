"""arXiv's API: one request in three seconds, as its terms ask (https://info.arxiv.org/help/api/tou.html)."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

from kg.errors import FetchError
from kg.fetching.client import HalfAnswerError, PoliteClient
from kg.fetching.files import Fetched, fetch_pages, folder_name
from kg.model import Reject
from kg.sources import SourceFile, read_source

__all__ = ["BASE", "PAUSE", "fetch_arxiv"]

BASE = "https://export.arxiv.org"
PAUSE = 3.0
_PAGE = 200
_TOTAL = re.compile(rb"totalResults[^>]*>\s*(\d{1,9})\s*<")


def fetch_arxiv(
    client: PoliteClient, query: str, out: Path, *, most: int, today: datetime.date, refresh: bool = False
) -> Fetched:
    """The newest papers that match a query in arXiv's syntax (``cat:cs.LG AND abs:"reward model"``).

    The list is that of ``today``: arXiv's changes once a day, and so does the folder.

    Raises:
        FetchError: arXiv refuses the query or cannot be reached.
    """
    size = min(_PAGE, most)

    def fetch(page: int, wanted: int) -> bytes:
        parameters = {
            "search_query": query, "start": str(page * size), "max_results": str(wanted),
            "sortBy": "submittedDate", "sortOrder": "descending",
        }  # fmt: skip
        body = client.get("/api/query", parameters, lambda answer: _check(answer, page * size))
        _refuse_error(body)
        return body

    folder = out / "arxiv" / folder_name(query if size == _PAGE else f"{query} {size}") / today.isoformat()
    return fetch_pages(folder, ".xml", size, most, fetch, refresh=refresh)


def _check(body: bytes, start: int) -> None:
    if not body.rstrip().endswith((b"</feed>", b"/>")):
        raise HalfAnswerError("the answer is cut off")
    total = _TOTAL.search(body)
    # Known of this API: a page that should have entries now and then has none.
    if total and int(total.group(1)) > start and b"<entry" not in body:
        raise HalfAnswerError("the answer is empty though there are more papers")


def _refuse_error(body: bytes) -> None:
    if b"/api/errors" not in body:
        return
    for row in read_source(SourceFile("", "arXiv", None, body)):
        if isinstance(row, Reject) and "error" in row.reason:
            raise FetchError(f"arXiv refuses the query: {row.reason}; see its syntax at {_SYNTAX}")


_SYNTAX = "https://info.arxiv.org/help/api/user-manual.html"
