"""Marks in titles, titles of what is no paper, and notices in place of abstracts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.titles import is_only_notice, title_marks, type_by_title, unmarked, withdrawal


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("RETRACTED: Counting Sheep", "retracted"),
        ("RETRACTED ARTICLE: Counting Sheep", "retracted"),
        ("[Withdrawn] Counting Sheep", "withdrawn"),
        ("REMOVED: Counting Sheep", "withdrawn"),
        ("Counting Sheep [Retracted]", "retracted"),
        ("Counting Sheep (Retracted article. See vol. 12, pg 3, 2020)", "retracted"),
        ("Counting Sheep \u2013 RETRACTED", "retracted"),
    ],
)
def test_publishers_mark_what_became_of_a_paper(title: str, status: str) -> None:
    (mark,) = title_marks(title)
    assert (str(mark.status), unmarked(title)) == (status, "Counting Sheep")


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Erratum to: Counting Sheep", "erratum"),
        ("Corrigendum: Counting Sheep", "erratum"),
        ("Publisher Correction: Counting Sheep", "erratum"),
        ("Correction to \u201cCounting Sheep\u201d", "erratum"),
        ("Retraction Note to: Counting Sheep", "retraction"),
        ("Notice of Retraction: Counting Sheep", "retraction"),
        ("Expression of Concern: Counting Sheep", "retraction"),
        ("Erratum", "erratum"),
        ("Proceedings of the 3rd Workshop on Sheep", "proceedings"),
        ("The 12th International Conference on Sheep, SHEEP 2024", "proceedings"),
        ("Sheep \u2013 SHEEP 2024: 12th Conference, Ghent, Proceedings, Part IV", "proceedings"),
        ("Front Matter: Volume 123", "paratext"),
        ("[Title page iii]", "paratext"),
        ("Author Index", "paratext"),
        ("Table of Contents", "paratext"),
        ("Technical Program Committee", "paratext"),
        ("Editorial: Sheep at Large", "editorial"),
        ("Message from the Program Chairs", "editorial"),
        ("Preface", "editorial"),
    ],
)
def test_a_title_may_be_that_of_no_paper(title: str, kind: str) -> None:
    assert str(type_by_title(title, has_abstract=False)) == kind


@pytest.mark.parametrize(
    "title",
    [
        "Counting Sheep",
        "Retracted Sheep and Where to Find Them",
        "Retraction-Based Motion Planning",
        "Correction of Errors in Sheep",
        "Correction-aware Decoding: A Study",
        "Corrections by Sheep",
        "Withdrawal Symptoms in Sheep",
        "Learning Committees",
        "Query by Committee",
        "Editorial Decisions of Sheep",
        "Demography: A Study",
        "Indexing Authors",
        "Contents Are Hot",
    ],
)
def test_words_of_a_title_are_no_mark(title: str) -> None:
    assert (title_marks(title), type_by_title(title, has_abstract=True)) == ((), None)


@pytest.mark.parametrize("label", ["POSTER: ", "WIP: ", "DEMO: ", "[Demo] ", "Poster abstract: ", "Invited talk: "])
def test_labels_of_presentations_are_marks_and_part_of_the_title(label: str) -> None:
    (mark,) = title_marks(f"{label}Counting Sheep")
    assert (mark.end, mark.status, mark.type) == (len(label), None, None)
    assert unmarked(f"{label}Counting Sheep") == f"{label}Counting Sheep"


@pytest.mark.parametrize(
    ("abstract", "status", "is_all"),
    [
        ("This paper has been withdrawn due to errors in the count of sheep.", "withdrawn", True),
        ("This article has been retracted at the request of the editor.", "retracted", True),
        ("Withdrawn.", "withdrawn", True),
        ("The authors have withdrawn this paper. Please see the new version.", "withdrawn", True),
        ("This paper has been withdrawn. We count sheep and gain 3 points.", "withdrawn", False),
        ("We study papers that have been withdrawn.", "None", False),
        ("", "None", False),
    ],
)
def test_a_notice_may_stand_in_place_of_an_abstract(abstract: str, status: str, is_all: bool) -> None:
    assert (str(withdrawal(abstract)), is_only_notice(abstract)) == (status, is_all)


@given(
    st.lists(st.sampled_from(["RETRACTED", "[", "]", ":", " ", "(", ")", "-", "paper", "Proceedings", "\u2013", "."]))
)
def test_marks_lie_in_the_title_one_after_the_other(pieces: list[str]) -> None:
    title = "".join(pieces)
    position = 0
    for mark in title_marks(title):
        assert position <= mark.start < mark.end <= len(title)
        position = mark.end


def test_title_of_volume_with_the_letters_i_of_turkish() -> None:
    assert str(type_by_title("PROCEED\u0130NGS OF THE 3RD WORKSHOP", has_abstract=True)) == "proceedings"
    assert str(type_by_title("Ed\u0131tor\u0131al", has_abstract=True)) == "editorial"
