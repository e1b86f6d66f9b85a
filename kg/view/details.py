"""What the page tells about each node: names, families, and for every link the sentence that proves it.

Text leaves here rendered for people (no LaTeX); evidence as three pieces, so that the page marks the middle one without
counting characters.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from kg.model import Evidence, Field, Paper, Result
from kg.query.papers import best_evidence
from kg.store import GraphReader
from kg.text.folding import fold
from kg.text.latex import render
from kg.view.selection import DrawnEntity, Selection, paper_node

__all__ = ["Details", "EntityDetails", "MarkedSentence", "PaperDetails", "ResultDetails", "describe"]


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence in three pieces: what comes before the mention, the mention, and the rest."""

    before: str
    mention: str
    after: str


@dataclass(frozen=True, slots=True)
class EntityDetails:
    """An entity as the panel shows it; families as (id, label), outermost last."""

    label: str
    type: str
    aliases: tuple[str, ...]
    broader: tuple[tuple[str, str], ...]
    papers: int


@dataclass(frozen=True, slots=True)
class PaperDetails:
    """A paper as the panel shows it; ``href`` leads to it where it has a public id."""

    title: str
    date: str | None
    href: str | None


@dataclass(frozen=True, slots=True)
class ResultDetails:
    """A number that a paper states, in words, and the drawn entities that it is about."""

    paper: str
    entities: tuple[str, ...]
    text: str
    evidence: MarkedSentence


@dataclass(frozen=True, slots=True)
class Details:
    """All texts of the page; ``evidence`` and ``confidence`` stand in the order of the selection's links."""

    entities: dict[str, EntityDetails]
    papers: dict[str, PaperDetails]
    evidence: tuple[MarkedSentence | None, ...]
    confidence: tuple[float, ...]
    results: tuple[ResultDetails, ...]


def describe(reader: GraphReader, selection: Selection) -> Details:
    """The texts for all that is drawn."""
    papers = {paper.id: paper for paper in selection.papers}
    proof: dict[tuple[str, str], list[Evidence]] = {
        (paper.id, entity_id): found
        for paper in selection.papers
        for entity_id, found in reader.evidence_of(paper).items()
    }
    evidence = []
    for link in selection.links:
        best = best_evidence(proof.get((link.paper_id, link.entity_id), []), link.relation)
        evidence.append(_marked(papers[link.paper_id], best) if best else None)
    return Details(
        {each.entity.id: _entity(reader, each) for each in selection.entities},
        {paper_node(paper.id): _paper(paper) for paper in selection.papers},
        tuple(evidence),
        tuple(round(link.confidence, 2) for link in selection.links),
        _results(reader, selection),
    )


def _entity(reader: GraphReader, drawn: DrawnEntity) -> EntityDetails:
    entity = drawn.entity
    return EntityDetails(
        entity.label, entity.type.value, entity.aliases, _ancestors(reader, entity.broader), drawn.papers
    )


def _ancestors(reader: GraphReader, parents: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    waiting = list(parents)
    while waiting:
        entity = reader.entity(waiting.pop(0))
        if entity is not None and entity.id not in found:
            found[entity.id] = entity.label
            waiting.extend(entity.broader)
    return tuple(found.items())


def _paper(paper: Paper) -> PaperDetails:
    href = None
    if paper.arxiv:
        href = f"https://arxiv.org/abs/{paper.arxiv}"
    elif paper.doi:
        href = f"https://doi.org/{paper.doi}"
    return PaperDetails(render(paper.title).text, paper.date, href)


def _marked(paper: Paper, evidence: Evidence) -> MarkedSentence:
    # The last place at which the sentence can begin and still hold the mention; if the same words stand there twice,
    # either place shows the same text.
    begin = paper.text(evidence.field).rfind(evidence.sentence, 0, evidence.start + len(evidence.sentence))
    return _pieces(paper, evidence.field, begin, evidence.start, evidence.end, begin + len(evidence.sentence))


def _pieces(paper: Paper, field: Field, begin: int, start: int, end: int, stop: int) -> MarkedSentence:
    text = paper.text(field)
    return MarkedSentence(render(text[begin:start]).text, render(text[start:end]).text, render(text[end:stop]).text)


def _results(reader: GraphReader, selection: Selection) -> tuple[ResultDetails, ...]:
    called: dict[str, list[str]] = defaultdict(list)
    for each in selection.entities:
        for name in dict.fromkeys(fold(name) for name in (each.entity.label, *each.entity.aliases)):
            called[name].append(each.entity.id)
    found = []
    for paper in selection.papers:
        for result in reader.results_of(paper.id):
            about = dict.fromkeys(
                entity for name in (result.on, result.of) if name for entity in called.get(fold(name), ())
            )
            sentence = _pieces(
                paper, result.field, result.sentence_start, result.start, result.end, result.sentence_end
            )
            found.append(ResultDetails(paper_node(paper.id), tuple(about), _in_words(result), sentence))
    return tuple(found)


def _in_words(result: Result) -> str:
    parts = [render(result.value).text]
    for word, name in (("", result.metric), ("on", result.on), ("by", result.of)):
        if name:
            parts.append(f"{word} {render(name).text}".strip())
    return " ".join(parts)
