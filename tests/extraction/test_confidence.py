from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from kg.extraction.document import Findings
from kg.extraction.judging.confidence import confidence_of, evidence_for
from kg.extraction.judging.things import Thing
from kg.extraction.passages import paper_text
from kg.extraction.proposals import NameProposal
from kg.extraction.weights import shipped
from kg.model import EntityType, LocalEntity, Paper, Rule

Find = Callable[..., dict[str, LocalEntity]]
WEIGHTS = json.loads(shipped("confidence.json").read_text())
FOUND = Findings.of(paper_text(Paper("On Planning", "We propose ZorpNet here.")))


def zorpnet(rule: Rule, score: float, kind: EntityType | None = None, **more: bool) -> NameProposal:
    return NameProposal(24, 31, "ZorpNet", rule, score, kind, **more)  # type: ignore[arg-type]


def confidence(*names: NameProposal) -> float:
    """What a thing with these mentions gets, in a text that says nothing more."""
    return confidence_of(Thing("zorpnet", list(names)), FOUND, 1, WEIGHTS)


def test_each_rule_that_speaks_for_a_name_makes_it_surer() -> None:
    shape = zorpnet(Rule.SHAPE, 0.45)
    tagged = zorpnet(Rule.TAGGER, 0.95, EntityType.METHOD)
    proposed = zorpnet(Rule.PROPOSED, 0.88, EntityType.METHOD, introduced=True)
    assert confidence(shape) < confidence(shape, tagged) < confidence(shape, tagged, proposed)


@pytest.mark.parametrize(("score", "surely"), [(0.5, 0.0), (0.9, 2.197), (0.995, 5.293), (0.999, 5.297)])
def test_tagger_counts_by_its_log_odds_up_to_a_bound(score: float, surely: float) -> None:
    evidence = evidence_for(Thing("zorpnet", [zorpnet(Rule.TAGGER, score)]), FOUND, 1)
    assert evidence.get("tagged surely", 0.0) == pytest.approx(surely, abs=0.001)


def test_a_reading_that_needed_context_is_less_sure_whatever_its_score() -> None:
    listed = NameProposal(24, 31, "ZorpNet", Rule.GAZETTEER, 0.95, EntityType.METHOD, "method/zorpnet")
    confirmed = NameProposal(
        24, 31, "ZorpNet", Rule.GAZETTEER, 0.95, EntityType.METHOD, "method/zorpnet", needs_context=True
    )
    assert confidence(confirmed) < confidence(listed)
    assert confidence(confirmed, listed) == confidence(listed)


def test_words_of_a_name_count_up_to_five() -> None:
    def counted(name: str) -> float:
        return evidence_for(Thing("x", [NameProposal(24, 31, name, Rule.SHAPE, 0.7)]), FOUND, 1)["words"]

    assert [counted("Zorp " * n) for n in (1, 4, 5, 9)] == [1, 4, 5, 5]


def test_name_of_the_papers_own_work_is_nearly_sure(named: Find) -> None:
    found = named("We propose ZorpNet, a new method. ZorpNet wins on GSM8K.", title="ZorpNet: Plans That Hold")
    assert found["ZorpNet"].confidence > 0.9


def test_confidence_is_a_probability_that_tells_the_sure_from_the_doubtful(named: Find) -> None:
    found = named(
        "Some plan at Chess. We run ZorpNet, a planner. ZorpNet beats PPO on GSM8K.", title="ZorpNet: Plans That Hold"
    )
    assert all(0.01 <= entity.confidence <= 0.99 for entity in found.values())
    assert min(found[name].confidence for name in ("ZorpNet", "PPO", "GSM8K")) > 0.9
    assert found["chess"].confidence < 0.9
