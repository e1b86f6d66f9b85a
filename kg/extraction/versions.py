"""Versions, sizes and variants in names: "Qwen" + "2.5-Math-7B-Instruct", "AIME" + " 2024"."""

from __future__ import annotations

import re

from kg.model import EntityType
from kg.text.sizes import MODEL_SIZE

__all__ = ["VARIANT", "version_end"]

VARIANT = (
    r"(?:Instruct|Chat|Base|Math|Coder|Code|VL|Vision|Turbo|[Mm]ini|[Nn]ano|Preview|Pro|Flash|Lite|Ultra|Opus|Sonnet|"
    r"Haiku|Large|Small|Medium|Tiny|XS|XL|XXL|Huge|Distill|Zero|Next|Max|Plus|Thinking|Omni|Audio|PRM|RM|Reward|Reasoning|"
    r"Embedding|Guard|Python|SFT|DPO|RLHF|Long|Scout|Maverick|Medium|Exp|it|pt|chat|instruct|base|large|small|xl|xxl|"
    r"[Hh]igh|[Ll]ow|Qwen|Llama|LLaMA)(?![A-Za-z])"
)
"""A pattern for the words that tell variants of a model apart."""
_NUMBER = r"[vVRkK]?\d+(?:\.\d+)*[a-z]?(?![A-Za-z\d%]|\.\d)"
_DATE = r"\d{4}(?:-\d{2}-\d{2})?(?!\d)"
# What may follow a name directly or behind a hyphen, and what may follow it behind a space, where prose is near.
_TIGHT = re.compile(rf"(?:-?(?:{MODEL_SIZE}|{_NUMBER})|-(?:{VARIANT}|{_DATE}))(?![A-Za-z])")
_LOOSE = re.compile(rf" (?:{MODEL_SIZE}|{VARIANT}|\d(?:\.\d)?(?=[\s,.;:)-]))")
# Variants that are also ordinary words: behind a space they belong to the sentence, not to the name.
_PROSE_WORD = re.compile(
    r" (?:Math|Code|Vision|Base|Long|Reasoning|Zero|Python|Reward|Embedding|Guard|it|pt|base|large|small|high|low|xl|"
    r"chat|"
    r"instruct)\b"
)
_COUNTED = re.compile(
    r" \d+(?:\.\d+)? (?:times|x|%|percent|points?|of|out|more|different|datasets?|benchmarks?|tasks?|models?|methods?|"
    r"games?|environments?|languages?|domains?|categories|types|variants?|baselines?|steps?|layers?|seeds?|runs?)\b"
)
_YEAR = re.compile(
    r"(?:[- ]?(?:19|20)\d\d(?:/\d\d)?|-?\d{2}|-\d{3,4}|[- ]?v\d+(?:\.\d+)?|"
    r"[- ](?:Pro|Lite|Hard|Plus|Verified|Multimodal|Live|Challenge|Easy|Mini|XL|Extended))(?![\w%]|\.\d)"
)


def version_end(text: str, end: int, kind: EntityType) -> int:
    """Where a name that ends at ``end`` really ends, its version, size and variant included.

    >>> text = "Qwen2.5-Math-7B-Instruct and Llama 3 models"
    >>> text[:version_end(text, 4, EntityType.MODEL)]
    'Qwen2.5-Math-7B-Instruct'
    """
    if kind is not EntityType.MODEL:
        match = _YEAR.match(text, end)
        return match.end() if match else end
    while True:
        match = _TIGHT.match(text, end) or _LOOSE.match(text, end)
        if match is None or _PROSE_WORD.match(text, end) or _COUNTED.match(text, end):
            return end
        end = match.end()
