"""What was extracted from the papers of a graph, as people amended it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.linking import Curation
from kg.linking.amendments import Amendment, amend
from kg.model import Author, Extraction, LocalEntity, Paper
from kg.store.payload import NamedThing
from kg.store.writer import GraphWriter

__all__ = ["AmendedExtractions"]


class AmendedExtractions:
    """The extractions of a graph, read one by one; those of papers that people amended, with that."""

    def __init__(self, writer: GraphWriter, curation: Curation) -> None:
        self._writer = writer
        self._amended: dict[str, Extraction] = {}
        self._idle: list[Amendment] = []
        for paper_id in sorted({each.paper for each in curation.amendments}):
            if writer.has_extraction(paper_id):
                title, abstract = writer.text(paper_id)
                paper = Paper(title, abstract, id=paper_id)
                amended, idle = amend(paper, writer.extraction(paper_id), curation.of_paper(paper_id))
                self._amended[paper_id] = amended
                self._idle += idle

    def idle(self) -> tuple[Amendment, ...]:
        """The amendments of which nothing stands in their paper's text."""
        return tuple(self._idle)

    def all(self) -> Iterator[tuple[str, Extraction]]:
        """All extractions, by paper."""
        for paper_id, extraction in self._writer.extractions():
            yield paper_id, self._amended.get(paper_id, extraction)

    def of(self, paper_id: str) -> Extraction:
        """That of one paper; an empty one if the paper is not there."""
        if paper_id in self._amended:
            return self._amended[paper_id]
        return self._writer.extraction(paper_id) if self._writer.has_extraction(paper_id) else Extraction()

    def named(self, whole: Callable[[str], bool]) -> Iterator[tuple[str, tuple[LocalEntity | NamedThing, ...]]]:
        """What each paper names, by paper; with its mentions for papers where ``whole`` asks for them."""
        for paper_id, things in self._writer.named(whole):
            yield paper_id, self._amended[paper_id].entities if paper_id in self._amended else things

    def names_in_title(self, paper_id: str, concept: str) -> bool:
        """Whether the title of a paper names an entry of the vocabulary."""
        entities = (local for local in self.of(paper_id).entities if local.concept == concept)
        return any(mention.anchor.place == 0 for local in entities for mention in local.mentions)

    def origin(self, paper_id: str) -> tuple[str, str | None, tuple[Author, ...]]:
        """Title, date and authors of one paper."""
        return self._writer.origin(paper_id)
