from __future__ import annotations

import pytest

from kg.errors import KgError, NotFoundError
from kg.model import EntityType, PassageKind, Relation
from kg.questions import paper
from kg.questions.names import with_descendants
from kg.questions.paper import PaperProfile, PaperRequest
from kg.questions.papers import PaperHit, PapersRequest, ask
from kg.store import GraphReader

GSM8K = {"benchmark": ("GSM8K",)}
PPO = {"method": ("PPO",)}


def find(reader: GraphReader, **wanted: object) -> tuple[PaperHit, ...]:
    return ask(reader, PapersRequest(**wanted))  # type: ignore[arg-type]


def ids(reader: GraphReader, **wanted: object) -> list[str]:
    return [hit.paper.id for hit in find(reader, **wanted)]


def profile_paper(reader: GraphReader, name: str) -> PaperProfile:
    return paper.ask(reader, PaperRequest(name))


def test_all_papers_match_when_nothing_is_asked(reader: GraphReader) -> None:
    assert len(ids(reader)) == 67


def test_papers_come_newest_first_and_those_without_a_date_last(reader: GraphReader) -> None:
    dates = [
        hit.paper.date or ""
        for hit in find(
            reader,
        )
    ]
    assert dates == sorted(dates, reverse=True)


def test_a_hit_proves_itself_by_the_sentence(reader: GraphReader) -> None:
    for hit in find(reader, **GSM8K, exact=True):
        assert hit.evidence is not None
        assert hit.entity == "GSM8K"
        text = hit.paper.text_at(hit.evidence.anchor.place)
        assert text[hit.evidence.anchor.start : hit.evidence.anchor.end] in hit.evidence.sentence
        assert hit.evidence.sentence in text


def test_the_evidence_says_the_relation_wherever_any_does(reader: GraphReader) -> None:
    for hit in find(reader, **GSM8K):
        said = reader.evidence_of(hit.paper)[hit.entity_id or ""]
        assert hit.evidence is not None
        assert hit.evidence.relation == hit.relation or all(piece.relation != hit.relation for piece in said)


def test_a_sentence_is_preferred_to_a_title(reader: GraphReader) -> None:
    for hit in find(reader, **PPO):
        same = [e for e in reader.evidence_of(hit.paper)[hit.entity_id or ""] if e.relation == hit.relation]
        if any(piece.passage is PassageKind.ABSTRACT for piece in same):
            assert hit.evidence is not None
            assert hit.evidence.passage is PassageKind.ABSTRACT


def test_all_filters_must_hold(reader: GraphReader) -> None:
    both = ids(reader, **GSM8K, **PPO)
    assert set(both) == set(ids(reader, **GSM8K)) & set(ids(reader, **PPO))
    assert 0 < len(both) < len(ids(reader, **GSM8K))


def test_a_name_stands_for_its_family_unless_it_is_to_be_exact(reader: GraphReader) -> None:
    qwen = {"model": ("Qwen",)}
    assert set(ids(reader, **qwen, exact=True)) < set(ids(reader, **qwen))


@pytest.mark.parametrize("relation", Relation)
def test_a_relation_keeps_only_links_of_that_relation(reader: GraphReader, relation: Relation) -> None:
    assert all(hit.relation is relation for hit in find(reader, **GSM8K, relation=relation))


def test_a_relation_alone_finds_papers_that_have_such_a_link(reader: GraphReader) -> None:
    hits = find(reader, relation=Relation.INTRODUCES)
    assert hits
    assert all(hit.relation is Relation.INTRODUCES and hit.entity for hit in hits)


def test_a_confidence_keeps_only_links_at_least_as_sure(reader: GraphReader) -> None:
    hits = find(reader, **GSM8K, min_confidence=0.9)
    assert all((hit.confidence or 0) >= 0.9 for hit in hits)
    assert ids(reader, **GSM8K, min_confidence=1) == [hit.paper.id for hit in hits if hit.confidence == 1]


@pytest.mark.parametrize("since", ["2024", "2024-06", "2024-06-15"])
def test_since_keeps_papers_from_that_date_on(reader: GraphReader, since: str) -> None:
    dates = [hit.paper.date for hit in find(reader, since=since)]
    assert dates
    assert all(date is not None and date >= since for date in dates)


@pytest.mark.parametrize("since", ["", "yesterday", "2024-6", "24", "2024-06-30T00", "' OR 1", "2024\n"])
def test_since_is_refused_when_it_is_no_date(reader: GraphReader, since: str) -> None:
    with pytest.raises(KgError, match="is no date; write 2024, 2024-06 or 2024-06-30"):
        ids(reader, since=since)


def test_all_words_of_a_text_must_occur(reader: GraphReader) -> None:
    hits = find(reader, text="critic baseline")
    assert hits
    for hit in hits:
        text = f"{hit.paper.title} {hit.paper.abstract}".casefold()
        assert "critic" in text
        assert "baseline" in text


