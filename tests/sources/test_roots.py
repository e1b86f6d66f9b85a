from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.sources.roots import root_of


@pytest.mark.parametrize(
    ("document", "name", "has_doctype"),
    [
        ("<dblp>", "dblp", False),
        ('<?xml version="1.0"?>\n<!-- <a> -->\n<rdf:RDF xmlns:rdf="x">', "rdf:RDF", False),
        ("<!doctype html><html lang='en'>", "html", True),
        ('<!DOCTYPE feed [<!ENTITY a "b"> <!ELEMENT x ANY>]><feed>', "feed", True),
        ("<feed", "feed", False),
    ],
)
def test_the_root_is_the_first_element(document: str, name: str, has_doctype: bool) -> None:
    root = root_of(document)
    assert root is not None
    assert (root.name, root.has_doctype) == (name, has_doctype)


@pytest.mark.parametrize(
    "text", ["", "text", "<", "<!--", "<!-- papers -->    A Title", "<?xml", "<!DOCTYPE a [", "< a>"]
)
def test_what_has_no_element_within_sight_has_no_root(text: str) -> None:
    assert root_of(text) is None


def test_a_root_knows_what_follows_it() -> None:
    root = root_of("<xml a='1'><records><record>")
    assert root is not None
    assert (root.attributes, root.rest) == (" a='1'", "<records><record>")


@given(st.text(alphabet="<>?!-[]ab \n/:'\"DOCTYPE", max_size=200))
def test_any_text_has_a_root_or_none(text: str) -> None:
    root = root_of(text)
    assert root is None or root.name in text
