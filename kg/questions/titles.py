"""From what a person calls a paper, its id, its title or words of it, to the paper."""

from __future__ import annotations

import re

from kg.errors import NotFoundError
from kg.model import Paper
from kg.questions.fulltext import full_text_query
from kg.store import GraphReader
from kg.text.folding import fold_title, title_hash

__all__ = ["find_paper"]

_SUGGESTIONS = 4
_SHORTEST = 4  # letters: fewer are in many titles


def find_paper(reader: GraphReader, name: str) -> Paper:
    """The paper with this id, or this title, or the one title that contains these words.

    Raises:
        NotFoundError: no paper fits, or several do (their titles are the suggestions).
    """
    return reader.paper(name) or _by_title(reader, name)


def _by_title(reader: GraphReader, name: str) -> Paper:
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
    raise NotFoundError(name, tuple(title for _, title in near[:_SUGGESTIONS]))


def _with_title_words(reader: GraphReader, name: str) -> list[tuple[str, str]]:
    """(id, title) of the papers whose title contains these words in this order, the last maybe not to its end."""
    wanted, words = fold_title(name), re.findall(r"\w+", name)
    if not words or len(wanted) < _SHORTEST:
        return []
    rows = reader.rows(
        "SELECT id, paper.title FROM paper WHERE rowid IN (SELECT rowid FROM paper_text WHERE paper_text MATCH ?) "
        "ORDER BY id",
        (f"title : ({full_text_query(name)} *)",),
    )
    return [(paper_id, title) for paper_id, title in rows if wanted in fold_title(title)]
