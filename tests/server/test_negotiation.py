"""Which representation is given, by what the client says that it takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.server.negotiation import media_type, preferred

OFFERS = ("text/turtle", "application/ld+json", "text/html")


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        (None, "text/turtle"),
        ("", "text/turtle"),
        ("*/*", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("APPLICATION/LD+JSON", "application/ld+json"),
        ("text/turtle;q=0.5, application/ld+json", "application/ld+json"),
        ("text/turtle; q=0.5 , application/ld+json ;q=0.6", "application/ld+json"),
        ("text/*, application/ld+json;q=0.9", "text/turtle"),
        ("text/*;q=0.3, text/html;q=0.7, */*;q=0.5", "text/html"),
        ("*/*, text/turtle;q=0", "application/ld+json"),  # the more specific range counts
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ('application/ld+json;profile="http://a.example/, text/html"', "application/ld+json"),
        ("image/png", None),
        ("text/turtle;q=0", None),
        ("text/turtle;q=0.0000, text/html;q=1.5, image/png", None),  # no qualities
        ("rubbish", "text/turtle"),
        (";;;,,,q=1", "text/turtle"),
        ("*/turtle, text/html", "text/html"),
        ("text/turtle;q=high", "text/turtle"),  # nothing is left of it, so it says nothing
        ('"' * 999, "text/turtle"),
    ],
)
def test_the_offer_of_the_highest_quality_is_preferred(accept: str | None, wanted: str | None) -> None:
    assert preferred(accept, OFFERS) == wanted


@given(st.text(alphabet='abc/*;q=0.1," \\\x00é'))
def test_any_header_is_read(accept: str) -> None:
    assert preferred(accept, OFFERS) in (*OFFERS, None)


def test_a_long_header_is_read_in_no_time_to_speak_of() -> None:
    assert preferred('text/turtle;a="' * 20_000, OFFERS) is not None


def test_a_content_type_is_read_with_its_character_set() -> None:
    assert media_type('Text/Plain; a=b; charset="UTF-8"') == ("text/plain", "utf-8")
    assert media_type("") == ("", "utf-8")
