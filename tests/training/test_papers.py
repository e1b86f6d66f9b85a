from collections.abc import Mapping
from typing import Any

import pytest

from kg.extraction.heads import KINDS, RELATIONS
from kg.extraction.weights import shipped
from kg.extraction.wordpieces import load_tokenizer
from kg.model import EntityType, Relation, ResultKind
from kg.training.papers import NOTHING, UNKNOWN, LearnedPaper, PaperSchool

SCHOOL = PaperSchool(load_tokenizer(str(shipped("tokenizer.json"))))
ZORP = {
    "name": "ZorpNet",
    "canonical": "ZorpNet",
    "type": "model",
    "surfaces": ["ZorpNet", "Zorp Network"],
    "relation": "introduces",
}
MAZES = {
    "name": "MazeBench",
    "canonical": "MazeBench",
    "type": "benchmark",
    "surfaces": ["MazeBench"],
    "relation": "evaluates_on",
}


def learned(abstract: str, *entities: Mapping[str, Any], results: Any = ()) -> LearnedPaper:
    return SCHOOL.paper({"title": "On mazes", "abstract": abstract, "entities": entities, "results": results})


def written(paper: LearnedPaper, span: tuple[int, int]) -> str:
    offsets = paper.pieces.offsets
    return paper.annotated.text[offsets[span[0]][0] : offsets[span[1] - 1][1]]


def test_every_place_of_a_surface_is_a_mention() -> None:
    paper = learned("We train ZorpNet. The Zorp Network is no ZorpNets.", ZORP)
    (thing,) = paper.things
    assert [written(paper, span) for span in thing.spans] == ["ZorpNet", "Zorp Network"]
    assert thing.types == (EntityType.MODEL,)
    assert RELATIONS[thing.relation] is Relation.INTRODUCES


def test_a_number_is_learned_where_its_clause_states_it() -> None:
    stated = {
        "value": "40%",
        "text": "ZorpNet gets 40% on MazeBench",
        "on": "MazeBench",
        "of": "ZorpNet",
        "kind": "gain",
    }
    paper = learned("Of 40% we know. ZorpNet gets 40% on MazeBench.", ZORP, MAZES, results=[stated])
    (result,) = paper.results
    assert paper.pieces.offsets[result.span[0]][0] == paper.annotated.text.rindex("40%")
    assert (result.on, result.of, KINDS[result.kind]) == (1, 0, ResultKind.GAIN)


def test_equal_numbers_stand_in_places_of_their_own() -> None:
    clause = {"value": "40%", "text": "40% and 40%"}
    paper = learned("It gets 40% and 40%.", results=[clause, clause])
    assert len({result.span for result in paper.results}) == 2


def test_what_the_annotation_leaves_open_and_what_the_text_does_not_write_are_told_apart() -> None:
    base = {"value": "40%", "text": "gets 40% accuracy"}
    text = "ZorpNet gets 40% accuracy."
    (open_,) = learned(text, ZORP, results=[base]).results
    (unknown,) = learned(text, ZORP, results=[{**base, "on": "MazeBench", "metric": "speed"}]).results
    (known,) = learned(text, ZORP, results=[{**base, "metric": "accuracy"}]).results
    assert (open_.on, open_.metric) == (NOTHING, ())
    assert (unknown.on, unknown.metric) == (UNKNOWN, None)
    assert known.metric is not None
    assert len(known.metric) == 1


@pytest.mark.parametrize("value", ["17 out of 18", "2.2x", "~88%"])
def test_values_are_found_as_they_are_written(value: str) -> None:
    paper = learned(f"It solves {value} of them.", results=[{"value": value, "text": f"solves {value}"}])
    assert [written(paper, result.span) for result in paper.results] == [value]


def test_a_paper_without_entities_is_learned_from_too() -> None:
    assert learned("Nothing is named here.").things == ()
