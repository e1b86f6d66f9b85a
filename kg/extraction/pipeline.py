"""The extractor: papers go through the pipeline of a recipe, extractions come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import ExtractionError
from kg.extraction.document import Findings, findings
from kg.extraction.fulltext.sections import pieces_of
from kg.extraction.fulltext.statements import Things, moved
from kg.extraction.fulltext.tabled import Tabled
from kg.extraction.passages import PaperText, paper_text, text_of_piece
from kg.extraction.recipe import Recipe
from kg.extraction.tables.reading import read_tables
from kg.model import Extraction, Paper

__all__ = ["Extractor"]


class Extractor:
    """Papers in, extractions out: a pure function of each paper and the recipe (by default the shipped one)."""

    def __init__(self, recipe: Recipe | None = None) -> None:
        self.recipe = recipe or Recipe.shipped()

    @cached_property
    def nlp(self) -> Language:
        """The pipeline, made on first use; components may be taken out of it or put into it."""
        return self.recipe.pipeline()

    def extract(self, papers: Iterable[Paper]) -> Iterator[tuple[Paper, Extraction]]:
        """Extract from a stream of papers, in order.

        Raises:
            ExtractionError: no component of the pipeline judges what the others propose.
        """
        docs = ((self.doc(paper), paper) for paper in papers)
        for doc, paper in self.nlp.pipe(docs, as_tuples=True):
            extraction = self._extraction(doc)
            yield paper, self._with_body(paper, extraction) if paper.body else extraction

    def _with_body(self, paper: Paper, extraction: Extraction) -> Extraction:
        """What title and abstract say, with what the body says and its tables state."""
        things = Things(extraction)
        docs = ((self._doc(text_of_piece(piece)), piece) for piece in pieces_of(paper.body))
        for doc, piece in self.nlp.pipe(docs, as_tuples=True):
            things.add_stated(moved(entity, piece.start) for entity in self._extraction(doc).entities)
        stated = list(Tabled(paper, things).results(read_tables(paper, extraction)))
        return replace(extraction, entities=tuple(things.entities), results=(*extraction.results, *stated))

    def _extraction(self, doc: Doc) -> Extraction:
        extraction = findings(doc).extraction
        if extraction is None:
            raise ExtractionError(
                f"the pipeline ({', '.join(self.nlp.pipe_names)}) decides nothing; end it with kg_judge"
            )
        return extraction

    def read(self, paper: Paper) -> Doc:
        """One paper after all components, with all that they propose on it."""
        doc = self.doc(paper)
        for _, component in self.nlp.pipeline:
            doc = component(doc)
        return doc

    def doc(self, paper: Paper) -> Doc:
        """One paper rendered for reading, of which nothing is read yet."""
        return self._doc(paper_text(paper))

    def _doc(self, text: PaperText) -> Doc:
        doc = self.nlp.make_doc(text.text)
        doc._.kg = Findings.of(text)
        return doc
