"""EndNote's export (``.enw``), also known as Refer: a percent sign, a letter, a blank, a value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.model import Paper, Reject
from kg.sources.addresses import is_repository
from kg.sources.dates import iso_date
from kg.sources.fields import make_paper
from kg.sources.lines import Line
from kg.sources.statuses import status_of
from kg.sources.tagged import Layout, Record, read_records
from kg.sources.venues import type_at, venue_of

__all__ = ["read"]

_LAYOUT = Layout(
    tag=re.compile(r"\ufeff?(?P<tag>%[0-9A-Z@~^$!&*()#+?<>=\[-])(?:\s(?P<value>.*))?\Z"),
    first=frozenset(("%0",)),
    parted=True,
)


def read(lines: Iterable[Line], source: str) -> Iterator[Paper | Reject]:
    """One paper or reject for each record, at the line of its ``%0``."""
    return read_records(lines, source, _LAYOUT, _paper)


def _paper(record: Record, origin: str) -> Paper:
    addresses = record.lines("%U", "%>")
    kinds = record.texts("%9", "%0")
    venues = record.texts("%J", "%B")
    university = "thesis" in (record.first("%0") or "").lower()
    venue = venue_of(record.texts("%I") if university else venues)
    return make_paper(
        origin,
        record.first("%T", "%!"),
        record.paragraphs("%X"),
        identifiers=[
            *record.texts("%R"),
            *addresses,
            *record.texts("%M", "%Z", "%N", "%P", "%V", "%J", "%B"),
            *(f"{venue} {volume}" for venue in venues[:1] for volume in record.texts("%V")),
        ],
        dates=_dates(record),
        urls=[address for address in addresses if not is_repository(address)],
        status=status_of(kinds),
        remarks=[*record.remarks, *record.wrong_dois("%R")],
        authors=[name for line in record.lines("%A") for name in line.split(";")],
        venue=venue,
        type=type_at(venue, kinds),
        repositories=[address for address in addresses if is_repository(address)],
        keywords=[word for line in record.lines("%K") for word in line.split(";")],
    )


def _dates(record: Record) -> list[str]:
    """The year, with the day or month that stands beside it without one."""
    years = record.texts("%D")
    days = record.texts("%8")
    within = [f"{day} {year}" for day in days for year in years[:1] if iso_date(day) is None]
    return [*within, *(day for day in days if iso_date(day)), *years]
