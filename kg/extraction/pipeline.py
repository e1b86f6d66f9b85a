"""The spaCy pipeline, and the extractor that runs papers through it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.extraction import abbreviations, coinage, gazetteer, nameshape, sense, sentences  # noqa: F401  (register)
from kg.extraction.document import Candidate, Findings, findings, paper_text
from kg.extraction.fusion import Named, fuse
from kg.extraction.relations import Context, begins_own_work, relation_of
from kg.extraction.results import find_results
from kg.model import Extraction, LocalEntity, Mention, Paper, strongest

__all__ = ["Extractor", "make_pipeline"]

COMPONENTS = ("kg_sentences", "kg_gazetteer", "kg_abbreviations", "kg_coined_names", "kg_name_shape", "kg_sense")


def make_pipeline() -> Language:
    """A blank English pipeline with our components, in order; a user may drop or replace any of them."""
    nlp = spacy.blank("en")
    nlp.max_length = 10_000_000
    for component in COMPONENTS:
        nlp.add_pipe(component)
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

    def _doc(self, paper: Paper) -> Doc:
        text = paper_text(paper)
        doc = self.nlp.make_doc(text.text)
        doc._.kg = Findings(text)
        return doc


def _extraction(doc: Doc) -> Extraction:
    named = fuse(doc)
    sentences = list(doc.sents)
    own_from = next((i for i, s in enumerate(sentences) if s.start_char > 0 and begins_own_work(s.text)), 0)
    entities = tuple(_local_entity(doc, sentences, own_from, thing) for thing in named)
    return Extraction(entities, tuple(find_results(doc, named)))


def _local_entity(doc: Doc, sentences: list[Span], own_from: int, named: Named) -> LocalEntity:
    mentions = tuple(_mention(doc, sentences, own_from, named, c) for c in _distinct_spans(named.candidates))
    return LocalEntity(
        name=named.name,
        type=named.type,
        relation=strongest(mention.relation for mention in mentions),
        confidence=named.confidence,
        mentions=mentions,
        concept=named.concept,
        family=None if named.concept else named.family,
        expansion=named.expansion,
    )


def _distinct_spans(candidates: list[Candidate]) -> list[Candidate]:
    """One candidate a span: the one that says most (introduced before not, then the surest)."""
    best: dict[tuple[int, int], Candidate] = {}
    for candidate in candidates:
        span = (candidate.start, candidate.end)
        if span not in best or (candidate.introduced, candidate.confidence) > (best[span].introduced, best[span].confidence):
            best[span] = candidate
    return [best[span] for span in sorted(best)]


def _mention(doc: Doc, sentences: list[Span], own_from: int, named: Named, candidate: Candidate) -> Mention:
    text = findings(doc).text
    index = max((i for i, s in enumerate(sentences) if s.start_char <= candidate.start), default=0)
    sentence = sentences[index]
    start, end = sentence.start_char, max(sentence.end_char, candidate.end)
    body = doc.text[start:end]
    trimmed = body.rstrip()
    context = Context(
        before=body[: candidate.start - start],
        after=body[candidate.end - start :],
        in_title=candidate.start < text.abstract_start,
        has_begun=index >= own_from,
        introduced=candidate.introduced,
        listed=bool(named.concept or named.family),
        recurs=len({c.start for c in named.candidates}) > 1,
    )
    field, stored_start, stored_end = text.to_stored(candidate.start, candidate.end)
    _, sentence_start, sentence_end = text.to_stored(start, start + len(trimmed))
    return Mention(
        field,
        stored_start,
        stored_end,
        min(sentence_start, stored_start),
        max(sentence_end, stored_end),
        surface=doc.text[candidate.start : candidate.end],
        rule=candidate.rule,
        relation=relation_of(named.type, context),
        confidence=round(candidate.confidence, 3),
    )

