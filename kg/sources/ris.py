"""RIS, as publishers, indexes and reference managers export it (https://en.wikipedia.org/wiki/RIS_(file_format))."""

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

_LAYOUT = Layout(tag=re.compile(r"(?P<tag>[A-Z][A-Z0-9])  -(?: (?P<value>.*))?"), first=frozenset(("TY",)), last="ER")
# How a line may look whose exporter counts blanks or capitals in its own way.
_LINE = re.compile(
    r"(?P<indent>[\ufeff\s]{0,20})(?P<tag>[A-Za-z][A-Za-z0-9])(?P<gap>[ \t]{0,4})-(?P<value>.*)", re.DOTALL
)
_END = re.compile(r"\s{0,20}ER[ \t]{0,4}-\s{0,20}\Z", re.IGNORECASE)
_TITLES = ("TI", "T1", "CT", "BT", "ST")
_VENUES = ("JF", "T2", "BT", "JO", "C3", "JA", "J2")
_ADDRESSES = ("UR", "L1", "L2", "LK")
_WITH_IDENTIFIERS = ("DO", *_ADDRESSES, "L3", "L4", "AN", "M1", "M3", "N1", "IS", "VL", "SP", *_VENUES)


def read(lines: Iterable[Line], source: str) -> Iterator[Paper | Reject]:
    """One paper or reject for each record, at the line of its ``TY``."""
    return read_records(_as_specified(lines), source, _LAYOUT, _paper)


def _as_specified(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines with two blanks before the dash, as each record's first line has its own in their place."""
    looks: tuple[bool, str, bool] | None = None
    for line in lines:
        match = _LINE.match(line.text)
        if match is None:
            yield line
            continue
        tag, gap = match["tag"], match["gap"]
        own = (bool(match["indent"]), gap, tag.isupper())
        if tag.upper() == "TY":
            looks = own
        if own in (looks, (False, "  ", True)) or tag.upper() == "TY" or _END.match(line.text):
            yield line._replace(text=f"{tag.upper()}  - {match['value'].strip()}")
        else:
            yield line


def _paper(record: Record, origin: str) -> Paper:
    addresses = record.texts(*_ADDRESSES)
    kinds = [*record.texts("M3"), *record.texts("TY")]  # what the index calls it, before what the manager has for it
    venue = venue_of(record.texts(*_venues(record)))
    return make_paper(
        origin,
        record.first(*_TITLES),
        record.paragraphs("AB", "N2"),
        identifiers=record.texts(*_WITH_IDENTIFIERS) + _volumes(record),
        dates=_dates(record),
        urls=[address for address in addresses if not is_repository(address)],
        status=status_of(kinds),
        remarks=[*record.remarks, *record.wrong_dois("DO")],
        authors=_names(record),
        venue=venue,
        type=type_at(venue, kinds),
        repositories=[address for address in addresses if is_repository(address)],
        keywords=_words(record),
    )


def _names(record: Record) -> list[str]:
    """Each author has a line; some exporters put all of them on one."""
    return [name for line in record.lines("AU") or record.lines("A1") for name in line.split(";")]


def _words(record: Record) -> list[str]:
    """Each keyword has a line or a tag; some exporters put all of them on one."""
    return [word for line in record.lines("KW") for word in line.split(";")]


def _venues(record: Record) -> Iterable[str]:
    """A thesis is published by its university, and the title of a book is no venue of it."""
    kind = (record.first("TY") or "").upper()
    if kind == "THES":
        return ("PB",)
    return [tag for tag in _VENUES if tag not in _TITLES or record.first("TI", "T1", "CT")]


def _volumes(record: Record) -> list[str]:
    """Of a paper in CoRR the number is in the volume."""
    return [f"{venue} {volume}" for venue in record.texts(*_VENUES)[:1] for volume in record.texts("VL")]


def _dates(record: Record) -> list[str]:
    """The most exact one first: exporters differ in which of them has month and day, and some part these from it."""
    dates = record.texts("DA", "PY", "Y1")
    year = next(filter(None, map(iso_date, record.texts("PY", "Y1"))), "")[:4]
    dates += [f"{date} {year}" for date in record.texts("DA") if year and iso_date(date) is None]
    return sorted(dates, key=lambda date: -len(iso_date(date) or ""))
