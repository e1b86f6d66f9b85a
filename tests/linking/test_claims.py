from __future__ import annotations

from dataclasses import replace

import pytest

from kg.linking import NameTable, NameUse, decide, link_paper
from kg.linking.claims import Claims
from kg.model import Anchor, EntityType, Extraction, LocalEntity, Mention, Relation, Rule
from kg.vocabulary import Concept, Vocabulary

VOCABULARY = Vocabulary(
    {
        "method/ppo": Concept(
            "method/ppo", EntityType.METHOD, "PPO", introduced_in=("https://arxiv.org/abs/1707.00001",)
        ),
        "method/foo": Concept("method/foo", EntityType.METHOD, "Foo"),
    },
    "test",
)


def claiming(concept: str) -> LocalEntity:
    name = VOCABULARY.concepts[concept].label
    mention = Mention(Anchor(1, 0, len(name), 0, 20), name, Rule.GAZETTEER, Relation.INTRODUCES, 1.0)
    return LocalEntity(name, EntityType.METHOD, Relation.INTRODUCES, 0.9, (mention,), concept=concept)


def relations(concept: str, *papers: str) -> dict[str, Relation]:
    """What each of these papers does with a listed thing, if all of them claim it."""
    local = claiming(concept)
    use = NameUse.of(local)
    # A paper that spells the name out beside its letters is one paper.
    uses = [(paper, each) for paper in papers for each in (use, replace(use, expansion="Spelt Out"))]
    claims = Claims.of(VOCABULARY, uses, lambda paper, _: paper.endswith("titled"))
    decisions = decide(NameTable(each for _, each in uses), VOCABULARY, claims=claims)
    linked = {paper: link_paper(paper, Extraction((local,)), decisions, 0.4) for paper in papers}
    assert all(mention.relation is link.links[0].relation for link in linked.values() for _, mention in link.proofs)
    return {paper: found.links[0].relation for paper, found in linked.items()}


@pytest.mark.parametrize(
    ("concept", "papers", "introducing"),
    [
        ("method/ppo", ["arxiv/1707.00001", "arxiv/2501.00002", "title/ab"], {"arxiv/1707.00001"}),
        ("method/ppo", ["arxiv/2501.00002"], set()),
        ("method/ppo", ["title/ab"], {"title/ab"}),
        ("method/foo", ["arxiv/2501.00002"], {"arxiv/2501.00002"}),
        ("method/foo", ["arxiv/2501.00002", "arxiv/2502.00003"], set()),
        ("method/foo", ["arxiv/2501.00002", "title/titled"], {"title/titled"}),
        ("method/foo", ["doi/10.1/titled", "title/titled"], set()),
        ("method/ppo", ["arxiv/2501.titled", "title/titled", "title/ab"], set()),
    ],
    ids=[
        "the paper that is named",
        "another",
        "maybe that one",
        "the only one",
        "one of several",
        "in its title",
        "two in their titles",
        "not known",
    ],
)
def test_a_listed_thing_is_that_of_the_paper_that_introduced_it(
    concept: str, papers: list[str], introducing: set[str]
) -> None:
    found = relations(concept, *papers)
    assert {paper for paper, relation in found.items() if relation is Relation.INTRODUCES} == introducing
    assert {relation for paper, relation in found.items() if paper not in introducing} <= {Relation.USES}
