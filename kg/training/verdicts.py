"""What readers say of papers that they have not seen, and whether the annotation bears it out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.evaluation import pairs_with_gold, right_results
from kg.extraction.document import Findings, findings
from kg.extraction.judge import Judge
from kg.extraction.judging.confidence import evidence_for
from kg.extraction.judging.read_items import evidence_for_row
from kg.extraction.own_work import own_work_from
from kg.extraction.pipeline import Extractor
from kg.extraction.recipe import Recipe
from kg.model import LocalResult, Paper
from kg.training.calibrate import Evidence

__all__ = ["Examiner"]

Row = Mapping[str, Any]


class Examiner:
    """Has the pipeline read annotated papers with the weights of one reader."""

    def __init__(self, weights: Path) -> None:
        recipe = Recipe.shipped().with_setting("kg_reader", "weights", str(weights.absolute()))
        self.extractor = Extractor(recipe)
        judge = self.extractor.nlp.get_pipe("kg_judge")
        assert isinstance(judge, Judge)
        self.judge = judge

    def things(self, papers: Iterable[Row]) -> list[tuple[Evidence, bool]]:
        """For each thing that anything takes for named, what speaks for it and whether it is."""
        return [verdict for row, found in self._read(papers) for verdict in self._things(row, found)]

    def rows(self, papers: Iterable[Row]) -> list[tuple[Evidence, bool]]:
        """For each number that is taken for a result, what speaks for the row and whether all of it is right."""
        return [verdict for row, found in self._read(papers) for verdict in self._rows(row, found)]

    def _read(self, papers: Iterable[Row]) -> Iterator[tuple[Row, Findings]]:
        for row in papers:
            yield row, findings(self.extractor.read(Paper(title=str(row["title"]), abstract=str(row["abstract"]))))

    def _things(self, row: Row, found: Findings) -> Iterator[tuple[Evidence, bool]]:
        own_work, things = own_work_from(found), self.judge.things(found)
        surfaces = [[found.text[m.start : m.end] for m in thing.mentions] for thing in things]
        verdicts = pairs_with_gold(row, [(t.name, t.type, s) for t, s in zip(things, surfaces, strict=True)])
        for thing, verdict in zip(things, verdicts, strict=True):
            if verdict != "optional":
                yield evidence_for(thing, found, own_work), verdict == "right"

    def _rows(self, row: Row, found: Findings) -> Iterator[tuple[Evidence, bool]]:
        extraction = self.judge.extraction(found)
        entities = [
            {"name": entity.name, "type": entity.type, "surfaces": [m.surface for m in entity.mentions]}
            for entity in extraction.entities
        ]
        mine = {"entities": entities, "results": list(map(_as_row, extraction.results))}
        for read, right in zip(self.judge.rows(found), right_results(row, mine), strict=True):
            yield evidence_for_row(read), right


def _as_row(result: LocalResult) -> dict[str, str | None]:
    parts = {"on": result.on, "of": result.of, "metric": result.metric}
    return {"value": result.value, **{name: slot.text if slot else None for name, slot in parts.items()}}
