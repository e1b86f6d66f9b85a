"""Records of OAI-PMH (https://www.openarchives.org/OAI/openarchivesprotocol.html): arXiv's formats and Dublin Core."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.identifiers import arxiv_id, doi
from kg.model import Paper
from kg.sources.addresses import addresses_of
from kg.sources.elements import text_at, texts_at
from kg.sources.feeds import withdrawn
from kg.sources.fields import RecordError, make_paper, one_line
from kg.sources.markup import without_markup
from kg.sources.xmltext import Around, Element, local

__all__ = ["ERROR", "RECORD", "error", "paper"]

_OAI = "{http://www.openarchives.org/OAI/2.0/}"
_DC = "{http://purl.org/dc/elements/1.1/}"

RECORD = f"{_OAI}record"
"""A record, in whatever format its metadata are."""

ERROR = f"{_OAI}error"
"""What a repository answers with instead of records."""

_LOCAL_ID = re.compile(r"oai:[^:\s]{1,100}:", re.IGNORECASE)
_COMMENT = re.compile(r"\s*Comment:", re.IGNORECASE)  # as arXiv puts the authors' comment behind the abstract


def paper(record: Element, within: Around, origin: str) -> Paper:
    """The paper of one record.

    Raises:
        RecordError: it was deleted, holds no metadata in a format that is read, or has no title.
    """
    header = record.find(f"{_OAI}header")
    identifier = text_at(record, f"{_OAI}header/{_OAI}identifier").strip()
    if header is not None and header.get("status") == "deleted":
        raise RecordError(f"is deleted at its source: '{identifier[:80]}'")
    metadata = next(iter(record.find(f"{_OAI}metadata") or ()), None)
    if metadata is None:
        raise RecordError("holds no metadata; harvest with the verb 'ListRecords' or 'GetRecord'")
    name = local(metadata.tag)
    if name in ("arXiv", "arXivRaw", "arXivOld"):
        return _of_arxiv(metadata, identifier, origin)
    if name in ("dc", "qualifieddc"):
        return _dublin_core(metadata, identifier, origin)
    raise RecordError(f"is in a format that is not read: '{name[:40]}'; harvest with metadataPrefix=oai_dc")


def error(element: Element, within: Around, origin: str) -> Paper:
    """There is none: the repository says why.

    Raises:
        RecordError: always.
    """
    said = one_line("".join(element.itertext()))[:200]
    raise RecordError(f"the repository answers with an error: '{element.get('code', '')[:40]}' '{said}'")


def _of_arxiv(metadata: Element, identifier: str, origin: str) -> Paper:
    """arXiv's own formats (https://info.arxiv.org/help/oa): versions or the day of the first, authors parted or not."""
    number = text_at(metadata, "{*}id") or _LOCAL_ID.sub("", identifier)
    people = [
        {"given": text_at(each, "{*}forenames"), "family": _family(each)}
        for each in metadata.iterfind("{*}authors/{*}author")
    ]
    return make_paper(
        origin,
        text_at(metadata, "{*}title"),
        text_at(metadata, "{*}abstract"),
        identifiers=[number, text_at(metadata, "{*}doi")],
        dates=texts_at(metadata, "{*}created", "{*}version/{*}date"),
        urls=[f"https://arxiv.org/abs/{number.strip()}"] if arxiv_id(number) else (),
        status=withdrawn(text_at(metadata, "{*}comments")),
        authors=people or text_at(metadata, "{*}authors"),
        venue=text_at(metadata, "{*}journal-ref"),
        categories=text_at(metadata, "{*}categories").split(),
    )


def _family(author: Element) -> str:
    return " ".join(texts_at(author, "{*}keyname", "{*}suffix"))


def _dublin_core(metadata: Element, identifier: str, origin: str) -> Paper:
    """Dublin Core, as every repository has it: each element as often as it likes, and in no order that counts."""
    found = texts_at(metadata, f"{_DC}identifier")
    subjects = "categories" if arxiv_id(_LOCAL_ID.sub("", identifier)) else "keywords"
    links = [*addresses_of(found), *addresses_of(texts_at(metadata, f"{_DC}relation"))]
    return make_paper(
        origin,
        without_markup(text_at(metadata, f"{_DC}title")),
        _abstract(texts_at(metadata, f"{_DC}description", "{*}abstract")),
        identifiers=[_LOCAL_ID.sub("", identifier), *found],
        dates=sorted(texts_at(metadata, f"{_DC}date")),
        urls=links,
        status=next(filter(None, map(withdrawn, texts_at(metadata, f"{_DC}description")[1:])), None),
        authors=texts_at(metadata, f"{_DC}creator"),
        venue=_venue(texts_at(metadata, f"{_DC}source")),
        type=texts_at(metadata, f"{_DC}type"),
        **{subjects: texts_at(metadata, f"{_DC}subject")},
    )


def _abstract(descriptions: Sequence[str]) -> str:
    """The longest of what describes a paper: repositories also put pages, funders and versions there."""
    return without_markup(max((text for text in descriptions if not _COMMENT.match(text)), key=len, default=""))


def _venue(sources: Sequence[str]) -> str | None:
    return next((text for text in sources if not addresses_of(text) and not doi(text)), None)
