"""Papers in XML, record by record: each element tells by its name whose it is, whatever its root is called."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

from kg.errors import SourceError
from kg.model import Paper, Reject
from kg.sources import acl_anthology, endnote_xml, feeds, jats, mods, oai, pubmed_xml
from kg.sources.fields import RecordError
from kg.sources.fulltext import tei
from kg.sources.xmltext import Around, Element, NoRecordError, XmlRecord, read_xml

__all__ = ["read"]

_FORMATS: Mapping[str, Callable[[Element, Around, str], Paper]] = {
    feeds.ENTRY: feeds.atom_paper,
    **dict.fromkeys(feeds.ITEMS, feeds.rss_paper),
    oai.RECORD: oai.paper,
    oai.ERROR: oai.error,
    acl_anthology.PAPER: acl_anthology.paper,
    **dict.fromkeys(pubmed_xml.ARTICLES, pubmed_xml.paper),
    jats.ARTICLE: jats.paper,
    **dict.fromkeys(tei.TEI, tei.paper),
    mods.MODS: mods.paper,
    endnote_xml.RECORD: endnote_xml.paper,
}
_FULL = (jats.ARTICLE, *tei.TEI)
_LEFT_OUT = (*jats.LEFT_OUT, *pubmed_xml.LEFT_OUT)
_KNOWN = "Atom and RSS feeds, OAI-PMH, JATS, TEI, MODS, and the XML of the ACL Anthology, PubMed and EndNote"


def read(stream: BinaryIO, source: str) -> Iterator[Paper | Reject]:
    """One paper or reject for each record, numbered in the order of the document.

    Raises:
        SourceError: it is no XML, declares a document type, or holds no record of a format that is read.
    """
    try:
        for record in read_xml(stream, source, _FORMATS, _LEFT_OUT, kept=(acl_anthology.META,), full=_FULL):
            yield _paper(record, source)
    except NoRecordError as error:
        raise SourceError(
            f"{source}: holds no paper: is XML but in no format that kg knows (its root is {error.root!r}); "
            f"kg reads {_KNOWN}"
        ) from None


def _paper(record: XmlRecord, source: str) -> Paper | Reject:
    try:
        if record.element is None:
            raise RecordError(record.problem or "is damaged")
        return _FORMATS[record.element.tag](record.element, record.within, f"{source}:{record.number}")
    except RecordError as error:
        return Reject(source, record.number, str(error))
