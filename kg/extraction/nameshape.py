"""``kg_name_shape``: tokens that look like names (CamelCase, capitals and digits, ``-bench``, ``Eval``, ``QA``).

Shape alone finds; what stands around a name says what it is: the noun behind it, or a list it shares with known things.
"""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.document import Candidate, covered_by, findings
from kg.extraction.lexicon import GENERIC, head_type
from kg.model import EntityType, Rule
from kg.text.folding import fold

__all__ = ["NAME", "SUFFIXED", "is_name_shaped", "is_ordinary_title_word", "suffix_type", "trim_name", "type_from_noun"]

_TOKEN = (
    r"[A-Za-z0-9\u0370-\u03ff\u00b2\u00b3\u00b9\u2070-\u207f][\w+*@.\u00b2\u00b3\u00b9\u2070-\u207f]*(?:-[\w+*@.]+)*"
)
NAME = (
    r"(?:(?=[^\sA-Z]{0,60}[A-Z])(?:[A-Z\u0370-\u03ff0-9]|[a-z]{1,3}-?(?=[A-Z]))[\w+*@\u00b2\u00b3\u00b9\u2070-\u207f]*(?:(?:[-]|\.(?=\d))[\w+*@]+)*"
    r"(?: (?:(?:of|for|with|the|and|as) ){0,2}(?:[A-Z][\w+*-]*|\d+(?:\.\d+)?(?=[\s,.)]))){0,7})"
)
"""A name of one or more words, as a pattern: capitalised, or with a capital in it, small words allowed between."""

_WORDLIKE = re.compile(_TOKEN)
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
SUFFIXED = re.compile(
    r"-(?:based|like|trained|tuned|finetuned|style|guided|driven|free|aware|generated|enhanced|augmented|specific|inspired|"
    r"powered|only|optimal|level|type|related|agnostic|oriented|assisted|derived|induced|equipped|compatible|efficient|"
    r"friendly|centric|enabled|integrated|informed|dependent|independent|hard|complete|as)\Z"
)
"""What makes an adjective of a name: "GRPO-trained" speaks of GRPO."""
_ROMAN = re.compile(r"[IVX]+\Z")
_CODE_LIKE = re.compile(r"[\w.]*\d+(?:\.\d+)?(?:x|k|K|M|B|%|th|st|nd|rd|D|d|ms|s|hz)?\Z")


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


_OPENERS = frozenset(
    "The A An This These Those Our We In On At By For From With As If When While Although Though Because Since To Both "
    "Unlike Using Given Based However Moreover Furthermore Finally Specifically Notably Here Enter Besides Thus Hence "
    "Existing Recent Current Novel New Each All Most Many Some Such".split()
)
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


@Language.component("kg_name_shape")
def find_shapes(doc: Doc) -> Doc:
    """Add a candidate for each token of the abstract that is shaped like a name and not yet part of one."""
    found = findings(doc)
    text = found.text
    covered = covered_by(((c.start, c.end) for c in found.candidates if not c.needs_context), len(text))
    for match in _WORDLIKE.finditer(text):
        start, end = match.start(), match.end() - (len(match.group()) - len(match.group().rstrip(".-/@")))
        token = text[start:end]
        if not is_name_shaped(token) or covered[start] or covered[end - 1]:
            continue
        name = re.sub(r"(?<=[A-Z])s\Z", "", SUFFIXED.sub("", token))
        end = start + len(name)
        if not _is_plausible(name, text, start) or fold(name) in found.excluded:
            continue
        kind = type_from_noun(text, end) or suffix_type(name)
        in_title = found.in_title(start)
        confidence = 0.7 if kind else 0.45
        found.candidates.append(
            Candidate(start, start + len(name), name, Rule.SHAPE, confidence - 0.1 * in_title, kind)
        )
    return doc


def _is_plausible(name: str, text: str, start: int) -> bool:
    folded = fold(name)
    if (
        folded in GENERIC
        or len(folded) < 2
        or re.search(r"://\S*\Z|[\w.]+/\Z|\\\Z|@\Z", text[max(0, start - 60) : start])
    ):
        return False
    parts = [fold(part) for part in name.split("-")]
    # "LLM-based", "RL-trained", "GPU-efficient": a class with a suffix, no name.
    if len(parts) > 1 and all(
        part in GENERIC or part.isdigit() or not part or _plain_word(p)
        for part, p in zip(parts, name.split("-"), strict=True)
    ):
        return False
    return not _CODE_LIKE.fullmatch(name) or bool(re.match(r"[A-Z][A-Za-z]*\d", name))


def _plain_word(part: str) -> bool:
    return bool(re.fullmatch(r"[A-Z]?[a-z]+", part))


_NEXT_NOUN = re.compile(r" (?:and [\w-]+ )?([a-z]+)\b")


def type_from_noun(text: str, end: int) -> EntityType | None:
    """The type that the noun right behind a name speaks for: "the X benchmark", "X algorithms"."""
    match = _NEXT_NOUN.match(text, end)
    return head_type(match.group(1)) if match else None