@pytest.mark.parametrize(
    "text",
    ['critic"', "critic AND", "NOT critic", "title:critic", "critic*", "NEAR(critic, 2)", "^critic", "-critic",
     "{title}:critic", "critic OR baseline)",
     "'; DROP TABLE paper;--", "critic\0", "\u202ecritic", "critic \udcff", "critic " * 400],
)  # fmt: skip
def test_a_hostile_text_is_words_and_nothing_else(reader: GraphReader, text: str) -> None:
    assert len(ids(reader, text=text)) <= len(ids(reader, text="critic"))


@pytest.mark.parametrize("text", ["", '"', "***", "--", "\0"])
def test_a_text_without_a_word_is_refused(reader: GraphReader, text: str) -> None:
    with pytest.raises(KgError, match="holds no word to search for"):
        ids(reader, text=text)


def test_an_unknown_name_is_not_found(reader: GraphReader) -> None:
    with pytest.raises(NotFoundError, match="did you mean GSM8K"):
        ids(reader, benchmark=("GSM8",))


@pytest.mark.parametrize(
    "name",
    ["DeepSeekMath: Pushing the Limits of Mathematical Reasoning in Open Language Models",
     "deepseekmath pushing the limits of mathematical reasoning in open language models",
     "Pushing the Limits of Mathematical"],
)  # fmt: skip
def test_a_paper_is_found_by_its_title_in_any_spelling_or_by_words_of_it(reader: GraphReader, name: str) -> None:
    assert profile_paper(reader, name).paper.title.startswith("DeepSeekMath: Pushing")


def test_a_paper_is_found_by_its_id(reader: GraphReader) -> None:
    first = next(reader.papers())
    assert profile_paper(reader, first.id).paper == first


def test_a_paper_has_its_links_strongest_first_with_evidence(reader: GraphReader) -> None:
    links = profile_paper(reader, "Pushing the Limits of Mathematical").links
    strengths = [link.relation.strength for link in links]
    assert strengths == sorted(strengths)
    assert all(link.evidence for link in links)


def test_words_of_several_titles_are_not_found_and_suggest_those(reader: GraphReader) -> None:
    with pytest.raises(NotFoundError) as caught:
        profile_paper(reader, "Language Model")
    assert len(caught.value.suggestions) > 1


@pytest.mark.parametrize("name", ["", "*", "'; DROP TABLE paper;--", "a\0b", "\udcff", "\u202e"])
def test_a_hostile_title_is_just_not_found(reader: GraphReader, name: str) -> None:
    with pytest.raises(NotFoundError):
        profile_paper(reader, name)


def test_a_limit_keeps_the_newest(reader: GraphReader) -> None:
    every = find(reader, **GSM8K)
    assert len(every) > 2
    assert find(reader, **GSM8K, limit=2) == every[:2]


def test_a_family_may_be_larger_than_a_database_takes_parameters(reader: GraphReader) -> None:
    many = ["benchmark/gsm8k", *(f"model/{number}" for number in range(40_000))]
    assert with_descendants(reader, many) == with_descendants(reader, ["benchmark/gsm8k"])


@pytest.mark.parametrize(
    "wanted",
    [
        PapersRequest(model=("Qwen",), benchmark=("GSM8K",)),
        PapersRequest(relation=Relation.INTRODUCES),
        PapersRequest(entity=("GSM8K",), text="reasoning", since="2023"),
        PapersRequest(text="reasoning"),
        PapersRequest(),
    ],
    ids=["two entities", "a relation", "all at once", "words", "everything"],
)
def test_each_hit_is_what_the_graph_says_of_that_paper(reader: GraphReader, wanted: PapersRequest) -> None:
    hits = ask(reader, wanted)
    assert hits
    assert len({hit.paper.id for hit in hits}) == len(hits)
    for hit in hits:
        assert hit.paper == reader.paper(hit.paper.id)
        if hit.entity_id is not None:
            links = {link.entity_id: (link.relation, link.confidence) for link in reader.links_of(hit.paper.id)}
            assert links[hit.entity_id] == (hit.relation, hit.confidence)
            assert hit.evidence in reader.evidence_of(hit.paper)[hit.entity_id]


def test_the_link_shown_is_to_the_first_name_or_to_the_type_asked_for(reader: GraphReader) -> None:
    by_order, by_type = (find(reader, **GSM8K, **PPO, exact=True, shown=shown) for shown in (None, EntityType.METHOD))
    assert {hit.entity for hit in by_order} == {"GSM8K"}
    assert {hit.entity for hit in by_type} == {"PPO"}
    assert [hit.paper for hit in by_order] == [hit.paper for hit in by_type]


def test_several_names_of_a_type_must_all_be_named(reader: GraphReader) -> None:
    both = ids(reader, benchmark=("GSM8K", "MATH"))
    assert both
    assert set(both) == set(ids(reader, benchmark="GSM8K")) & set(ids(reader, benchmark="MATH"))
