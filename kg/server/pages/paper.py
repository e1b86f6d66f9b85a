"""A paper: its text with all that it names marked, its results, who wrote it, and papers that are like it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from starlette.responses import RedirectResponse, Response

from kg.errors import KgError
from kg.iris import doi_iri, iri_path
from kg.model import Paper, Result
from kg.questions import paper, similar
from kg.questions.proofs import best_evidence
from kg.server.pages.address import paper_address, web_address
from kg.server.pages.marking import marked, sentence_pieces
from kg.server.pages.visit import Page, Visit
from kg.wire import Row, plain

__all__ = ["show"]

_AUTHORS, _RESULTS, _ADDRESSES = 30, 50, 12


def show(visit: Visit) -> Page | Response:
    """The page of a paper; a DOI, an arXiv id or a title leads to the address with its id."""
    if not visit.name.strip():
        raise KgError("no paper is named; search for one, or open one of a list")
    profile = paper.ask(visit.reader, paper.PaperRequest(visit.name))
    found = profile.paper
    if found.id != visit.name:
        return RedirectResponse(paper_address(found.id, **dict(visit.query.items())), 302)
    results = _numbered(profile.results)
    results = results if visit.flag("all") else results[:_RESULTS]
    values = {
        "profile": profile,
        "paper": found,
        "title": marked(profile, 0),
        "abstract": marked(profile, 1),
        "links": [(link, _proof(link)) for link in profile.links],
        "results": results,
        "authors": found.authors if visit.flag("all") else found.authors[:_AUTHORS],
        "addresses": _addresses(found),
        "similar": similar.ask(visit.reader, similar.SimilarRequest(found.id)),
    }
    return Page("paper.html", values, _rows(profile), plain(profile))


def _proof(link: paper.PaperLink) -> tuple[str, str, str, str] | None:
    """The best proof: before the mention, it, behind it, and the passage it stands in."""
    best = best_evidence(link.evidence, link.relation)
    if best is None:
        return None
    anchor = best.anchor
    pieces = sentence_pieces(best.sentence, anchor.start - anchor.sentence_start, anchor.end - anchor.sentence_start)
    return (*pieces, str(best.passage))


def _numbered(results: Sequence[Result]) -> list[tuple[Result, int]]:
    """Each with its number among those of one value, by which corrections tell them apart."""
    seen = Counter[str]()
    numbered = []
    for each in results:
        seen[each.value.strip()] += 1
        numbered.append((each, seen[each.value.strip()]))
    return numbered


def _rows(profile: paper.PaperProfile) -> list[Row]:
    """The links of the paper, a row each."""
    told: list[Row] = []
    for link in profile.links:
        best = best_evidence(link.evidence, link.relation)
        told.append(
            {
                "id": link.entity_id,
                "name": link.entity,
                "type": link.type,
                "relation": link.relation,
                "confidence": link.confidence,
                "evidence": best.sentence if best else None,
            }
        )
    return told


def _addresses(found: Paper) -> list[tuple[str, str]]:
    """Where it is to be read, and where its code is: (what, address)."""
    told: list[tuple[str, str]] = []
    if found.arxiv:
        told.append(("arXiv", f"https://arxiv.org/abs/{iri_path(found.arxiv)}"))
    if found.doi:
        told.append(("DOI", doi_iri(found.doi)))
    told += [("Code", each) for each in found.repositories if web_address(each)]
    known = {address for _, address in told}
    told += [("Web", each) for each in found.urls if web_address(each) and each not in known]
    return told[:_ADDRESSES]
