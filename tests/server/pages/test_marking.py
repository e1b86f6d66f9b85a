from __future__ import annotations

from kg.model import Anchor, EntityType, Evidence, Paper, PassageKind, Relation, Result, ResultKind, Rule
from kg.questions.paper import PaperLink, PaperProfile
from kg.server.pages.marking import marked

ABSTRACT = r"We train $\mathcal{B}$-Coder with R&amp;D on GSM8K; it gets 40.0\%."


def link(text: str, surface: str) -> PaperLink:
    start = text.index(surface)
    anchor = Anchor(1, start, start + len(surface), 0, len(text))
    proof = Evidence(PassageKind.ABSTRACT, anchor, text, surface, Rule.SHAPE, Relation.USES, 0.9)
    return PaperLink(f"method/{surface}", surface, EntityType.METHOD, Relation.USES, 0.9, (proof,))


def profile(*links: PaperLink, results: tuple[Result, ...] = ()) -> PaperProfile:
    return PaperProfile(Paper("A title", ABSTRACT, "title/x"), links, results)


def test_marks_stand_where_people_read_what_is_stored_otherwise() -> None:
    pieces = marked(profile(link(ABSTRACT, r"$\mathcal{B}$-Coder"), link(ABSTRACT, "GSM8K")), 1)
    assert "".join(piece.text for piece in pieces) == "We train B-Coder with R&D on GSM8K; it gets 40.0%."
    assert [piece.text for piece in pieces if piece.link] == ["B-Coder", "GSM8K"]


def test_of_marks_that_overlap_the_longest_is_kept() -> None:
    pieces = marked(profile(link(ABSTRACT, "R&amp;D on GSM8K"), link(ABSTRACT, "GSM8K")), 1)
    assert [piece.text for piece in pieces if piece.link] == ["R&D on GSM8K"]


def test_numbers_are_marked_as_results() -> None:
    start = ABSTRACT.index(r"40.0\%")
    anchor = Anchor(1, start, start + 6, 0, len(ABSTRACT))
    number = Result(
        r"40.0\%", 40.0, "%", ResultKind.ABSOLUTE, None, None, None, PassageKind.ABSTRACT, anchor, ABSTRACT, 0.9
    )
    assert [piece.text for piece in marked(profile(results=(number,)), 1) if piece.result] == ["40.0%"]


def test_a_text_without_marks_is_one_piece() -> None:
    assert [piece.text for piece in marked(profile(), 0)] == ["A title"]
