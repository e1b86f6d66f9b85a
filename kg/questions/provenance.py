"""Where a paper was read, and where its sources say different things of it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import PAPER_FIELDS
from kg.store import GraphReader
from kg.text.dates import is_less_exact

__all__ = ["Disagreement", "find_disagreements"]

_FIELDS = ("title", "abstract", *(field.name for field in PAPER_FIELDS if field.contested))
_TELLING_IF_ABSENT = "status"  # what only some sources know: that the paper was retracted
_NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A field that sources state differently: each value with the places (``file:line``) that state it."""

    field: str
    values: tuple[tuple[str, tuple[str, ...]], ...]


def find_disagreements(reader: GraphReader, paper_id: str) -> tuple[Disagreement, ...]:
    """The fields of one paper that its sources state differently; what a source leaves out, it does not deny.

    Only of a retraction it is told, too, which sources say nothing of it: those from before it, as a rule. Type and
    venue are no matter of dispute, for a preprint and its publication each have their own.

    The graph shows the longest abstract, the title that came with it, the earliest date, and of all else what that
    same source says, or the next.
    """
    rows = reader.rows(
        f"SELECT name || ':' || line, {', '.join(_FIELDS)} FROM record JOIN source ON source.id = source_id "
        "WHERE paper_id = ? ORDER BY name, line",
        (paper_id,),
    )
    found = []
    for column, name in enumerate(_FIELDS, start=1):
        places: dict[str, list[str]] = {}
        for row in rows:
            if row[column] is not None and row[column] != "":
                # Line breaks of a text are those of the page, and no one's statement.
                places.setdefault(" ".join(str(row[column]).split()), []).append(row[0])
            elif name == _TELLING_IF_ABSENT:
                places.setdefault(_NOTHING, []).append(row[0])
        # A month that another source gives the day of, or a day without its year, contradicts nothing.
        values = {v: each for v, each in places.items() if name != "date" or not is_less_exact(v, places)}
        if len(values) > 1:
            found.append(Disagreement(name, tuple((value, tuple(each)) for value, each in values.items())))
    return tuple(found)
