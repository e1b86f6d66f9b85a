from __future__ import annotations

from urllib.parse import unquote

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.iris import doi_iri, entity_iri, iri_path, paper_iri, safe_iri


@given(st.text(st.characters(codec="utf-8")))
def test_a_path_leads_back_to_its_name(name: str) -> None:
    assert unquote(iri_path(name)) == name


@given(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")))
def test_names_that_differ_have_iris_that_differ(one: str, other: str) -> None:
    assert (entity_iri(one) == entity_iri(other)) == (one == other)


SUFFIXES = st.text("ab/.%2F", min_size=1)


@given(SUFFIXES, st.sampled_from(["", "/", "%2F"]), st.text("ab/.%2F"))
def test_no_papers_iri_goes_on_from_anothers_as_its_parts_do(suffix: str, separator: str, more: str) -> None:
    one, other = (paper_iri(f"doi/10.1002/{each}") for each in (suffix, suffix + separator + more))
    assert (one == other) == (not separator + more)
    assert not other.startswith(one + "/")


@pytest.mark.parametrize(
    "iri", ["", "x", "/x", "//example.org/", "http:", "http:///x", "a b:c", "1a:b", "https://e.org/#a#b", "http://a:b/"]
)
def test_what_is_no_absolute_iri_is_refused(iri: str) -> None:
    assert safe_iri(iri) is None


@pytest.mark.parametrize(
    "iri",
    [
        "https://www.wikidata.org/entity/Q1",
        "urn:isbn:1",
        "https://de.wikipedia.org/wiki/Größe",
        "http://e.org:80/?a=%20#b",
    ],
)
def test_an_iri_is_left_as_it_is(iri: str) -> None:
    assert safe_iri(iri) == iri


def test_what_no_iri_may_hold_is_encoded() -> None:
    assert safe_iri('https://e.org/<a> "b"|{c}\\^`%zz') == "https://e.org/%3Ca%3E%20%22b%22%7C%7Bc%7D%5C%5E%60%25zz"


@pytest.mark.parametrize(
    ("doi", "iri"),
    [
        ("10.1016/s0893-6080(05)80010-3", "10.1016/s0893-6080(05)80010-3"),
        ("10.1002/(sici)1(1998)49<693::aid-asi4>3.0.co;2-o", "10.1002/(sici)1(1998)49%3C693::aid-asi4%3E3.0.co;2-o"),
        ("10.1234/a/b_c.d=e+f~g", "10.1234/a/b_c.d=e+f~g"),
        ("10.1234/größe", "10.1234/größe"),
        ("10.1234/a#b?c%2fd e[f]", "10.1234/a%23b%3Fc%252fd%20e%5Bf%5D"),
        ("10.1234/../x", "10.1234/%2E%2E/x"),
    ],
)
def test_a_doi_is_written_as_the_world_writes_it_and_what_no_path_can_hold_encoded(doi: str, iri: str) -> None:
    assert doi_iri(doi) == f"https://doi.org/{iri}"


@given(st.text(st.characters(codec="utf-8")))
def test_the_address_of_a_doi_is_an_iri_and_leads_back_to_it(suffix: str) -> None:
    iri = doi_iri(f"10.1234/{suffix}")
    assert unquote(iri).removeprefix("https://doi.org/") == f"10.1234/{suffix}"
    assert ox.parse(f"<{iri}> <{iri}> <{iri}> .", format=ox.RdfFormat.N_TRIPLES).__next__().subject.value == iri
    assert not {".", ".."} & set(iri.split("/"))  # which resolving it would take out
