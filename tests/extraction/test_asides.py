"""What is not the paper's wording names nothing, and stays in the stored text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extraction.asides import own_wording, own_wording_of_title
from kg.extraction.passages import paper_text
from kg.model import EntityType, Extraction, LocalEntity, Paper, Relation

Named = Callable[..., dict[str, LocalEntity]]

BOT = (
    "This is an automated message from the Librarian Bot. I found the following papers similar to this paper. The "
    "following papers were recommended by the Semantic Scholar API * PPO on WebArena (2024) * GRPO on HumanEval (2023) "
    "Please give a thumbs up to this comment if you found it helpful! If you want recommendations for any Paper on "
    "Hugging Face checkout this Space. You can directly ask Librarian Bot for paper recommendations by tagging it in a "
    "comment: "
    "@librarian-bot recommend"
)


def words(text: str) -> str:
    return " ".join(own_wording(text).text.split())


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("We tune zorps/zorp-1.3b [12] and google/gemma-2-9b.", "We tune zorp-1.3b and gemma-2-9b."),
        ("It beats ZORP[3].The planner wins.", "It beats ZORP. The planner wins."),
        (f"We plan. {BOT}", "We plan."),
        (f"{BOT} We plan.", "We plan."),
        ("We plan. This is an automated message from the Zorp Bot with papers on PPO.", "We plan."),
        ("TL;DR: We plan.", "We plan."),
        ("We plan. Upvote 23", "We plan."),
        ("We plan. Project page: https://example.org/plans", "We plan."),
        ("We plan. \u00a9 2024 Zorp B.V. All rights reserved.", "We plan."),
    ],
)
def test_asides_are_not_read(stored: str, read: str) -> None:
    assert words(stored) == read


def test_nothing_stands_around_a_title() -> None:
    assert own_wording_of_title("TLDR: Plans").text == "TLDR: Plans"


def test_a_place_behind_an_aside_leads_to_the_stored_text() -> None:
    abstract = f"{BOT} We tune zorps/zorp-1.3b [12] with PPO."
    text = paper_text(Paper("On a Question", abstract))
    start = text.text.index("PPO")
    anchor = text.anchor((start, start + 3), (start, start + 4))
    assert abstract[anchor.start : anchor.end] == "PPO"


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("We start from mistralai/Mistral-7B-Instruct-v0.2.", {"Mistral-7B-Instruct-v0.2"}),
        (r"We use GPT-4~gpt4 and LLaMA-2~\cite{touvron}.", {"GPT-4", "LLaMA-2"}),
        ("We tune LLaMA-2.The tuned model wins.", {"LLaMA-2"}),
        ("We evaluate on GSM\u00ad8K and Human\u200bEval.", {"GSM8K", "HumanEval"}),
        ("We use GPT-4 &amp; <i>PPO</i> on GSM8K, p &lt; 0.05.", {"GPT-4", "PPO", "GSM8K"}),
        ("We use {{GPT-4}} on {{GSM8K}}.", {"GPT-4", "GSM8K"}),
        ("We evaluate on the TL;DR dataset.", {"TL;DR"}),
        ("TL;DR: We use PPO.", {"PPO"}),
        (f"We use PPO. {BOT}", {"PPO"}),
    ],
)
def test_names_are_those_of_the_paper(named: Named, sentence: str, names: set[str]) -> None:
    assert set(named(sentence)) == names


@pytest.mark.parametrize("macro", [r"\method", r"\ours", r"\modelname{}", r"\mone\xspace"])
def test_an_authors_macro_names_nothing(named: Named, macro: str) -> None:
    found = named(
        f"To overcome this, we propose {macro}, a framework for agents. We evaluate {macro} on WebShop. {macro} wins."
    )
    assert set(found) == {"WebShop"}


def test_an_adjective_of_a_title_speaks_of_the_name(named: Named) -> None:
    found = named("They talk.", title="GPT-4-Powered Tutors")
    assert found["GPT-4"].type is EntityType.MODEL


def test_a_hub_id_is_the_model_without_its_owner(extract: Callable[..., Extraction]) -> None:
    with_owner, without = (
        extract(f"We fine-tune {name} on GSM8K.").entities for name in ("meta-llama/Llama-3.1-8B", "Llama-3.1-8B")
    )
    assert [(e.name, e.type, e.family) for e in with_owner] == [(e.name, e.type, e.family) for e in without]
    assert Relation.USES in {entity.relation for entity in with_owner}
