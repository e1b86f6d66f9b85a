"""Whether two lists of authors are of the same people."""

from __future__ import annotations

import pytest

from kg.linking.people import Company, People, company
from kg.sources.authors import authors_of


def people(names: str) -> People | None:
    return People.of(authors_of(names).named)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Berry", "A. Berry"),
        ("Ada Berry", "Berry, A. B."),
        ("Wei Wang", "Wang Wei"),
        ("Quoc V. Le; Ada Berry", "Q. V. Le; Bo Cress"),
        ("Zo\u00eb O'Dill", "Zoe O'Dill"),
        ("Ada Berry; Bo Cress; Cy Dill; Di Elm", "Bo Cress; Fay Fern"),
        ("J. van der Berg", "Jan van der Berg"),
        ("DeepZorp AI; Ada Berry", "Ada Berry; Bo Cress"),
    ],
)
def test_the_same_people_are_known_however_their_names_are_written(one: str, other: str) -> None:
    assert company(people(one), people(other)) is Company.SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Berry", "Bo Cress"),
        ("Xiao Wang", "Wei Wang"),
        ("J. van der Berg", "B. van der Meer"),
        (
            "Ada Elm; Bo Fern; Cy Gum; Di Hay; Ed Ivy; Flo Jute",
            "Gus Kale; Ada Elm; Hal Lime; Ida Moss; Jo Nut; Kim Oak; Lu Pear",
        ),
    ],
)  # fmt: skip
def test_other_people_are_others(one: str, other: str) -> None:
    assert company(people(one), people(other)) is Company.OTHER


@pytest.mark.parametrize("none", ["", "Anonymous", "Zorp Team", "ZorpAI", "DeepZorp-AI", "The Zorp Collaboration"])
def test_teams_and_nobody_tell_nothing(none: str) -> None:
    assert company(people("Ada Berry; Bo Cress"), people(none)) is Company.UNKNOWN


def test_names_in_different_scripts_cannot_be_compared() -> None:
    chinese = people("\u738b\u4f1f; \u674e\u5a1c")
    assert company(chinese, people("Wei Wang")) is Company.UNKNOWN
    assert company(chinese, people("\u738b\u4f1f")) is Company.SAME
