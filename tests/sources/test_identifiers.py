"""arXiv ids and DOIs as references, addresses and indexes write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.identifiers import arxiv_id, doi, is_no_doi


@pytest.mark.parametrize(
    "text",
    [
        "1911.00001v2 [cs.LG]",
        "arXiv:1911.00001v2 [cs.LG] 7 Nov 2019",
        "arXiv preprint 1911.00001",
        "ArXiv, abs/1911.00001",
        "abs/1911.00001",
        "10.48550/arXiv.1911.00001",
        "oai:arXiv.org:1911.00001",
        "https://arxiv.org/pdf/1911.00001v3.pdf",
        "http://export.arxiv.org/abs/1911.00001",
        "https://ar5iv.labs.arxiv.org/html/1911.00001",
        "https://ar5iv.org/abs/1911.00001",
        "https://api.semanticscholar.org/arXiv:1911.00001",
        "https://www.alphaxiv.org/overview/1911.00001",
        "https://dblp.org/rec/journals/corr/abs-1911-00001.bib",
    ],
)
def test_an_arxiv_id_is_found_in_what_goes_by_it(text: str) -> None:
    assert arxiv_id(text) == "1911.00001"


@pytest.mark.parametrize(
    "text",
    ["1913.00001", "1900.00001", "0703.0001", "1911.0001", "1911.000011", "hep-th/9913001", "https://a.example/1911.00001"],
)  # fmt: skip
def test_an_id_that_cannot_be_is_none(text: str) -> None:
    assert arxiv_id(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "10.1234/Turnip.5",
        "DOI 10.1234/Turnip.5.",
        "<10.1234/turnip.5>",
        "(10.1234/turnip.5)",
        "HTTPS://DX.DOI.ORG/10.1234/TURNIP.5",
        "doi.org/10.1234/turnip.5",
        "https://doi-org.proxy.example.edu/10.1234/turnip.5",
        "https://doi.org/10.1234%2Fturnip.5?source=list",
        "https://index.example.org/record?eid=2&doi=10.1234%2fturnip.5&key=40",
        "https://dl.example.org/doi/abs/10.1234/turnip.5?download=true",
        "https://link.example.org/article/10.1234/turnip.5",
    ],
)
def test_a_doi_is_found_in_what_stands_for_it(text: str) -> None:
    assert doi(text) == "10.1234/turnip.5"


@pytest.mark.parametrize(
    "text", ["10.1234/turnip 5", "https://doi.org/10.1234/a%20b", "10/gf5x", "10.1234/", "turnip", "N/A"]
)
def test_what_is_no_doi_is_not_cut_to_one(text: str) -> None:
    assert doi(text) is None
    assert is_no_doi(text)


def test_brackets_that_belong_to_a_doi_stay() -> None:
    text = "10.1002/(sici)1097-4571(1999)50:3<1::aid-x>3.0.co;2-#"
    assert doi(text) == text
    assert doi("10.1234/f(x)") == "10.1234/f(x)"


def test_nothing_said_is_nothing_wrong() -> None:
    assert not any(map(is_no_doi, ("", "-", "none", "10.1234/x", "arXiv:1911.00001")))


PIECES = st.sampled_from(
    ["10.1234/", "x", "%", "%2f", "%20", "(", ")", " ", ".", "doi:", "https://", "doi.org/", "&doi=", "?"]
)


@given(st.text(max_size=60) | st.lists(PIECES, max_size=12).map("".join))
def test_what_is_found_is_found_again_in_itself(text: str) -> None:
    for find in (doi, arxiv_id):
        found = find(text)
        assert found is None or find(found) == found
