"""Plain text of the Web of Science: two letters, a blank, a value; three blanks where it goes on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.model import Paper, Reject
from kg.sources.authors import orcid
from kg.sources.fields import make_paper, one_line
from kg.sources.lines import Line
from kg.sources.statuses import status_of
from kg.sources.tagged import Layout, Record, read_records
from kg.sources.venues import venue_of

__all__ = ["issue_date", "listed", "read", "with_orcids"]

_LAYOUT = Layout(
    tag=re.compile(r"\ufeff?(?P<tag>[A-Z][A-Z0-9])(?: (?P<value>.*))?\Z"),
    first=frozenset(("PT",)),
    last="ER",
    around=frozenset(("FN", "VR", "EF")),
)


def read(lines: Iterable[Line], source: str) -> Iterator[Paper | Reject]:
    """One paper or reject for each record, at the line of its ``PT``."""
    return read_records(lines, source, _LAYOUT, _paper)


def _paper(record: Record, origin: str) -> Paper:
    kinds = record.texts("DT") + record.texts("PT")
    names = record.lines("AF") or record.lines("AU") or record.lines("BF") or record.lines("BA")
    return make_paper(
        origin,
        record.first("TI"),
        record.paragraphs("AB"),
        identifiers=record.texts("DI", "AR"),
        dates=[*issue_date(record.first("PD"), record.first("PY")), *record.texts("EA")],
        status=status_of(kinds),
        remarks=[*record.remarks, *record.wrong_dois("DI")],
        authors=with_orcids([*names, *record.lines("CA")], record.first("OI") or ""),
        venue=venue_of(record.texts("SO", "CT")),
        type=kinds,
        categories=listed(record.first("WC")),
        keywords=listed(record.first("DE")) + listed(record.first("ID")),
    )


def issue_date(day: str | None, year: str | None) -> list[str]:
    """The date of an issue, of which the index parts the year from the day or month (``MAR 5``, ``MAR-APR``)."""
    return [f"{day} {year}", year] if day and year else [year] if year else []


def listed(text: str | None) -> list[str]:
    """The parts of a list; commas belong to them."""
    return one_line(text or "").split(";")


def with_orcids(names: list[str], text: str) -> list[dict[str, str | None]]:
    """Authors with the ORCIDs that a list of the index has for their names.

    >>> with_orcids(["Lamb, Bo"], "Ewe, Ann/0000-0002-1694-233X; Lamb, Bo/0000-0002-1825-0097")
    [{'name': 'Lamb, Bo', 'orcid': '0000-0002-1825-0097'}]
    """
    parts = (part.partition("/") for part in re.split(r"[;\n]", text))
    known = {one_line(name).casefold(): orcid(number) for name, _, number in parts}
    return [{"name": name, "orcid": known.get(one_line(name).casefold())} for name in names]
