import pytest

from kg.extraction.definitions import definitions


def pairs(text: str) -> list[tuple[str, str]]:
    return [(text[a:b], text[c:d]) for (a, b), (c, d) in definitions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Group Relative Policy Optimization (GRPO) method", ("Group Relative Policy Optimization", "GRPO")),
        ("we use Monte Carlo tree search (MCTS) here", ("Monte Carlo tree search", "MCTS")),
        ("GRPO (Group Relative Policy Optimization) works", ("Group Relative Policy Optimization", "GRPO")),
        ("process reward models (PRMs) help", ("process reward models", "PRMs")),
        ("reinforcement learning from human feedback (RLHF)", ("reinforcement learning from human feedback", "RLHF")),
    ],
)
def test_definition_is_found_either_way_round(text: str, expected: tuple[str, str]) -> None:
    assert expected in pairs(text)


@pytest.mark.parametrize(
    "text", ["as shown (Smith et al., 2020)", "three tasks (e.g., QA)", "a score (2024)", "a map (see X)"]
)
def test_citation_or_example_is_no_definition(text: str) -> None:
    assert pairs(text) == []


def test_name_made_of_the_beginning_of_a_word_is_no_abbreviation() -> None:
    assert pairs("on formal mathematics (MATH) it wins") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Pairwise Proximal Policy Optimization (P3O) method", ("Pairwise Proximal Policy Optimization", "P3O")),
        ("we use Meta Reinforcement Fine-Tuning, or MRT, here", ("Meta Reinforcement Fine-Tuning", "MRT")),
    ],
)
def test_less_usual_definitions_are_found(text: str, expected: tuple[str, str]) -> None:
    assert expected in pairs(text)


def test_definition_does_not_cross_a_comma() -> None:
    assert pairs("Group methods, Relative Policy Optimization (GRPO)") == []
