from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.model import (
    Anchor,
    EntityType,
    Extraction,
    LocalEntity,
    LocalResult,
    LocalSlot,
    Mention,
    Relation,
    ResultKind,
    Rule,
)
from kg.store.payload import dump_extraction, load_extraction, load_names

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
OFFSET = st.integers(0, 10_000)
CONFIDENCE = st.floats(0, 1)
ANCHOR = st.builds(Anchor, *[OFFSET] * 5)
MENTION = st.builds(Mention, ANCHOR, TEXT, st.sampled_from(Rule), st.sampled_from(Relation), CONFIDENCE)
SLOT = st.none() | st.builds(LocalSlot, TEXT, st.none() | OFFSET)
ENTITY = st.builds(
    LocalEntity, TEXT, st.sampled_from(EntityType), st.sampled_from(Relation), CONFIDENCE,
    st.lists(MENTION, max_size=3).map(tuple), st.none() | TEXT, st.none() | TEXT, st.none() | TEXT,
)  # fmt: skip
NUMBER = st.none() | st.floats(allow_nan=False, allow_infinity=False)
RESULT = st.builds(
    LocalResult, TEXT, NUMBER, st.none() | TEXT, st.sampled_from(ResultKind), SLOT, SLOT, SLOT, ANCHOR, CONFIDENCE
)
EXTRACTION = st.builds(Extraction, st.lists(ENTITY, max_size=3).map(tuple), st.lists(RESULT, max_size=3).map(tuple))


@given(EXTRACTION)
def test_an_extraction_comes_back_as_it_was(extraction: Extraction) -> None:
    assert load_extraction(dump_extraction(extraction)) == extraction


@given(EXTRACTION)
def test_closed_sets_come_back_as_their_members(extraction: Extraction) -> None:
    for entity in load_extraction(dump_extraction(extraction)).entities:
        assert isinstance(entity.type, EntityType)
        assert isinstance(entity.relation, Relation)
        assert all(isinstance(m.rule, Rule) and isinstance(m.relation, Relation) for m in entity.mentions)


@given(EXTRACTION)
def test_equal_extractions_are_equal_lines(extraction: Extraction) -> None:
    line = dump_extraction(extraction)
    assert line == dump_extraction(load_extraction(line))
    assert "\n" not in line


@given(EXTRACTION)
def test_the_names_alone_are_those_of_the_entities(extraction: Extraction) -> None:
    things = load_names(dump_extraction(extraction))
    assert [(t.name, t.type, t.relation, t.confidence, t.concept, t.family, t.expansion) for t in things] == [
        (e.name, e.type, e.relation, e.confidence, e.concept, e.family, e.expansion) for e in extraction.entities
    ]
