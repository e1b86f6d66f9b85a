"""What the page tells about each node: titles, families, and for every link the sentence that proves it.

Text leaves here rendered for people (no LaTeX). A sentence is stored once, however many links it proves; a mention is
marked by offsets as JavaScript counts them, in UTF-16 units.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from kg.iris import doi_iri, iri_path
from kg.model import Entity, Evidence, Paper, Result, entity_of
from kg.questions.proofs import best_evidence
from kg.store import GraphReader
from kg.text.reading import render
from kg.view.bylines import bylines
from kg.view.selection import Selection

__all__ = ["MarkedResult", "Texts", "describe"]

_WEB = "https://"

Marked = tuple[int, int, int]
"""The index of a sentence, and where in it the mention begins and ends."""


@dataclass(frozen=True, slots=True)
class MarkedResult:
    """A number that a paper states, in words, with the papers and entities by index, and its sentence."""

    paper: int
    entities: tuple[int, ...]
    text: str
    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Texts:
    """All texts that the picture does not need; by paper, by entity, and by link in the order of the selection.

    Families are (id, label), outermost last; ``sentence`` in ``evidence`` is -1 where a link has no proof.
    """

    titles: tuple[str, ...]
    bylines: dict[str, list[object]]
    hrefs: tuple[str | None, ...]
    broader: tuple[tuple[tuple[str, str], ...], ...]
    narrower: tuple[tuple[tuple[str, str], ...], ...]
    links: tuple[tuple[str, ...], ...]
    sentences: tuple[str, ...]
    evidence: dict[str, list[int]]
    results: tuple[MarkedResult, ...]


@dataclass(slots=True)
class _Sentences:
    """Sentences as they are met, each once."""

    index: dict[str, int] = field(default_factory=dict)

    def mark(self, proof: Evidence | Result) -> Marked:
        """The sentence of a proof, with the place of what it marks."""
        text, anchor = proof.sentence, proof.anchor
        start, end = anchor.start - anchor.sentence_start, anchor.end - anchor.sentence_start
        before, mention, after = (render(piece).text for piece in (text[:start], text[start:end], text[end:]))
        sentence = self.index.setdefault(before + mention + after, len(self.index))
        return sentence, _units(before), _units(before + mention)


def describe(reader: GraphReader, selection: Selection) -> Texts:
    """The texts for all that is drawn."""
    papers = {paper.id: paper for paper in selection.papers}
    sentences = _Sentences()
    evidence: dict[str, list[int]] = {"sentence": [], "start": [], "end": []}
    proof: dict[str, list[Evidence]] = {}
    at = ""
    for link in selection.links:  # they come paper by paper
        if link.paper_id != at:
            at, proof = link.paper_id, reader.evidence_of(papers[link.paper_id])
        best = best_evidence(proof.get(link.entity_id, []), link.relation)
        sentence, start, end = sentences.mark(best) if best else (-1, 0, 0)
        evidence["sentence"].append(sentence)
        evidence["start"].append(start)
        evidence["end"].append(end)
    results = _results(reader, selection, sentences)
    entities = [each.entity for each in selection.entities]
    children = _children(selection.catalogue)
    return Texts(
        tuple(render(paper.title).text for paper in selection.papers),
        bylines(selection.papers),
        tuple(_href(paper) for paper in selection.papers),
        tuple(_ancestors(selection.catalogue, entity.broader) for entity in entities),
        tuple(tuple(children.get(entity.id, ())) for entity in entities),
        tuple(_addresses(entity) for entity in entities),
        tuple(sentences.index),
        evidence,
        results,
    )


def _addresses(entity: Entity) -> tuple[str, ...]:
    """Where the vocabulary leads: the makers' pages, the introducing papers, the thing itself elsewhere."""
    found = (*entity.homepages, *entity.introduced_in, *entity.exact_matches)
    return tuple(address for address in found if address.startswith(_WEB))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _ancestors(catalogue: dict[str, Entity], parents: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    waiting = list(parents)
    while waiting:
        entity = catalogue.get(waiting.pop(0))
        if entity is not None and entity.id not in found:
            found[entity.id] = entity.label
            waiting.extend(entity.broader)
    return tuple(found.items())


def _children(catalogue: dict[str, Entity]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for entity in catalogue.values():
        for parent in entity.broader:
            found[parent].append((entity.id, entity.label))
    return found


def _href(paper: Paper) -> str | None:
    if paper.arxiv:
        return f"https://arxiv.org/abs/{iri_path(paper.arxiv)}"
    return doi_iri(paper.doi) if paper.doi else None


def _results(reader: GraphReader, selection: Selection, sentences: _Sentences) -> tuple[MarkedResult, ...]:
    index = {each.entity.id: position for position, each in enumerate(selection.entities)}
    found = []
    for position, paper in enumerate(selection.papers):
        for result in reader.results_of(paper):
            about = dict.fromkeys((entity_of(result.on), entity_of(result.of)))
            drawn = tuple(index[entity] for entity in about if entity in index)
            found.append(MarkedResult(position, drawn, _in_words(result), *sentences.mark(result)))
    return tuple(found)


def _in_words(result: Result) -> str:
    parts = [render(result.value).text]
    for word, name in (("", result.metric), ("on", result.on), ("by", result.of)):
        if name:
            parts.append(f"{word} {render(name.text).text}".strip())
    return " ".join(parts)
