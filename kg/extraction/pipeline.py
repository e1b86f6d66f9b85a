"""The spaCy pipeline, and the extractor that runs papers through it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property

import spacy
from spacy.language import Language
from spacy.tokens import Doc

import kg.extraction.abbreviations
import kg.extraction.coinage
import kg.extraction.gazetteer
import kg.extraction.nameshape
import kg.extraction.sense
import kg.extraction.sentences  # noqa: F401  (importing a component registers it)
from kg.extraction.document import Candidate, Findings, findings, paper_text
from kg.extraction.fusion import Named, fuse
from kg.extraction.relations import Context, begins_own_work, overall_relation, relation_of
from kg.extraction.results import find_results
from kg.model import Extraction, LocalEntity, Mention, Paper, Relation

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
    sentences = _Sentences(doc)
    entities = tuple(_local_entity(doc, sentences, thing) for thing in named)
    return Extraction(entities, tuple(find_results(doc, named)))


class _Sentences:
    """The sentences of a doc, found by offset, and which of them are about the paper's own work."""

    def __init__(self, doc: Doc) -> None:
        self.spans = list(doc.sents)
        self._starts = [span.start_char for span in self.spans]
        own = (i for i, span in enumerate(self.spans) if span.start_char > 0 and begins_own_work(span.text))
        self.own_from = next(own, 0)

    def index_at(self, position: int) -> int:
        return max(bisect_right(self._starts, position) - 1, 0)


def _local_entity(doc: Doc, sentences: _Sentences, named: Named) -> LocalEntity:
    candidates = _distinct_spans(named.candidates)
    places = [sentences.index_at(candidate.start) for candidate in candidates]
    said = [_said(doc, sentences, named, c) for c in candidates]
    relation = overall_relation(
        named.type,
        said,
        own_work=max(places) >= sentences.own_from,
        recurs=len(set(places)) > 1,
        listed=bool(named.concept or named.family),
    )
    return LocalEntity(
        name=named.name,
        type=named.type,
        relation=relation,
        confidence=named.confidence,
        mentions=tuple(
            _mention(doc, sentences, candidate, own or relation)
            for candidate, own in zip(candidates, said, strict=True)
        ),
        concept=named.concept,
        family=None if named.concept else named.family,
        expansion=named.expansion,
    )


def _distinct_spans(candidates: list[Candidate]) -> list[Candidate]:
    """One candidate a span: the one that says most (introduced before not, then the surest)."""
    best: dict[tuple[int, int], Candidate] = {}
    for candidate in candidates:
        span = (candidate.start, candidate.end)
        if span not in best or (candidate.introduced, candidate.confidence) > (
            best[span].introduced,
            best[span].confidence,
        ):
            best[span] = candidate
    return [best[span] for span in sorted(best)]


def _said(doc: Doc, sentences: _Sentences, named: Named, candidate: Candidate) -> Relation | None:
    """What the sentence of one mention says that the paper does with the thing."""
    sentence = sentences.spans[sentences.index_at(candidate.start)]
    context = Context(
        before=doc.text[sentence.start_char : candidate.start],
        after=doc.text[candidate.end : sentence.end_char],
        in_title=candidate.start < findings(doc).text.abstract_start,
        introduced=candidate.introduced,
        listed=bool(named.concept or named.family),
    )
    return relation_of(named.type, context)


def _mention(doc: Doc, sentences: _Sentences, candidate: Candidate, relation: Relation) -> Mention:
    text = findings(doc).text
    sentence = sentences.spans[sentences.index_at(candidate.start)]
    start, end = sentence.start_char, max(sentence.end_char, candidate.end)
    trimmed = doc.text[start:end].rstrip()
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
        relation=relation,
        confidence=round(candidate.confidence, 3),
    )
