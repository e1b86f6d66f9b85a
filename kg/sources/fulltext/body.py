"""The body of a paper as its reader goes through it: sections, and what floats in them, within bounds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.model.fulltext import Part, Table
from kg.model.kinds import PassageKind
from kg.sources.fields import LONGEST_TEXT
from kg.sources.fulltext.grids import Grid
from kg.text.characters import printable

__all__ = ["MOST_CHARACTERS", "BodyWriter", "unnumbered"]

MOST_CHARACTERS = 6_000_000
"""Of a body: a long book has two million."""

MOST_PARTS = 20_000

_DEEPEST = 12
_LONGEST_TITLE = 300
_MOST_REMARKS = 20
_NUMBERED = re.compile(
    r"\s{0,9}(?:(?i:appendix|section|chapter)\s{1,9}[A-Z\d][\d.]{0,9}\s{0,9}[.:)\u2014\u2013-]?\s{0,9}(?=\S)"
    r"|§?\s?\d{1,2}(?:\.\d{1,2}){0,4}[.):]?\s{1,9}(?=[^\W\d])"
    r"|[A-Z](?:\.\d{1,2}){1,4}[.):]?\s{1,9}|[A-Z][.):]\s{1,9}|[IVX]{1,5}[.):]\s{1,9})"
)

_LETTERED = re.compile(r"\s{0,9}[A-Z](?:\.\d{1,2}){0,4}[.:)]?\s{1,9}(?=[^\W\d_])")  # in an appendix "A Dogs" is one


def unnumbered(title: str) -> str:
    """The title of a section without its number.

    >>> unnumbered("3.2 Counting"), unnumbered("A.1. Sheep"), unnumbered("IV. Wool"), unnumbered("A Flock")
    ('Counting', 'Sheep', 'Wool', 'A Flock')
    """
    return _NUMBERED.sub("", title, count=1).strip() or title.strip()


@dataclass(slots=True)
class BodyWriter:
    """Takes the parts of a paper in the order of the document."""

    appendix: bool = False
    remarks: list[str] = field(default_factory=list)
    _open: list[tuple[int, str]] = field(default_factory=list)
    _paragraphs: list[str] = field(default_factory=list)
    _floating: list[Part] = field(default_factory=list)  # in the section at hand
    _parts: list[Part] = field(default_factory=list)
    _size: int = 0
    _lacking: dict[str, int] = field(default_factory=dict)

    def heading(self, level: int, title: str) -> None:
        """A section begins, inside those of a smaller level."""
        self.close(level)
        title = _LETTERED.sub("", title, count=1) if self.appendix else title
        if len(self._open) < _DEEPEST and (title := unnumbered(printable(title))[:_LONGEST_TITLE]):
            self._open.append((level, title))

    def begin_appendix(self) -> None:
        """The paper proper is over."""
        if not self.appendix:
            self.close(0)
            self.appendix = True

    def close(self, level: int) -> None:
        """The sections of this level and those inside them are over."""
        self._flush()
        while self._open and self._open[-1][0] >= level:
            self._open.pop()

    def paragraph(self, text: str) -> None:
        """A paragraph of the section at hand."""
        if self._takes(text):
            self._paragraphs.append(text)

    def caption(self, text: str) -> None:
        """What stands at a table or a figure."""
        self._float(PassageKind.CAPTION, text)

    def footnotes(self, texts: Iterable[str]) -> None:
        """Footnotes of what comes before."""
        for text in texts:
            self._float(PassageKind.FOOTNOTE, text)

    def table(self, table: Table, problem: str | None = None) -> None:
        """A table, and what of it was left out; one without a cell that says anything is none."""
        if problem:
            self.remark(f"leaves out {problem} of {_named(table)}")
        if any(cell.text for cell in table.cells) and self._takes(table.text):
            self._floating.append(Part.of_table(table, self._heading, appendix=self.appendix))

    def grid(self, grid: Grid, **said: object) -> None:
        """A table that was laid out; ``said`` are the other fields of ``Table``."""
        notes = (*grid.notes, *said.pop("notes", ()))  # type: ignore[misc]
        self.table(Table(grid.cells, rules=grid.rules, notes=notes, **said), grid.problem)  # type: ignore[arg-type]

    def lacks_table(self, why: str) -> None:
        """A table that could not be read."""
        self._lacking[why] = self._lacking.get(why, 0) + 1

    def remark(self, text: str) -> None:
        """What was left out, or could not be understood; each once."""
        if text not in self.remarks and len(self.remarks) < _MOST_REMARKS:
            self.remarks.append(text)

    def parts(self) -> tuple[Part, ...]:
        """All parts, once the document is over."""
        self._flush()
        for why, count in self._lacking.items():
            self.remark(f"leaves out {count} table{'s' * (count > 1)} {why}")
        return tuple(self._parts)

    @property
    def has_parts(self) -> bool:
        """Whether there is anything yet."""
        return bool(self._parts or self._paragraphs or self._floating)

    @property
    def _heading(self) -> tuple[str, ...]:
        return tuple(title for _, title in self._open)

    def _float(self, kind: PassageKind, text: str) -> None:
        if self._takes(text):
            self._floating.append(Part(kind, text, self._heading, self.appendix))

    def _takes(self, text: str) -> bool:
        """Whether there is a text, and room for it."""
        if not text:
            return False
        if len(text) > LONGEST_TEXT:
            self.remark(f"leaves out a paragraph or table of {len(text):,} characters, more than {LONGEST_TEXT:,}")
            return False
        count = len(self._parts) + len(self._floating)
        if self._size + len(text) > MOST_CHARACTERS or count >= MOST_PARTS:
            self.remark(f"leaves out what follows the first {self._size:,} characters; part the document")
            return False
        self._size += len(text)
        return True

    def _flush(self) -> None:
        """The text of the section at hand, in as many parts as its length wants, and what floats in it."""
        held: list[str] = []
        length = 0
        for text in self._paragraphs:
            if held and length + len(text) > LONGEST_TEXT:
                self._section(held)
                held, length = [], 0
            held.append(text)
            length += len(text) + 2
        if held:
            self._section(held)
        self._parts += self._floating
        self._paragraphs, self._floating = [], []

    def _section(self, paragraphs: list[str]) -> None:
        self._parts.append(Part(PassageKind.SECTION, "\n\n".join(paragraphs), self._heading, self.appendix))


def _named(table: Table) -> str:
    return (
        f"Table {table.number}" if table.number else f"a table ({table.caption[:40]!r})" if table.caption else "a table"
    )
