from collections.abc import Callable

from kg.extraction.confidence import confidence_of
from kg.extraction.document import Candidate, Findings, PaperText
from kg.extraction.named import Named
from kg.model import EntityType, LocalEntity
from kg.text.latex import Rendered

Find = Callable[..., dict[str, LocalEntity]]


def confidence(*candidates: Candidate) -> float:
    """What a thing with these candidates gets, in a text that says nothing more."""
    text = "On Planning\n\nWe propose ZorpNet here."
    found = Findings(PaperText(text, 13, Rendered("On Planning"), Rendered(text[13:])), [(0, 13), (13, len(text))])
    return confidence_of(Named("zorpnet", list(candidates)), found)


def test_each_rule_that_speaks_for_a_name_makes_it_surer() -> None:
    shape = Candidate(24, 31, "ZorpNet", "shape", 0.45)
    tagged = Candidate(24, 31, "ZorpNet", "tagger", 0.95, EntityType.METHOD)
    proposed = Candidate(24, 31, "ZorpNet", "proposed", 0.88, EntityType.METHOD, introduced=True)
    assert confidence(shape) < confidence(shape, tagged) < confidence(shape, tagged, proposed)


def test_name_of_the_papers_own_work_is_nearly_sure(named: Find) -> None:
    found = named("We propose ZorpNet, a new method. ZorpNet wins on GSM8K.", title="ZorpNet: Plans That Hold")
    assert found["ZorpNet"].confidence > 0.9


def test_confidence_is_a_probability(named: Find) -> None:
    for entity in named("We use PPO, DPO and the MATH dataset with Qwen2.5-7B; FooBar helps.").values():
        assert 0 < entity.confidence < 1
