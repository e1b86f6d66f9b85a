"""MEDLINE, as PubMed (``.nbib``) and Ovid export it (https://www.nlm.nih.gov/bsd/mms/medlineelements.html)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.model import Author, Paper, PaperStatus, PaperType, Reject
from kg.sources.authors import author_of, orcid
from kg.sources.dates import iso_date
from kg.sources.fields import make_paper
from kg.sources.lines import Line
from kg.sources.statuses import status_of
from kg.sources.tagged import Layout, Record, read_records
from kg.sources.venues import venue_of

__all__ = ["read"]

_LAYOUT = Layout(
    tag=re.compile(r"\ufeff?(?P<tag>[A-Z][A-Z0-9]{1,3}) {0,2}- ?(?P<value>.*)"), first=frozenset(("PMID", "UI", "VN"))
)
_KIND_OF_ID = re.compile(r"\s\[\w{1,12}\]\Z")  # "10.1234/x [doi]"
_GENERAL = "journal article"  # what nearly all are, beside what some are


def read(lines: Iterable[Line], source: str) -> Iterator[Paper | Reject]:
    """One paper or reject for each record, at the line of its ``PMID``."""
    return read_records(lines, source, _LAYOUT, _paper)


def _paper(record: Record, origin: str) -> Paper:
    kinds = sorted(record.texts("PT"), key=lambda kind: kind.lower() == _GENERAL)
    return make_paper(
        origin,
        record.first("TI", "BTI", "TT"),
        record.paragraphs("AB"),
        identifiers=[_KIND_OF_ID.sub("", text) for text in record.texts("LID", "AID", "DO", "SO")],
        dates=_dates(record),
        urls=[f"https://pubmed.ncbi.nlm.nih.gov/{number}/" for number in record.texts("PMID") if number.isdecimal()],
        status=PaperStatus.RETRACTED if record.texts("RIN") else status_of(kinds),
        remarks=record.remarks,
        authors=_authors(record),
        venue=venue_of(record.texts("JT", "BTI", "TA")),
        type=str(PaperType.RETRACTION) if record.texts("ROF") else kinds,
        keywords=[word.replace("*", "") for word in record.texts("OT", "MH")],
    )


def _authors(record: Record) -> list[Author]:
    """In their order: full names where there are any, bodies, and what identifies the one before."""
    name_tag = "FAU" if record.texts("FAU") else "AU"
    authors: list[Author] = []
    for tag, lines in record.fields:
        text = " ".join(lines).strip()
        if tag == name_tag and (author := author_of(text)):
            authors.append(author)
        elif tag == "CN" and text:
            authors.append(Author(text))
        elif tag == "AUID" and authors and (number := orcid(text)):
            last = authors[-1]
            authors[-1] = Author(last.name, last.given, last.family, last.orcid or number)
    return authors


def _dates(record: Record) -> list[str]:
    """The day of publication, from that of the publication online where this says the same and more."""
    dates = record.texts("DP", "YR", "PY")
    known = next(filter(None, map(iso_date, dates)), "")
    exact = (text for text in record.texts("DEP") if (iso_date(text) or "").startswith(known))
    return [*exact, *dates]
