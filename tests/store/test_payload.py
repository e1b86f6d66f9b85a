from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.model import EntityType, Extraction, Field, LocalEntity, Mention, Relation, Result, ResultKind
from kg.store.payload import dump_extraction, load_extraction

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
OFFSET = st.integers(0, 10_000)
CONFIDENCE = st.floats(0, 1)
MENTION = st.builds(
    Mention, st.sampled_from(Field), OFFSET, OFFSET, OFFSET, OFFSET, TEXT, TEXT, st.sampled_from(Relation), CONFIDENCE
)
ENTITY = st.builds(
    LocalEntity, TEXT, st.sampled_from(EntityType), st.sampled_from(Relation), CONFIDENCE,
    st.lists(MENTION, max_size=3).map(tuple), st.none() | TEXT, st.none() | TEXT, st.none() | TEXT,
)  # fmt: skip
RESULT = st.builds(
    Result, TEXT, st.none() | st.floats(allow_nan=False), st.none() | TEXT, st.sampled_from(ResultKind),
    st.none() | TEXT, st.none() | TEXT, st.none() | TEXT, st.sampled_from(Field),
    OFFSET, OFFSET, OFFSET, OFFSET, CONFIDENCE,
)  # fmt: skip
EXTRACTION = st.builds(Extraction, st.lists(ENTITY, max_size=3).map(tuple), st.lists(RESULT, max_size=3).map(tuple))


@given(EXTRACTION)
def test_an_extraction_comes_back_as_it_was(extraction: Extraction) -> None:
    assert load_extraction(dump_extraction(extraction)) == extraction


@given(EXTRACTION)
def test_closed_sets_come_back_as_their_members(extraction: Extraction) -> None:
    for entity in load_extraction(dump_extraction(extraction)).entities:
        assert isinstance(entity.type, EntityType)
        assert isinstance(entity.relation, Relation)
        assert all(isinstance(m.field, Field) and isinstance(m.relation, Relation) for m in entity.mentions)


@given(EXTRACTION)
def test_equal_extractions_are_equal_lines(extraction: Extraction) -> None:
    line = dump_extraction(extraction)
    assert line == dump_extraction(load_extraction(line))
    assert "\n" not in line
