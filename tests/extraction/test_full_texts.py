"""What the body of a paper adds: statements of its experiments, and what its tables say."""

from __future__ import annotations

from kg.extraction.fulltext.sections import LONGEST_READ, pieces_of
from kg.extraction.fulltext.statements import Things, moved
from kg.model import (
    Anchor,
    EntityType,
    Extraction,
    LocalEntity,
    Mention,
    Part,
    PassageKind,
    Relation,
    Rule,
)

LONG = "We evaluate all of our models on this benchmark. "


def section(text: str, *heading: str, appendix: bool = False) -> Part:
    return Part(PassageKind.SECTION, text, heading, appendix)


def thing(name: str, relation: Relation, *, kind: EntityType = EntityType.METHOD, place: int = 1) -> LocalEntity:
    mention = Mention(Anchor(place, 0, len(name), 0, 20), name, Rule.TAGGER, relation, 0.9)
    return LocalEntity(name, kind, relation, 0.9, (mention,))


def test_experiments_and_captions_are_read_and_related_work_is_not() -> None:
    body = (
        section(LONG, "Introduction"),
        section(LONG, "Related Work", "Datasets"),
        section(LONG, "Experiments"),
        section(LONG, "4.2 Main Results"),
        section(LONG, "Experiments", appendix=True),
        Part(PassageKind.CAPTION, LONG, ("Experiments",)),
        Part(PassageKind.FOOTNOTE, LONG, ("Experiments",)),
    )
    assert [piece.place for piece in pieces_of(body)] == [4, 5, 7]


def test_where_no_title_is_usual_all_but_the_work_of_others_is_read() -> None:
    body = (section(LONG, "A Fold in Time"), section(LONG, "Related Work"))
    assert [piece.place for piece in pieces_of(body)] == [2]


def test_pieces_are_whole_sentences_at_their_places() -> None:
    part = section(LONG * 80, "Experiments")
    pieces = list(pieces_of((part,)))
    assert len(pieces) > 1
    assert all(part.text[piece.start :].startswith(piece.text) for piece in pieces)
    assert all(piece.text.startswith("We evaluate") for piece in pieces)
    assert "".join(piece.text for piece in pieces) == part.text


def test_of_an_endless_text_so_much_is_read() -> None:
    part = section(LONG * 10_000, "Experiments")
    assert sum(len(piece.text) for piece in pieces_of((part,))) <= LONGEST_READ


def test_a_body_says_what_is_done_with_what_the_abstract_mentions() -> None:
    things = Things(Extraction((thing("FooNet", Relation.MENTIONS),)))
    things.add_stated([thing("FooNet", Relation.USES, place=4)])
    (found,) = things.entities
    assert found.relation is Relation.USES
    assert [mention.anchor.place for mention in found.mentions] == [1, 4]


def test_a_body_introduces_nothing_and_mentions_count_for_nothing_there() -> None:
    things = Things(Extraction())
    things.add_stated([thing("FooNet", Relation.INTRODUCES), thing("BarNet", Relation.MENTIONS)])
    assert things.entities == []


def test_a_metric_that_is_called_as_a_model_is_a_thing_of_its_own() -> None:
    things = Things(Extraction((thing("CLIP", Relation.USES, kind=EntityType.MODEL),)))
    metric = thing("CLIP", Relation.EVALUATES_ON, kind=EntityType.METRIC, place=5)
    numbers = [things.put(metric, of_a_kind=True) for _ in range(2)]
    assert numbers == [1, 1]
    assert [(each.type, each.relation) for each in things.entities] == [
        (EntityType.MODEL, Relation.USES),
        (EntityType.METRIC, Relation.EVALUATES_ON),
    ]
    assert things.put(thing("CLIP", Relation.COMPARES_WITH, place=6), of_a_kind=True) == 0


def test_of_many_proofs_a_few_are_kept() -> None:
    things = Things(Extraction())
    for place in range(2, 40):
        things.add_stated([thing("FooNet", Relation.USES, place=place)])
    assert len(things.entities[0].mentions) == 5


def test_what_a_piece_names_is_anchored_in_its_passage() -> None:
    (mention,) = moved(thing("FooNet", Relation.USES), 100).mentions
    assert (mention.anchor.start, mention.anchor.end, mention.anchor.sentence_end) == (100, 106, 120)
