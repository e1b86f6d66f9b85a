"""``kg:matches``: words in a SPARQL query.

``FILTER(kg:matches(?paper, "reward model"))`` keeps the papers whose title or abstract has all these words, by the
store's full-text index; with a literal instead of a paper, it looks into that text.
"""

from __future__ import annotations

import re
from functools import lru_cache

import pyoxigraph as ox

from kg.errors import KgError
from kg.iris import paper_iri
from kg.questions.fulltext import full_text_query
from kg.rdf.terms import expand
from kg.store import GraphReader
from kg.text.folding import plain

__all__ = ["MATCHES", "Matcher"]

MATCHES = ox.NamedNode(expand("kg:matches"))
_WORD = re.compile(r"[^\W_]+")
_CACHED = 256  # texts searched for

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class Matcher:
    """The function, over one graph; to be given to the engine as ``custom_functions``."""

    def __init__(self, reader: GraphReader, base: str) -> None:
        self._reader = reader
        self._base = base
        self._papers = lru_cache(_CACHED)(self._find_papers)
        self._words = lru_cache(_CACHED)(_words)

    def __call__(self, *arguments: Term) -> ox.Literal | None:
        """True or false; None, an error to SPARQL, for anything but a paper or text and the words."""
        if len(arguments) != 2 or not isinstance(arguments[1], ox.Literal):
            return None
        where, words = arguments[0], arguments[1].value
        try:
            if isinstance(where, ox.NamedNode):
                return ox.Literal(where.value in self._papers(words))
            if isinstance(where, ox.Literal):
                wanted = self._words(words)
                return ox.Literal(bool(wanted) and wanted <= _words(where.value))
        except KgError:
            return ox.Literal(False)
        return None

    def _find_papers(self, words: str) -> frozenset[str]:
        rows = self._reader.rows(
            "SELECT id FROM paper WHERE rowid IN (SELECT rowid FROM paper_text WHERE paper_text MATCH ?)",
            (full_text_query(words),),
        )
        return frozenset(paper_iri(row[0], self._base) for row in rows)


def _words(text: str) -> frozenset[str]:
    """As the index cuts them: runs of letters and digits, without case and accents."""
    return frozenset(_WORD.findall(plain(text).casefold()))
