"""What follows from a record's identifier, title and abstract."""

from __future__ import annotations

import pytest

from kg.model import Paper
from kg.sources.addresses import addresses_of, repositories_in
from kg.sources.derived import derived
from kg.sources.types import paper_type


@pytest.mark.parametrize(
    ("arxiv", "date"), [("2402.01234", "2024-02"), ("cs/0112017", "2001-12"), ("hep-th/9901001", "1999-01")]
)
def test_an_arxiv_id_dates_a_paper_that_nothing_else_does(arxiv: str, date: str) -> None:
    assert derived(Paper("Sheep", "", arxiv=arxiv)).date == date
    assert derived(Paper("Sheep", "", arxiv=arxiv, date="2025")).date == "2025"


@pytest.mark.parametrize(
    ("title", "kind", "status"),
    [
        ("RETRACTED: Counting Sheep", None, "retracted"),
        ("Retracted Article: Counting Sheep", None, "retracted"),
        ("[Withdrawn] Counting Sheep", None, "withdrawn"),
        ("Erratum to: Counting Sheep", "erratum", None),
        ("Corrigendum: Counting Sheep", "erratum", None),
        ("Author Correction: Counting Sheep", "erratum", None),
        ("Retraction Note: Counting Sheep", "retraction", None),
        ("Correction of Errors in Sheep", None, None),
        ("Counting Sheep [Retracted]", None, "retracted"),
        ("Front Matter", "paratext", None),
        ("Corrections by Sheep", None, None),
        ("Retracted Sheep and Where to Find Them", None, None),
    ],
)
def test_a_title_says_what_became_of_a_paper(title: str, kind: str | None, status: str | None) -> None:
    paper = derived(Paper(title, "We count."))
    assert (paper.type, paper.status) == (kind, status)


def test_what_a_title_says_counts_more_than_the_publishers_word() -> None:
    assert derived(Paper("Erratum to: Counting Sheep", "", type="article")).type == "erratum"
    assert derived(Paper("Counting Sheep", "", type="article")).type == "article"


@pytest.mark.parametrize(
    ("abstract", "status"),
    [
        ("This paper has been withdrawn by the authors due to an error.", "withdrawn"),
        ("The submission was withdrawn.", "withdrawn"),
        ("We study papers that have been withdrawn.", None),
    ],
)
def test_an_abstract_says_that_the_paper_is_withdrawn(abstract: str, status: str | None) -> None:
    assert derived(Paper("Sheep", abstract)).status == status


def test_code_is_found_where_the_abstract_links_to_it() -> None:
    abstract = "Code: https://github.com/ada/sheep.git. Page: https://example.org. Also gitlab.com/bo/wool/-/tree/main."
    paper = derived(Paper("Sheep", abstract, repositories=("https://github.com/ada/sheep",)))
    assert paper.repositories == ("https://github.com/ada/sheep", "https://gitlab.com/bo/wool")


def test_only_addresses_of_the_web_are_addresses() -> None:
    hostile = [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        'https://a.example/"><script>',
        "ftp://a",
    ]
    assert addresses_of(["https://example.org/a b", *hostile]) == ("https://example.org/a",)


def test_repositories_need_an_owner_and_a_name() -> None:
    assert repositories_in("https://github.com/ada and https://example.org/github.com/") == ()


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("journal-article", "article"), ("JOUR", "article"), ("JournalArticle", "article"),
        ("inproceedings", "conference-paper"),
        ("proceedings-article", "conference-paper"), ("posted-content", "preprint"), ("Published Erratum", "erratum"),
        ("Conference and Workshop Papers", None), (["Journal Article", "Review"], "article"), (3, None), ("", None),
    ],
)  # fmt: skip
def test_publishers_words_for_types(word: object, kind: str | None) -> None:
    assert paper_type(word) == kind
