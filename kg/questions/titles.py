"""From what a person calls a paper, its identifier, its address, its title or words of it, to the paper."""

from __future__ import annotations

import re

from kg.errors import GoneError, NotFoundError
from kg.model import Paper
from kg.questions.fulltext import full_text_query
from kg.questions.identified import papers_identified
from kg.questions.sqltext import ANY_OF, any_of
from kg.store import GraphReader
from kg.text.folding import fold_title, title_hash
from kg.text.reading import render

__all__ = ["find_identified_paper", "find_paper", "find_titled_paper"]

_SUGGESTIONS = 4
_SHORTEST = 4  # letters: fewer are in many titles
_LOOKED_UP = 3  # words that are each looked up alone, where all together are in no title


def find_paper(reader: GraphReader, name: str) -> Paper:
    """The paper of this id, arXiv id, DOI or address, of this title, or of the one title that contains these words.

    Raises:
        GoneError: it was a paper's id, of which no source is left.
        NotFoundError: no paper fits, or several do (their titles are the suggestions).
    """
    if paper := find_identified_paper(reader, name):
        return paper
    if reader.is_gone(name):
        raise GoneError(name)
    return find_titled_paper(reader, name)


def find_identified_paper(reader: GraphReader, name: str) -> Paper | None:
    """The paper of this id, arXiv id, DOI or address; None if it is no paper's.

    Raises:
        NotFoundError: it is that of several papers (their titles are the suggestions).
    """
    ids = papers_identified(reader, name)
    if len(ids) > 1:
        rows = reader.rows(f"SELECT title FROM paper WHERE id IN {ANY_OF} ORDER BY id", (any_of(ids),))
        raise NotFoundError(name, tuple(render(title).text for (title,) in rows[:_SUGGESTIONS]))
    return reader.paper(ids[0]) if ids else None


def find_titled_paper(reader: GraphReader, name: str) -> Paper:
    """The paper of this title, or the one whose title contains these words.

    Raises:
        NotFoundError: no title fits, or several do (they are the suggestions).
    """
    # While a build is under way, records may belong to no paper yet, or to one that is gone.
    for (paper_id,) in reader.rows(
        "SELECT paper.id FROM record JOIN paper ON paper.id = paper_id WHERE title_key = ? ORDER BY paper.id LIMIT 1",
        (title_hash(name),),
    ):
        if found := reader.paper(paper_id):
            return found
    near = _with_title_words(reader, name)
    if len(near) == 1 and (paper := reader.paper(near[0][0])):
        return paper
    raise NotFoundError(name, tuple(render(title).text for _, title in near[:_SUGGESTIONS]))


def _with_title_words(reader: GraphReader, name: str) -> list[tuple[str, str]]:
    """(id, title) of the papers whose title contains these words in this order, the last maybe not to its end."""
    wanted, words = fold_title(name), re.findall(r"\w+", name)
    if not words or len(wanted) < _SHORTEST:
        return []
    # The index has the words of the stored text, where LaTeX may part a word ("Schr", "o", "dinger"), so that some word
    # of a title is not in it; the longest that are lead to few titles.
    longest = sorted(dict.fromkeys(words), key=len, reverse=True)[:_LOOKED_UP]
    for query in (full_text_query(name, last_begins=True), *(full_text_query(word) for word in longest)):
        rows = reader.rows(
            "SELECT id, paper.title FROM paper WHERE rowid IN "
            "(SELECT rowid FROM paper_text WHERE paper_text MATCH ?) ORDER BY id",
            (f"title : ({query})",),
        )
        if near := [(paper_id, title) for paper_id, title in rows if wanted in fold_title(title)]:
            return near
    return []
