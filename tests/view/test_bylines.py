from __future__ import annotations

import pytest

from kg.model import Author, Paper
from kg.view.bylines import MOST_NAMED, bylines


def told(**stated: object) -> dict[str, object]:
    """What is said of one paper."""
    columns = bylines([Paper("Counting Sheep", "", **stated)])  # type: ignore[arg-type]
    return {name: column[0] for name, column in columns.items()}


def test_what_is_not_known_is_empty() -> None:
    nothing: dict[str, object] = {"authors": [], "more": 0, "venue": None, "type": None, "status": None, "code": []}
    assert told() == nothing


@pytest.mark.parametrize(
    ("names", "count", "named", "more"),
    [
        (2, None, 2, 0),
        (MOST_NAMED, None, MOST_NAMED, 0),
        (300, 300, MOST_NAMED, 295),
        (0, 11, 0, 11),
        (1, 4, 1, 3),
    ],
)
def test_the_first_authors_are_named_and_the_others_counted(
    names: int, count: int | None, named: int, more: int
) -> None:
    authors = tuple(Author(f"Author {place}") for place in range(names))
    byline = told(authors=authors, author_count=count)
    assert (byline["authors"], byline["more"]) == ([f"Author {place}" for place in range(named)], more)


def test_names_are_rendered_and_of_bounded_length() -> None:
    byline = told(authors=(Author(r"K. G\"odel"), Author("a" * 10_000)), venue="b" * 10_000)
    assert byline["authors"][0] == "K. G\u00f6del"
    assert max(map(len, (byline["authors"][1], byline["venue"]))) == 120


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//example.org/a", "https:///a", ""])
def test_only_addresses_of_the_web_are_linked(address: str) -> None:
    assert told(repositories=(address, "HTTPS://github.com/ada/sheep"))["code"] == ["HTTPS://github.com/ada/sheep"]
