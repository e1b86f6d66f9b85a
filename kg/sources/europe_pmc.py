"""Results of Europe PMC's search, in full (``resultType=core``) or without abstracts (``lite``)."""

from __future__ import annotations

from kg.model import Paper, PaperStatus
from kg.sources.fields import Row, at, make_paper
from kg.sources.jsonvalues import first_text, plain_text, texts_in
from kg.sources.markup import without_markup

__all__ = ["is_record", "paper"]

_MARKS = ("authorString", "abstractText", "pubYear", "firstPublicationDate", "pubTypeList", "journalInfo")


def is_record(row: Row) -> bool:
    """Whether an object is a result of Europe PMC's."""
    return sum(mark in row for mark in _MARKS) >= 2


def paper(row: Row, origin: str) -> Paper:
    """The paper of one result.

    Raises:
        RecordError: it has no title.
    """
    kinds = texts_in(at(row, "pubTypeList", "pubType")) or texts_in(plain_text(row.get("pubType")).split(";"))
    number, source = plain_text(row.get("id")), plain_text(row.get("source"))
    return make_paper(
        origin,
        without_markup(plain_text(row.get("title"))).strip().removesuffix("."),
        without_markup(plain_text(row.get("abstractText"))),
        identifiers=[row.get("doi"), *_addresses(row)],
        dates=[
            row.get("firstPublicationDate"),
            row.get("electronicPublicationDate"),
            at(row, "journalInfo", "printPublicationDate"),
            row.get("pubYear"),
        ],
        urls=[f"https://europepmc.org/article/{source}/{number}" if source.isalpha() and number.isalnum() else None],
        status=_status(row, kinds),
        authors=at(row, "authorList", "author") or row.get("authorString"),
        venue=without_markup(
            first_text(
                at(row, "journalInfo", "journal", "title"),
                row.get("journalTitle"),
                at(row, "bookOrReportDetails", "publisher") if source == "PPR" else None,
            )
        ),
        type=["preprint"] if source == "PPR" else sorted(map(_spaced, kinds), key=_is_plain),
        keywords=at(row, "keywordList", "keyword"),
    )


def _addresses(row: Row) -> list[str]:
    found = at(row, "fullTextUrlList", "fullTextUrl")
    return [plain_text(at(each, "url")) for each in (found[:20] if isinstance(found, list) else [])]


def _spaced(kind: str) -> str:
    return kind.strip().replace("-", " ").lower()


def _is_plain(kind: str) -> bool:
    """Whether a type says no more than that it is an article: most bear several, of which others say more."""
    return kind in ("journal article", "research article", "article") or kind.startswith("research support")


def _status(row: Row, kinds: list[str]) -> PaperStatus | None:
    notices = at(row, "commentCorrectionList", "commentCorrection")
    said = [plain_text(at(each, "type")) for each in (notices[:50] if isinstance(notices, list) else [])]
    retracted = "retracted publication" in map(_spaced, kinds) or "Retraction in" in said
    return PaperStatus.RETRACTED if retracted else None
