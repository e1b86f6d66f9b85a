"""Papers of the ACL Anthology in its own XML (https://github.com/acl-org/acl-anthology/tree/master/data/xml)."""

from __future__ import annotations

import re

from kg.model import Paper, PaperStatus
from kg.sources.elements import text_at
from kg.sources.fields import RecordError, make_paper
from kg.sources.xmltext import Around, Element

__all__ = ["META", "PAPER", "paper"]

PAPER = "paper"
META = "meta"
"""What stands once in a volume for all its papers."""

_SITE = "https://aclanthology.org/"
_COLLECTIONS = ("collection", "volume")
_NEW_COLLECTION = re.compile(r"\d{4}\.")  # since 2020; those before are a letter and a year
_MONTH = re.compile(r"[^\W\d_]+")
_PROCEEDINGS = re.compile(r"proceedings of\b", re.IGNORECASE)


def paper(element: Element, within: Around, origin: str) -> Paper:
    """One paper of a volume.

    Raises:
        RecordError: it has no title, or is none of the Anthology.
    """
    if not within or within[0].tag not in _COLLECTIONS:
        raise RecordError("is a 'paper' in no format that kg knows; kg reads the XML of the ACL Anthology")
    title = text_at(element, "title")
    address = _address(element, within)
    year = _said(element, within, "year")
    month = _MONTH.search(_said(element, within, "month")[:100])
    journal = _said(element, within, "journal-title")
    return make_paper(
        origin,
        title,
        text_at(element, "abstract"),
        identifiers=[text_at(element, "doi"), address],
        dates=[f"{month.group()} {year}" if month else year, year],
        urls=[address],
        status=_status(element),
        authors=[
            {"given": text_at(each, "first"), "family": text_at(each, "last")} for each in element.iterfind("author")
        ],
        venue=journal or _said(element, within, "booktitle"),
        type=_type(title, journal),
        repositories=[each.get("url", "") for each in element.iterfind("pwccode")],
    )


def _said(element: Element, within: Around, name: str) -> str:
    """What a paper says itself, or its volume for all."""
    return text_at(element, name) or text_at(within[-1], f"{META}/{name}")


def _address(element: Element, within: Around) -> str:
    """The address of a paper's page: by its own id, or else by those of collection, volume and paper."""
    stated = text_at(element, "url").strip()
    if stated.startswith(("http://", "https://")):
        return stated
    ids = [each.get("id", "") for each in (*within[-2:], element)]
    if not stated and len(ids) == 3 and all(ids) and _NEW_COLLECTION.match(ids[0]):
        stated = f"{ids[0]}-{ids[1]}.{ids[2]}"
    return f"{_SITE}{stated}" if stated else ""


def _status(element: Element) -> PaperStatus | None:
    if element.find("retracted") is not None:
        return PaperStatus.RETRACTED
    return PaperStatus.WITHDRAWN if element.find("removed") is not None else None


def _type(title: str, journal: str) -> str:
    if _PROCEEDINGS.match(title.strip()):
        return "proceedings"
    return "article" if journal else "inproceedings"
