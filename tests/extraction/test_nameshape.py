import pytest

from kg.extraction.names import is_name_shaped, suffix_type, trim_name
from kg.model import EntityType


@pytest.mark.parametrize("token", ["ThinK", "GRPO", "J1", "ReST-MCTS*", "F2SA", "SWE-Search", "τ-bench", "word2vec"])
def test_name_is_shaped_like_one(token: str) -> None:
    assert is_name_shaped(token)


@pytest.mark.parametrize("token", ["However", "model", "Self-Play", "1e5", "III", "A", "7B", "state-of-the-art"])
def test_word_or_number_is_not_shaped_like_a_name(token: str) -> None:
    assert not is_name_shaped(token)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("FooBench", EntityType.BENCHMARK), ("Foo-13B", EntityType.MODEL), ("FooPO", EntityType.METHOD), ("Foo", None)],
)
def test_ending_says_the_type(name: str, kind: EntityType | None) -> None:
    assert suffix_type(name) is kind


def test_trimming_drops_the_sentence_that_goes_on() -> None:
    assert trim_name("Because DNO") == "DNO"
    assert trim_name("ReFT with Llama") == "ReFT"
