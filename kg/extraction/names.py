"""The shape of names: which tokens look like one, and what their endings say (``-bench``, ``Eval``, ``-7B``)."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.extraction.phrases import words
from kg.model import EntityType

__all__ = ["SUFFIX_IN_TITLE", "is_name_shaped", "is_ordinary_title_word", "stem", "suffix_type", "trim_name"]

_SUFFIX_TYPES: tuple[tuple[re.Pattern[str], EntityType], ...] = (
    (re.compile(r"(?:[Bb]ench(?:mark)?|BENCH|Eval|Arena|QA|Gym|-Gym|World|Suite)(?:[-+ ]?(?:v?\d[\w.]*|Lite|Pro|Hard|"
        r"Verified|Plus))?\Z"), EntityType.BENCHMARK),
    (re.compile(r"(?:[Ii]nstruct|Corpus|[Dd]ataset|Data|Set|-\d+[kKM]|\d+[kK])\Z"), EntityType.DATASET),
    (re.compile(r"(?:-?\d+(?:\.\d+)?[BM]|GPT|LLaMA|Llama|BERT|BART|LM|LLM|VLM|VLA|-R1|Net-\d+)(?:-(?:Instruct|Chat|"
        r"Base|Zero))?\Z"), EntityType.MODEL),
    (re.compile(r"(?:PO|RL|SFT|Search|Attack|Prompt(?:ing)?|Opt|Tuning|Learn|Flow|Former|former|Net|GAN|VAE|MCTS|"
        r"Agent|RAG)\Z"), EntityType.METHOD),
)  # fmt: skip
_ORDINARY = re.compile(r"(?:[A-Z]?[a-z]+(?:-[a-z]+)*|[A-Z][a-z]+(?:-[A-Z][a-z]+)+)\Z")
_ADJECTIVE = (
    "based|like|trained|tuned|finetuned|style|guided|driven|free|aware|generated|enhanced|augmented|inspired|powered|"
    "assisted|derived|induced|equipped|compatible|enabled|integrated|informed|oriented|centric"
)
_ADJECTIVE_ALWAYS_SMALL = (
    "specific|only|optimal|level|type|related|agnostic|efficient|friendly|dependent|independent|hard|complete|as"
)
SUFFIX_IN_TITLE = "|".join(word.capitalize() for word in _ADJECTIVE.split("|"))
"""Endings of adjectives as titles write them. There are names in "-Hard" and "-Complete"."""
_SUFFIXED = re.compile(rf"-(?:{_ADJECTIVE}|{_ADJECTIVE_ALWAYS_SMALL})\Z")
_SUFFIXED_IN_TITLE = re.compile(rf"-(?:{SUFFIX_IN_TITLE})\Z")
_ROMAN = re.compile(r"[IVX]+\Z")


@lru_cache(maxsize=50_000)
def is_name_shaped(token: str) -> bool:
    """Whether a token looks like a name wherever it stands: two capitals, or capital and digit, not a plain word.

    >>> [is_name_shaped(t) for t in ("ThinK", "GRPO", "J1", "Self-Play", "However", "1e5", "τ-bench")]
    [True, True, True, False, False, False, True]
    """
    if token.isalpha() and token.isascii() and token.islower():
        return False  # as most words are; the rest takes longer
    capitals = sum(c.isupper() for c in token)
    if not capitals:
        return bool(re.search(r"[\u0370-\u03ff]-?[a-z]{3}", token)) or bool(re.fullmatch(r"[a-z]+\d[a-z]+", token))
    if _ORDINARY.match(token) or _ROMAN.match(token) or re.fullmatch(r"\d+(?:\.\d+)?[A-Za-z]?", token):
        return False
    if len(token) == 1 or re.fullmatch(r"[A-Z]\.?|[A-Z]\d?[a-z]?'s", token):
        return False
    return (
        capitals >= 2 or any(c.isdigit() for c in token) or bool(re.match(r"[a-z]{1,3}-?[A-Z]", token)) or "*" in token
    )


def stem(name: str) -> str:
    """A name without what makes an adjective of it: "GRPO-trained" speaks of GRPO, a title's "R1-Zero-Like" of R1-Zero.

    >>> stem("GRPO-trained"), stem("GPT-4-Powered"), stem("Reward-Guided"), stem("GSM-Hard")
    ('GRPO', 'GPT-4', 'Reward-Guided', 'GSM-Hard')
    """
    if suffix := _SUFFIXED.search(name):
        return name[: suffix.start()]
    suffix = _SUFFIXED_IN_TITLE.search(name)
    if suffix and is_name_shaped(name[: suffix.start()].rpartition(" ")[2]):
        return name[: suffix.start()]
    return name


_OPENERS = frozenset(words("openers"))
"""Words that a sentence begins with: capitals there say nothing."""


def trim_name(name: str) -> str:
    """A name found by pattern without what is probably the sentence going on.

    A token that is a name by itself takes capitalised words and numbers, no small words: "ReFT with Llama" is ReFT.

    >>> trim_name("ReFT with Llama"), trim_name("RewardBench 2"), trim_name("Dichotomy of Control")
    ('ReFT', 'RewardBench 2', 'Dichotomy of Control')
    """
    words = name.split()
    while len(words) > 1 and words[0] in _OPENERS:
        words = words[1:]
    if len(words) > 1 and is_name_shaped(words[0]):
        for at, word in enumerate(words[1:], 1):
            if word[0].islower() or is_name_shaped(word):
                words = words[:at]
                break
    while len(words) > 1 and words[-1].islower():
        words.pop()
    return " ".join(words).rstrip(".-/@")


def is_ordinary_title_word(token: str) -> bool:
    """Whether a word of a title may be there only because titles have capitals."""
    return bool(_ORDINARY.match(token))


def suffix_type(name: str) -> EntityType | None:
    """The type that the ending of a name speaks for ("-bench", "Instruct", "-7B"); None if it says nothing.

    >>> suffix_type("TestGenEval"), suffix_type("Foo-13B"), suffix_type("ArCHer")
    (<EntityType.BENCHMARK: 'benchmark'>, <EntityType.MODEL: 'model'>, None)
    """
    return next((kind for pattern, kind in _SUFFIX_TYPES if pattern.search(name)), None)
