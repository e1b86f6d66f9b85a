"""RefWorks' tagged format: two letters, a blank, a value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.model import Paper, Reject
from kg.sources.addresses import is_repository
from kg.sources.fields import make_paper
from kg.sources.lines import Line
from kg.sources.statuses import status_of
from kg.sources.tagged import Layout, Record, read_records
from kg.sources.venues import type_at, venue_of
from kg.sources.web_of_science import issue_date

__all__ = ["read"]

# Only tags that there are: a line that goes on is not indented, and may begin with a word of two letters.
_TAGS = (
    "RT SR ID A1 T1 JF JO YR FD VO IS SP OP K1 AB NO A2 T2 ED PB PP A3 A4 A5 T3 SN AV AD AN LA CL SF OT LK DO CN DB DS "
    "IP RD ST U1 U2 U3 U4 U5 UL SL LL CR WT A6 WV WP OL PMID"
)
_LAYOUT = Layout(
    tag=re.compile(rf"\ufeff?(?P<tag>{'|'.join(_TAGS.split())})(?: (?P<value>.*))?\Z"), first=frozenset(("RT",))
)


def read(lines: Iterable[Line], source: str) -> Iterator[Paper | Reject]:
    """One paper or reject for each record, at the line of its ``RT``."""
    return read_records(lines, source, _LAYOUT, _paper)


def _paper(record: Record, origin: str) -> Paper:
    addresses = record.lines("UL", "LK")
    kinds = record.texts("RT")
    venue = venue_of(record.texts("JF", "T2", "JO"))
    return make_paper(
        origin,
        record.first("T1"),
        record.paragraphs("AB"),
        identifiers=record.texts("DO", "UL", "LK", "AN", "JF", "NO"),
        dates=issue_date(record.first("FD"), record.first("YR")),
        urls=[address for address in addresses if not is_repository(address)],
        status=status_of(kinds),
        remarks=[*record.remarks, *record.wrong_dois("DO")],
        authors=[name for line in record.lines("A1") for name in line.split(";")],
        venue=venue,
        type=type_at(venue, kinds),
        repositories=[address for address in addresses if is_repository(address)],
        keywords=[word for line in record.lines("K1") for word in line.split(";")],
    )
