"""News in words: one harmless line a thing, and what is left out is counted."""

from __future__ import annotations

import pytest

from kg.model import Paper
from kg.watching.words import address_of, news_text, paper_lines, result_words, title_of
from tests.questions.test_leaderboard import claim
from tests.samples import HOSTILE_TEXTS
from tests.watching.made import news_of, paper_news


def test_many_results_are_cut_and_counted() -> None:
    lines = list(paper_lines(paper_news(results=tuple(claim("A", number) for number in range(12)))))
    assert sum(line.startswith("  result: ") for line in lines) == 8
    assert lines[-1] == "  ... and 4 more results"


def test_a_result_says_what_it_was_measured_in_on_and_by() -> None:
    told = claim("FooNet", 80.5, unit="%", split="dev")
    assert result_words(told) == "result: 80.5% accuracy on Sheep (dev) by FooNet"


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_no_text_has_orders_for_terminals_or_lines_of_its_own(text: str) -> None:
    told = news_text([news_of(text)])
    assert not any(ord(character) < 32 and character != "\n" for character in told)
    assert len(told.splitlines()) == len(news_text([news_of("Sheep")]).splitlines())


def test_a_paper_is_where_its_sources_say_on_the_web() -> None:
    assert address_of(Paper("A", "", doi="10.1/x")) == "https://doi.org/10.1/x"
    assert address_of(Paper("A", "", urls=("https://example.org/a b",))) == "https://example.org/a%20b"
    assert address_of(Paper("A", "", urls=("javascript:alert(1)",))) is None


def test_a_title_of_nothing_is_the_id() -> None:
    assert title_of(Paper("\u200b", "", id="title/abc")) == "title/abc"
