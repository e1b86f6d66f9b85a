"""Papers as Hugging Face's API has them.

``/api/daily_papers`` answers with items around a paper, ``/api/papers/{id}`` with a paper. An item
repeats fields of its paper, and what one level lacks the other may have.
"""

from __future__ import annotations

from kg.model import Paper
from kg.sources import jsonl
from kg.sources.addresses import is_repository
from kg.sources.fields import Row, at, count_of, make_paper
from kg.sources.jsonvalues import first_text, plain_text

__all__ = ["is_record", "paper"]

_MARKS = ("summary", "upvotes", "ai_summary", "publishedAt", "submittedOnDailyAt", "numComments", "githubRepo")


def is_record(row: Row) -> bool:
    """Whether an object is an item or a paper of Hugging Face's, or much like one."""
    inner = row.get("paper")
    if isinstance(inner, dict):
        return any(mark in each for mark in _MARKS for each in (inner, row))
    return "summary" in row and "title" in row and "abstract" not in row and not jsonl.is_record(row)


def paper(row: Row, origin: str) -> Paper:
    """The paper of one object. Its words are ``title`` and ``summary``; what begins with ``ai_`` is not its own.

    Raises:
        RecordError: it has no title.
    """

    def either(*path: str) -> object:
        inner = at(row, "paper", *path)
        return at(row, *path) if inner in (None, "", []) else inner

    pages = [plain_text(either(name)) for name in ("url", "projectPage")]
    return make_paper(
        origin,
        either("title"),
        first_text(either("summary"), either("abstract")),
        identifiers=[either("id"), either("doi"), either("arxivId"), either("url")],
        dates=[either("publishedAt"), either("published"), either("submittedOnDailyAt")],
        urls=pages,
        author_count=count_of(either("authors")),
        authors=either("authors"),
        organisation=either("organization", "fullname") or either("organization", "name"),
        upvotes=count_of(either("upvotes")),
        repositories=[each for each in (plain_text(either("githubRepo")), *pages) if is_repository(each)],
    )
