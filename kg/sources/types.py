"""Types of publications, by the words that publishers, libraries and reference managers have for them."""

from __future__ import annotations

import re

from kg.model import PaperType

__all__ = ["paper_type"]

# Of BibTeX, RIS, CSL, Crossref, DataCite, OpenAlex, Semantic Scholar, PubMed, Zotero, Web of Science and Scopus.
_WORDS: dict[PaperType, str] = {
    PaperType.ARTICLE: (
        "article, journal article, article journal, journal, jour, research article, original article, "
        "original research, journalarticle, article magazine, magazine article, ejour, mgzn, newspaper article, "
        "electronic article, inpr, j"
    ),
    PaperType.CONFERENCE_PAPER: (
        "conference paper, proceedings article, proceedings paper, inproceedings, conference, paper conference, "
        "cpaper, conf, conferencepaper, conference article, conference proceeding, conference abstract, "
        "workshop paper, meeting abstract, conference proceedings, c"
    ),
    PaperType.PREPRINT: (
        "preprint, prep, posted content, postedcontent, unpublished, unpb, working paper, eprint, manuscript"
    ),
    PaperType.CHAPTER: "chapter, book chapter, incollection, inbook, chap, book section, reference entry, echap, s",
    PaperType.BOOK: "book, whole book, edbook, monograph, edited book, ebook, reference book, booklet, b",
    PaperType.THESIS: (
        "thesis, phdthesis, mastersthesis, dissertation, thes, doctoral thesis, master thesis, dissertation/thesis"
    ),
    PaperType.REPORT: "report, techreport, technical report, rprt, tech report, white paper",
    PaperType.REVIEW: "review, review article, systematic review, literature review, survey, peer review",
    PaperType.EDITORIAL: "editorial, editorial material, news, introductory journal article",
    PaperType.LETTER: "letter, letter to the editor, short survey, note, comment",
    PaperType.DATASET: "dataset, data set, data paper, data, database",
    PaperType.SOFTWARE: "software, comp, computer program, computerprogram, code",
    PaperType.PROCEEDINGS: (
        "proceedings, proceedings volume, conference review, conference proceedings volume, proceedings series, "
        "journal issue"
    ),
    PaperType.ERRATUM: "erratum, errata, corrigendum, correction, published erratum",
    PaperType.RETRACTION: "retraction, retraction notice, retraction of publication, expression of concern",
    PaperType.PARATEXT: "paratext, front matter, back matter, table of contents, index",
    PaperType.OTHER: (
        "misc, miscellaneous, other, gen, generic, document, webpage, web, blog, slide, elec, online, patent"
    ),
}


def _squash(word: str) -> str:
    return re.sub(r"[\W_]+", "", word.lower())


_TYPES = {_squash(word): kind for kind, words in _WORDS.items() for word in words.split(",")}


def paper_type(value: object) -> str | None:
    """The type that a word, or the first of several that says one, stands for; None for words that say none.

    >>> paper_type("proceedings-article"), paper_type(["Journal Article", "Review"]), paper_type("Article; Retracted")
    ('conference-paper', 'article', 'article')
    >>> paper_type("turnip")
    """
    if isinstance(value, str):
        words: list[object] = [value[:200], *re.split(r"[;|,]", value[:200])]
    else:
        words = list(value[:20]) if isinstance(value, (list, tuple)) else []
    found = (_TYPES.get(_squash(word)) for word in words if isinstance(word, str))
    kind = next(filter(None, found), None)
    return str(kind) if kind else None
