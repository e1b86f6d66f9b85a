"""The texts around a table: its panel and caption, its notes, the sentences that refer to it, its section."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from kg.extraction.tables.context import Context, Source, read_source
from kg.extraction.tables.known import Known
from kg.extraction.tables.rows import NamedIn
from kg.model import Paper, PassageKind, Table

__all__ = ["Surroundings", "own_sentences", "running_texts"]

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\u2207(\"])|\n\s*\n")
_REFERS = re.compile(
    r"\b(?:Tables?|"
    r"Tabs?\.?)\s?~?(?P<numbers>(?:[A-Z]?\.?\d{1,3}(?:\.\d{1,2})?[a-z]?(?:\([a-z]\))?(?:\s?(?:,|and|"
    r"&|-|\u2013)\s?(?:Tables?\s)?)?){1,4})"
)
_NUMBER = re.compile(r"[A-Z]?\.?\d{1,3}(?:\.\d{1,2})?")
_PANEL = re.compile(r"\(([a-h])\)")
_REPORTS = re.compile(
    r"\b(?:report|metrics?|measure[ds]?|evaluat\w+|scores? (?:are|is)|accurac\w+ (?:is|are)|"
    r"in (?:percent|%)|data ?sets?|test(?:ed)? on|benchmarks?)\b",
    re.IGNORECASE,
)
_MEASURES = re.compile(
    r"\b(?:report|metrics?|measured? (?:by|in|with|as|using)|in terms of|scores? are|(?:is|"
    r"are) (?:given|the \w+ (?:accuracy|rate))|better for)\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"\b[Oo]ur (?:[a-z-]{1,20} ){0,2}(?:models?|methods?|systems?|approach|agent|framework)\b|is our\b")
_MOST_OWN = 40
_MOST_SENTENCES = 6
_LONGEST = 600
_MOST_TEXT = 400_000  # characters of a paper's sections that are looked through


class Surroundings:
    """What one paper says around its tables; sentences are found once."""

    def __init__(self, paper: Paper, known: Known) -> None:
        self._paper = paper
        self._known = known

    @cached_property
    def _sentences(self) -> list[tuple[int, str]]:
        return list(_sentences_of(self._paper))

    @cached_property
    def _referring(self) -> dict[str, list[str]]:
        """The sentences that refer to a table, by its number, each with the one behind it."""
        found: dict[str, list[str]] = {}
        for at, (_, sentence) in enumerate(self._sentences):
            for match in _REFERS.finditer(sentence):
                for number in _NUMBER.findall(match["numbers"]):
                    found.setdefault(number, []).append(sentence)
                    before = self._sentences[at - 1][1] if at else ""
                    if _REPORTS.search(before):
                        found[number].append(before)
        return found

    def of(self, number: int, table: Table) -> Context:
        """The texts around the table that is part ``number`` of the body, the nearest first."""
        return Context(tuple(source for source in self._sources(number, table) if source.text))

    def _sources(self, number: int, table: Table) -> Iterator[Source]:
        caption = _of_panel(table.caption, self._panel_letter(number, table))
        if table.panel:
            yield read_source(table.panel, NamedIn.PANEL, self._known)
        if caption:
            yield read_source(caption, NamedIn.CAPTION, self._known)
        if table.notes:
            yield read_source(" ".join(table.notes), NamedIn.CAPTION, self._known)
        if table.number:
            told = [*dict.fromkeys(self._referring.get(table.number, ()))][:_MOST_SENTENCES]
            if told:
                yield read_source(" ".join(told), NamedIn.TEXT, self._known)
        part = self._paper.body[number]
        near = [s for n, s in self._sentences if self._paper.body[n].heading == part.heading and _MEASURES.search(s)]
        if near:
            yield read_source(" ".join(near[:_MOST_SENTENCES]), NamedIn.TEXT, self._known)
        if part.heading:
            yield read_source(part.heading[-1], NamedIn.TEXT, self._known)

    def _panel_letter(self, number: int, table: Table) -> str | None:
        """The letter of a panel among those that share its caption."""
        if not table.panel and len(_PANEL.findall(table.caption)) < 2:
            return None
        if (letter := re.match(r"\s*\(([a-h])\)", table.panel)) is not None:
            return letter[1]
        shared = [
            n for n, part in enumerate(self._paper.body)
            if part.table is not None and part.table.caption == table.caption and part.table.number == table.number
        ]  # fmt: skip
        return "abcdefgh"[shared.index(number)] if 1 < len(shared) <= 8 and number in shared else None


def _sentences_of(paper: Paper) -> Iterator[tuple[int, str]]:
    """The sentences of a paper's sections, with the number of their part."""
    left = _MOST_TEXT
    for number, part in enumerate(paper.body):
        if part.kind is PassageKind.SECTION and left > 0:
            left -= len(part.text)
            yield from ((number, sentence) for sentence in _SENTENCE.split(part.text) if 0 < len(sentence) <= _LONGEST)


def running_texts(paper: Paper) -> Iterator[str]:
    """What a paper says in sentences: title and abstract, sections, captions."""
    yield from (paper.title, paper.abstract or "")
    yield from (part.text for part in paper.body if part.kind is PassageKind.SECTION)
    yield from (part.table.caption for part in paper.body if part.table is not None)


def own_sentences(paper: Paper) -> list[str]:
    """The first sentences of a paper that say what its own system is called."""
    found = (sentence for _, sentence in _sentences_of(paper) if _OWN.search(sentence))
    return [*islice(found, _MOST_OWN)]


def _of_panel(caption: str, letter: str | None) -> str:
    """A caption with what it says of one panel alone.

    >>> _of_panel("Results. (a) accuracy; (b) pass@1.", "b")
    'Results.  pass@1.'
    """
    if letter is None:
        return caption
    marks = list(_PANEL.finditer(caption))
    mine = next((at for at, mark in enumerate(marks) if mark[1] == letter), None)
    if mine is None or len(marks) < 2:
        return caption
    if caption[: marks[0].start()].strip() == "" or marks[0].start() < marks[mine].start() or mine == 0:
        # "(a) accuracy; (b) pass@1": a mark stands before what it marks.
        stop = marks[mine + 1].start() if mine + 1 < len(marks) else len(caption)
        return caption[: marks[0].start()] + caption[marks[mine].end() : stop]
    return caption
