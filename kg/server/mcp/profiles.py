"""Profiles of things and leaderboards as tools give them: what an agent needs to go on, made from the wire's."""

from __future__ import annotations

from typing import Any

from kg.errors import NotFoundError
from kg.server.mcp.answers import (
    TEXT,
    Beaten,
    BoardFound,
    BoardsFound,
    EntityFound,
    EvidenceFound,
    Facts,
    LinkFound,
    NewFound,
    PaperFound,
    Proof,
    RankedBoard,
    Row,
    Score,
    cut,
    first,
    window,
)

__all__ = ["board_line", "boards_found", "entity_found", "evidence_found", "new_found", "paper_found"]

_NAMES, _PAPERS, _MEMBERS, _BOARDS, _RESULTS, _LINKS, _PROOFS = 20, 5, 15, 10, 10, 60, 20
_PROOF = 1_000  # characters of a sentence that is asked for


def entity_found(profile: Row) -> EntityFound:
    """An entity, from the wire's profile."""
    entity, totals = profile["entity"], dict[str, int]()
    members = first(profile["members"], _MEMBERS, "members", totals)
    boards = first(profile["leaderboards"], _BOARDS, "leaderboards", totals)
    return {
        "id": entity["id"],
        "name": entity["label"],
        "type": entity["type"],
        "aliases": first(entity["aliases"], _NAMES, "aliases", totals),
        "families": list(profile["ancestors"]),
        "members": [_counted(each) for each in members],
        "introduced_in": [dict(each) for each in profile["introduced_in"]],
        "homepages": list(entity["homepages"]),
        "papers_by_relation": [_facts(name, papers) for name, papers in profile["papers_by_relation"].items()],
        "often_with": [_counted(each) for each in profile["neighbours"]],
        "leaderboards": [board_line(each) for each in boards],
        "results": [
            {name: each[name] for name in ("value", "metric", "on", "of", "paper_id", "title")}
            for each in first(profile["results"], _RESULTS, "results", totals)
        ],
        "totals": totals,
    }


def _counted(row: Row) -> Any:
    return {"name" if key == "label" else key: value for key, value in row.items()}


def _facts(relation: str, papers: list[list[str]]) -> Facts:
    shown = [{"id": paper, "title": cut(title)} for paper, title in papers[:_PAPERS]]
    return {"relation": relation, "total": len(papers), "papers": shown}


def paper_found(profile: Row) -> PaperFound:
    """A paper, from the wire's profile."""
    paper, totals = profile["paper"], dict[str, int]()
    links = first(profile["links"], _LINKS, "links", totals)
    results = first(profile["results"], _RESULTS * 3, "results", totals)
    return {
        "id": paper["id"],
        "title": cut(paper["title"]),
        "date": paper["date"],
        "venue": paper["venue"],
        "type": paper["type"],
        "status": paper["status"],
        "authors": [each["name"] for each in first(paper["authors"], _NAMES, "authors", totals)],
        "urls": first(paper["urls"], _NAMES, "urls", totals),
        "repositories": first(paper["repositories"], _NAMES, "repositories", totals),
        "abstract": cut(paper["abstract"], TEXT),
        "links": [_link(each) for each in links],
        "results": [
            {name: each[name] for name in ("value", "metric", "on", "of", "kind", "own", "confidence")}
            for each in results
        ],
        "builds_on": [
            {"entity_id": each["entity_id"], "builds_on": each["builds_on"], "sentence": cut(each["sentence"])}
            for each in first(profile["derivations"], _RESULTS, "builds_on", totals)
        ],
        "totals": totals,
    }


def _link(link: Row) -> LinkFound:
    evidence = link["evidence"]
    best = max(evidence, key=lambda each: (each["relation"] == link["relation"], each["confidence"]), default=None)
    return {
        "entity_id": link["entity_id"],
        "entity": link["entity"],
        "type": link["type"],
        "relation": link["relation"],
        "confidence": link["confidence"],
        "evidence": window(best["sentence"], best["surface"]) if best else None,
        "pieces_of_evidence": len(evidence),
    }


def evidence_found(profile: Row, entity_id: str) -> EvidenceFound:
    """What proves a link of a paper.

    Raises:
        NotFoundError: the paper does not name the entity; it carries names of what it does.
    """
    paper = profile["paper"]
    link = next((each for each in profile["links"] if each["entity_id"] == entity_id), None)
    if link is None:
        raise NotFoundError(f"{entity_id} in {paper['id']}", tuple(each["entity"] for each in profile["links"][:8]))
    return {
        "paper": paper["id"],
        "title": cut(paper["title"]),
        "entity_id": link["entity_id"],
        "entity": link["entity"],
        "relation": link["relation"],
        "confidence": link["confidence"],
        "total": len(link["evidence"]),
        "evidence": [_proof(each) for each in link["evidence"][:_PROOFS]],
    }


def _proof(evidence: Row) -> Proof:
    return {
        "field": evidence["field"],
        "place": evidence["place"],
        "start": evidence["start"],
        "end": evidence["end"],
        "surface": evidence["surface"],
        "sentence": window(evidence["sentence"], evidence["surface"], _PROOF),
        "relation": evidence["relation"],
        "rule": evidence["rule"],
    }


def boards_found(boards: list[Row], most: int, lines: int) -> BoardsFound:
    """The fullest boards with their first lines, and the others by name."""
    return {
        "total": len(boards),
        "boards": [_ranked(each, lines) for each in boards[:most]],
        "others": [board_line(each) for each in boards[most : most + _NAMES]],
    }


def new_found(new: Row, most: int) -> NewFound:
    """What is new, from the wire's."""
    return {
        "builds": [*new["builds"][-_NAMES:]],
        "counts": dict(new["counts"]),
        "papers": [each | {"title": cut(each["title"])} for each in new["papers"][:most]],
        "records": [_beaten(each) for each in new["records"][:most]],
    }


def _beaten(record: Row) -> Beaten:
    result = record["result"]
    return {
        "on": record["on"],
        "metric": record["metric"],
        "split": record["split"],
        "system": result["of"],
        "score": record["score"],
        "before": record["before"],
        "paper": result["id"],
        "title": cut(result["paper"]),
    }


def board_line(board: Row) -> BoardFound:
    """A board in a line."""
    return {
        "on": board["on"],
        "metric": board["metric"],
        "split": board["split"],
        "systems": len(board["standings"]),
    }


def _ranked(board: Row, lines: int) -> RankedBoard:
    return {
        **board_line(board),
        "better": board["better"],
        "papers": board["papers"],
        "standings": [_score(each) for each in board["standings"][:lines]],
    }


def _score(standing: Row) -> Score:
    result = standing["result"]
    return {
        "rank": standing["rank"],
        "score": standing["score"],
        "value": result["value"],
        "system": result["of"],
        "base": result["base"],
        "setting": result["setting"],
        "own": result["own"],
        "paper": result["id"],
        "title": cut(result["paper"]),
        "date": result["date"],
        "confidence": result["confidence"],
    }
