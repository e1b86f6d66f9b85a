"""The spaCy pipeline, and the extractor that runs papers through it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

import kg.extraction.abbreviations
import kg.extraction.coinage
import kg.extraction.gazetteer
import kg.extraction.nameshape
import kg.extraction.sense
import kg.extraction.sentences
import kg.extraction.tagger  # noqa: F401  (importing a component registers it)
from kg.extraction.context import Context, own_work_in
from kg.extraction.document import Candidate, Findings, findings, paper_text
from kg.extraction.fusion import fuse
from kg.extraction.named import Named
from kg.extraction.relations import overall_relation, relation_of
from kg.extraction.results import find_results
from kg.model import Extraction, LocalEntity, Mention, Paper, Relation

__all__ = ["Extractor", "make_pipeline"]

COMPONENTS = (
    "kg_sentences",
    "kg_gazetteer",
    "kg_abbreviations",
    "kg_coined_names",
    "kg_name_shape",
    "kg_tagger",
    "kg_sense",
)


_NEAR = 400  # characters of a sentence around a name that the rules for relations read; more would be none of English
_LIKELY = 0.4  # from here on a thing may be what a number was measured on, or achieved by


def make_pipeline(tagger_weights: Path | None = None) -> Language:
    """A blank English pipeline with our components, in order; a user may drop or replace any of them.

    ``tagger_weights`` is another ONNX file than the shipped one, as cross-validation needs.
    """
    nlp = spacy.blank("en")
    nlp.max_length = 10_000_000
    for component in COMPONENTS:
        chosen = {"weights": str(tagger_weights)} if component == "kg_tagger" and tagger_weights else {}
        nlp.add_pipe(component, config=chosen)
    return nlp


class Extractor:
    """Papers in, extractions out: a pure function of each paper, the vocabulary and the code."""

    def __init__(self, nlp: Language | None = None) -> None:
        self._nlp = nlp

    @cached_property
    def nlp(self) -> Language:
        """The pipeline, made on first use."""
        return self._nlp or make_pipeline()

    def extract(self, papers: Iterable[Paper]) -> Iterator[tuple[Paper, Extraction]]:
        """Extract from a stream of papers, in order."""
        docs = ((self._doc(paper), paper) for paper in papers)
        for doc, paper in self.nlp.pipe(docs, as_tuples=True, batch_size=64):
            yield paper, _extraction(doc)

    def read(self, paper: Paper) -> Doc:
        """One paper after all components, before it is decided what it names."""
        doc = self._doc(paper)
        for _, component in self.nlp.pipeline:
            doc = component(doc)
        return doc

    def _doc(self, paper: Paper) -> Doc:
        text = paper_text(paper)
        doc = self.nlp.make_doc(text.text)
        # Until a component finds sentences: the title and the abstract.
        doc._.kg = Findings(text, [(0, text.abstract_start), (text.abstract_start, len(text.text))])
        return doc


def _extraction(doc: Doc) -> Extraction:
    named = fuse(doc)
    found = findings(doc)
    own = own_work_in(found, named)
    entities = tuple(_local_entity(found, own, thing) for thing in named)
    return Extraction(entities, tuple(find_results(doc, named, least=_LIKELY)))


def _local_entity(found: Findings, own: list[int], named: Named) -> LocalEntity:
    candidates = _distinct_spans(named.candidates)
    places = [found.sentence_at(candidate.start) for candidate in candidates]
    said = [_said(found, own, named, c) for c in candidates]
    relation = overall_relation(
        named.type,
        said,
        own_work=max(places) >= next(iter(own), 0),
        recurs=len(set(places)) > 1,
        listed=bool(named.concept or named.family),
    )
    return LocalEntity(
        name=named.name,
        type=named.type,
        relation=relation,
        confidence=named.confidence,
        mentions=tuple(_mention(found, c, own or relation) for c, own in zip(candidates, said, strict=True)),
        concept=named.concept,
        family=None if named.concept else named.family,
        expansion=named.expansion,
    )


def _distinct_spans(candidates: list[Candidate]) -> list[Candidate]:
    """One candidate a span: the one that says most (introduced before not, then the surest)."""
    best: dict[tuple[int, int], Candidate] = {}
    for candidate in candidates:
        span = (candidate.start, candidate.end)
        if span not in best or (candidate.introduced, candidate.score) > (
            best[span].introduced,
            best[span].score,
        ):
            best[span] = candidate
    return [best[span] for span in sorted(best)]


def _said(found: Findings, own: list[int], named: Named, candidate: Candidate) -> Relation | None:
    """What the sentence of one mention says that the paper does with the thing."""
    number = found.sentence_at(candidate.start)
    start, end = found.sentences[number]
    context = Context(
        before=found.text[max(start, candidate.start - _NEAR) : candidate.start],
        after=found.text[candidate.end : min(end, candidate.end + _NEAR)],
        in_title=found.in_title(candidate.start),
        introduced=candidate.introduced,
        listed=bool(named.concept or named.family),
        own_work=number in own,
    )
    return relation_of(named.type, context)


def _mention(found: Findings, candidate: Candidate, relation: Relation) -> Mention:
    start, end = found.sentences[found.sentence_at(candidate.start)]
    end = len(found.text[: max(end, candidate.end)].rstrip())
    return Mention(
        found.paper.anchor((candidate.start, candidate.end), (start, end)),
        surface=found.text[candidate.start : candidate.end],
        rule=candidate.rule,
        relation=relation,
        score=round(candidate.score, 3),
    )
