"""Articles of PubMed in its XML (https://dtd.nlm.nih.gov/ncbi/pubmed/)."""

from __future__ import annotations

from kg.model import Paper, PaperStatus
from kg.sources.elements import element_text, text_at, texts_at
from kg.sources.fields import make_paper
from kg.sources.xmltext import Around, Element

__all__ = ["ARTICLES", "LEFT_OUT", "paper"]

ARTICLES = ("PubmedArticle", "MedlineCitation", "PubmedBookArticle")
LEFT_OUT = ("ReferenceList", "CommentsCorrectionsList", "ChemicalList", "InvestigatorList")
_PAGE = "https://pubmed.ncbi.nlm.nih.gov/"
_RETRACTED = "retracted publication"
_UNLABELLED = ("", "UNLABELLED", "UNASSIGNED")


def paper(element: Element, within: Around, origin: str) -> Paper:
    """One article.

    Raises:
        RecordError: it has no title.
    """
    about = _inside(_inside(element, "MedlineCitation"), "BookDocument")
    article = _inside(about, "Article")
    types = texts_at(article, "PublicationTypeList/PublicationType", "PublicationType")
    number = text_at(about, "PMID").strip()
    return make_paper(
        origin,
        text_at(article, "ArticleTitle", "VernacularTitle", "Book/BookTitle"),
        _abstract(article),
        identifiers=[
            *(each.text for each in article.iterfind("ELocationID") if each.get("EIdType") == "doi"),
            *(each.text for each in element.iterfind("*/ArticleIdList/ArticleId") if each.get("IdType") == "doi"),
        ],
        dates=_dates(article),
        urls=[f"{_PAGE}{number}/"] if number else (),
        status=PaperStatus.RETRACTED if _RETRACTED in map(str.lower, types) else None,
        authors=[_author(each) for each in article.iterfind("AuthorList/Author")],
        venue=text_at(article, "Journal/Title", "Journal/ISOAbbreviation", "Book/BookTitle"),
        type=types,
        keywords=texts_at(about, "KeywordList/Keyword"),
    )


def _inside(element: Element, name: str) -> Element:
    """The child of a name, or the element itself: dumps leave out what is around."""
    child = element.find(name)
    return element if child is None else child


def _abstract(article: Element) -> str:
    """The parts of an abstract, each with its label, a line each."""
    found = article.find("Abstract")
    parts = [] if found is None else list(found.iterfind("AbstractText"))
    return "\n\n".join(filter(None, map(_part, parts)))


def _part(element: Element) -> str:
    text, label = element_text(element).strip(), element.get("Label", "").strip()
    return f"{label}: {text}" if text and label.upper() not in _UNLABELLED else text


def _author(element: Element) -> dict[str, object]:
    orcids = [each.text for each in element.iterfind("Identifier") if each.get("Source", "").upper() == "ORCID"]
    family = " ".join(texts_at(element, "LastName", "Suffix"))
    return {
        "given": text_at(element, "ForeName", "Initials"),
        "family": family,
        "name": text_at(element, "CollectiveName"),
        "orcid": orcids[0] if orcids else None,
    }


def _dates(article: Element) -> list[str]:
    """When an article appeared: on the web, or in an issue, whichever it says first and best."""
    places = (*article.iterfind("ArticleDate"), *article.iterfind("Journal/JournalIssue/PubDate"))
    dates = ["-".join(filter(None, (text_at(each, "Year"), *_month_and_day(each)))) for each in places]
    return [*filter(None, dates), *texts_at(article, "Journal/JournalIssue/PubDate/MedlineDate", "Book/PubDate/Year")]


def _month_and_day(date: Element) -> tuple[str, ...]:
    month, day = text_at(date, "Month"), text_at(date, "Day")
    return (month, day) if month else ()
