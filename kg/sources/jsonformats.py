"""Whose an object of JSON is, told by its fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from kg.model import Paper
from kg.sources import (
    arxiv_entry,
    arxiv_snapshot,
    biorxiv,
    crossref,
    csl,
    datacite,
    dblp,
    europe_pmc,
    huggingface,
    inspire,
    lens,
    openalex,
    openreview,
    paperswithcode,
    pubmed_summary,
    semantic_scholar,
    zotero,
)
from kg.sources.fields import Row
from kg.sources.fulltext import bioc, s2orc, scirex

__all__ = ["JsonFormat", "format_of"]


class JsonFormat(NamedTuple):
    """A format of records: whether an object is one, and its paper, which may raise ``RecordError``."""

    is_record: Callable[[Row], bool]
    paper: Callable[[Row, str], Paper]


# The first that knows an object reads it: those with marks that nobody else has stand before those with likely ones.
_FORMATS = tuple(
    JsonFormat(module.is_record, module.paper)
    for module in (
        s2orc, bioc, scirex, arxiv_snapshot, openalex, semantic_scholar, crossref, datacite, zotero, openreview,
        europe_pmc, dblp, inspire, biorxiv, pubmed_summary, paperswithcode, lens, csl, arxiv_entry, huggingface,
    )
)  # fmt: skip


# Names of which every such record has one, so that the many objects without any are not asked for the rest.
_NAMES = frozenset(
    "DOI ISSN abstract_inverted_index attributes authorString abstractText author_corresponding authorships body "
    "body_text citedPaper citingPaper content corpusid data externalIds externalids firstPublicationDate id info "
    "issued itemType jatsxml journalInfo key latex_parse lens_id metadata paper paperId paper_url passages pdf_parse "
    "preprint_title pubTypeList pubYear summary entry_id titles type uid words".split()
)


def format_of(row: Row) -> JsonFormat | None:
    """The format that an object is a record of; None for one of nobody's in particular."""
    if _NAMES.isdisjoint(row):
        return None
    for each in _FORMATS:
        if each.is_record(row):
            return each
    return None
