"""All about one paper."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model import Derivation, EntityType, Evidence, Paper, Relation, Result
from kg.questions.moment import of_one_moment
from kg.questions.parts import PartHead, parts_of
from kg.questions.provenance import Disagreement, find_disagreements
from kg.questions.registry import Question
from kg.questions.requests import settle
from kg.questions.sqltext import STRENGTH
from kg.questions.titles import find_paper
from kg.store import GraphReader

__all__ = ["QUESTION", "PaperLink", "PaperProfile", "PaperRequest", "ask", "profile_paper"]


@dataclass(frozen=True, slots=True)
class PaperRequest:
    """A paper, by its id, arXiv id, DOI or address, its title, or words that only its title has."""

    name: str

    def __post_init__(self) -> None:
        settle(self)


@dataclass(frozen=True, slots=True)
class PaperLink:
    """One link of a paper, with the entity's label and type."""

    entity_id: str
    entity: str
    type: EntityType
    relation: Relation
    confidence: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class PaperProfile:
    """All that the graph says of one paper; ``derivations`` are what its own things were made from, ``parts`` those of
    its full text."""

    paper: Paper
    links: tuple[PaperLink, ...] = field(default=())
    results: tuple[Result, ...] = field(default=())
    disagreements: tuple[Disagreement, ...] = field(default=())
    derivations: tuple[Derivation, ...] = field(default=())
    parts: tuple[PartHead, ...] = field(default=())


@of_one_moment
def ask(reader: GraphReader, request: PaperRequest) -> PaperProfile:
    """All about one paper, its links by their strength.

    Raises:
        NotFoundError: no paper fits, or several do (their titles are the suggestions).
    """
    return profile_paper(reader, find_paper(reader, request.name))


QUESTION = Question("paper", "All about one paper.", PaperRequest, PaperProfile, ask)


@of_one_moment
def profile_paper(reader: GraphReader, paper: Paper) -> PaperProfile:
    """All about a paper of the graph."""
    evidence = reader.evidence_of(paper)
    rows = reader.rows(
        "SELECT link.entity_id, label, type, link.relation, link.confidence FROM link "
        f"JOIN entity ON entity.id = entity_id WHERE paper_id = ? ORDER BY {STRENGTH}, type, label",
        (paper.id,),
    )
    links = tuple(
        PaperLink(e, label, EntityType(t), Relation(r), c, tuple(evidence.get(e, ()))) for e, label, t, r, c in rows
    )
    return PaperProfile(
        paper,
        links,
        tuple(reader.results_of(paper)),
        find_disagreements(reader, paper.id),
        tuple(reader.derivations_of(paper)),
        parts_of(reader, paper.id),
    )
