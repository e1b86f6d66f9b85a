"""OpenAlex's works by a search; its snapshot is the better way to more than 10,000 of them."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

from kg.fetching.client import HalfAnswerError, PoliteClient
from kg.fetching.files import Fetched, fetch_pages, folder_name

__all__ = ["BASE", "MOST", "PAUSE", "fetch_openalex"]

BASE = "https://api.openalex.org"
PAUSE = 1.0
MOST = 10_000  # its limit for pages by number; those by cursor need a key and cannot be resumed
_PAGE = 100
_FIELDS = (
    "id,doi,title,display_name,publication_date,publication_year,ids,primary_location,best_oa_location,locations,"
    "authorships,abstract_inverted_index"
)


def fetch_openalex(
    client: PoliteClient,
    query: str,
    out: Path,
    *,
    most: int,
    today: datetime.date,
    api_key: str | None = None,
    refresh: bool = False,
) -> Fetched:
    """The works that match a search best. ``api_key`` is free and raises what one may ask in a day.

    Raises:
        FetchError: OpenAlex refuses or cannot be reached.
    """
    size = min(_PAGE, most)

    def fetch(page: int, wanted: int) -> bytes:
        parameters = {"search": query, "per_page": str(size), "page": str(page + 1), "select": _FIELDS}
        if api_key:
            parameters["api_key"] = api_key
        body = client.get("/works", parameters, _check)
        # Pages are counted in whole ones, so of the last there may be more than was asked for.
        answer = json.loads(body)
        answer["results"] = answer["results"][:wanted]
        return json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass")

    folder = out / "openalex" / folder_name(query if size == _PAGE else f"{query} {size}") / today.isoformat()
    return fetch_pages(folder, ".json", size, min(most, MOST), fetch, refresh=refresh)


def _check(body: bytes) -> None:
    try:
        answer = json.loads(body)
        if isinstance(answer, dict) and isinstance(answer.get("results"), list):
            return
    except (ValueError, RecursionError):
        pass
    raise HalfAnswerError("the answer is no list of works, or cut off")
