"""No text, however odd, takes longer than its length is worth: steps are counted, no time is measured."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from re import _parser
from types import FrameType

import pytest

from kg.extraction.judging.rows import results_of
from kg.extraction.judging.settings import Settings
from kg.extraction.phrases import Phrase, shipped_phrases
from kg.extraction.pipeline import Extractor
from kg.extraction.recipe import Recipe
from kg.model import Paper

ODD: dict[str, str] = {
    "capitals": "A",
    "compounds": "A-",
    "slashes": "a/",
    "digits": "1",
    "decimals": "gains of 5.1 accuracy ",
    "values": "GSM8K (5.1%), ",
    "names": "PPO and ",
    "senses": "We improve MATH by 3.2% with PPO over GRPO. ",
    "own": "we propose ",
    "called": "called X ",
    "cutoffs": "a@1",
    "addresses": "://",
    "aligned": "on GSM8K 5%, respectively, ",
    "owners": "a/a-",
    "citations": "x[1, 1",
    "stops": "a.The ",
    "bots": "This is an automated message from the Zorp Bot ",
    "thumbs": "please give a thumbs up to this comment. ",
    "rights": ". (c) 2024 a",
    "macros": "\\\\a ",
    "brackets": "PPO (",
    "lines": "GPT-\n",
    "tags": "<p>",
}


@pytest.fixture(scope="module")
def rules() -> Extractor:
    return Extractor(Recipe.shipped().without("kg_reader"))


def steps(work: Callable[[], object]) -> int:
    """Calls of Python functions and of C functions that some work makes."""
    count = 0

    def profile(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(profile)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_steps_grow_with_the_length_of_a_text(rules: Extractor, text: str) -> None:
    def work(repeats: int) -> int:
        paper = Paper("On a Question", text * repeats)
        return steps(lambda: list(rules.extract([paper])))

    work(10)
    small, large = work(100), work(400)
    assert large < 5 * small


REPEATS = (_parser.MAX_REPEAT, _parser.MIN_REPEAT)


def unbounded(parsed: object) -> bool:
    """Whether a parsed pattern repeats something without bound and can go back on it."""
    if isinstance(parsed, _parser.SubPattern):
        return any(unbounded(item) for item in parsed)
    if isinstance(parsed, tuple) and len(parsed) == 2 and parsed[0] in REPEATS:
        _, most, inner = parsed[1]
        return most == _parser.MAXREPEAT or unbounded(inner)
    if isinstance(parsed, list | tuple):
        return any(unbounded(item) for item in parsed)
    return False


@pytest.mark.parametrize("phrase", shipped_phrases().patterns.values(), ids=lambda phrase: phrase.name)
def test_every_repetition_in_a_phrase_has_a_bound(phrase: Phrase) -> None:
    if phrase.name == "value":  # looks ahead to the end of a word, once a number
        return
    assert not unbounded(_parser.parse(phrase.pattern.pattern, phrase.pattern.flags & re.IGNORECASE))


def test_numbers_of_one_sentence_are_judged_in_steps_that_grow_with_their_number(rules: Extractor) -> None:
    settings = rules.nlp.get_pipe("kg_judge").settings
    assert isinstance(settings, Settings)

    def work(numbers: int) -> int:
        text = (
            "On GSM8K and MATH-500 it scores "
            + ", ".join(["PPO 5.1% of F1 on HumanEval"] * numbers)
            + ", respectively."
        )
        found = rules.read(Paper("On a Question", text))._.kg
        things = rules.nlp.get_pipe("kg_judge").things(found)
        for thing in things:
            thing.confidence = 1.0
        return steps(lambda: list(results_of(found, found.rows, things, settings)))

    small, large = work(50), work(200)
    assert large < 5 * small
