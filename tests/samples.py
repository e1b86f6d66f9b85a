"""Small inputs in our own words: papers, and listing pages in each layout that a browser saves."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

__all__ = [
    "AUTHORED_PAPERS",
    "BLANK_LINES",
    "COMPACT",
    "FULL_TEXTS",
    "HOSTILE_PAPERS",
    "HOSTILE_TEXTS",
    "LAYOUTS",
    "METADATA",
    "NO_PAPERS_LINE",
    "SMALL_PAPERS",
    "TIGHT_METADATA",
    "jsonl",
]


def jsonl(papers: Iterable[Mapping[str, object]]) -> str:
    """Papers as JSON lines."""
    return "".join(json.dumps(paper) + "\n" for paper in papers)


SMALL_PAPERS: tuple[dict[str, object], ...] = (
    {
        "title": "Arithmetic With Patience",
        "abstract": "We fine-tune Qwen2.5-7B with Group Relative Policy Optimization (GRPO). It gets 81.2% on GSM8K.",
        "arxiv": "2501.00001",
        "date": "2025-01-02",
    },
    {
        "title": "Slow Sums",
        "abstract": "We train Llama 2 with PPO and evaluate on GSM8K and MATH-500. Accuracy improves by 3.1 points.",
        "arxiv": "2402.00002",
        "date": "2024-02-03",
    },
    {
        "title": "TidyBench: A Benchmark for Tidying Rooms",
        "abstract": "We introduce TidyBench, a benchmark for household robots. GPT-4 solves only 12% of its tasks.",
        "date": "2023-05",
    },
    {
        "title": "Notes Without a Date",
        "abstract": "Unlike PPO, our approach needs no critic. We evaluate it on HumanEval with Qwen2.5-72B.",
    },
)

AUTHORED_PAPERS: tuple[dict[str, object], ...] = (
    {
        "title": "Counting Sheep",
        "abstract": "We count sheep with PPO. Our code is at https://github.com/ada/sheep.",
        "authors": [
            {"name": "Ada Apple", "given": "Ada", "family": "Apple", "orcid": "0000-0002-1825-0097"},
            "Bo Berry",
            "Flock Collaboration",
        ],
        "venue": "Journal of Wool",
        "type": "journal-article",
        "categories": ["cs.CL", "cs.LG"],
        "keywords": ["sheep"],
        "url": "https://example.org/sheep",
        "arxiv": "2401.00001",
    },
    {"title": "RETRACTED: Slow Wool", "abstract": "We spin GRPO.", "arxiv": "2401.00002"},
    {"title": "Erratum to: Counting Sheep", "abstract": "It was PPO all along.", "arxiv": "2401.00003"},
    {"title": "Proceedings of the Workshop on Wool", "abstract": "Nine papers on PPO.", "type": "proceedings"},
)
"""What sources state of papers beside their text: one with all of it, a retracted one, two that are no papers."""

HOSTILE_TEXTS: tuple[str, ...] = (
    "<script>alert('x')</script> & \"quotes\" ]]> <!-- -->",
    "'; DROP TABLE link;-- \\ \\\\ \\u0022",
    "\"\"\" ''' ^^<http://example.org/> @en .",
    "Right to left \u202emark\u202c and \u200bzero width \ufeff",
    "Tab\tand newline\nand return\rand line separator \u2028 and \u0085",
    "Null \x00 bell \x07 escape \x1b[31m",
    "Emoji \U0001f600 and lone \ud800 surrogate, non-character \ufffe",
    "$\\mathcal{{{$ \\textbf{ \\^ } $$ {} $\\frac{1}{2}$ \\",
    "=cmd|' /C calc'!A0, +1, -1, @SUM(1)",
)

HOSTILE_PAPERS: tuple[dict[str, object], ...] = tuple(
    {
        "title": f"Paper {number}: {text}",
        "abstract": f"We evaluate GPT-4 on GSM8K {text}. We propose Foo{number}Net ({text}), a method. {text}",
        "organisation": text,
    }
    for number, text in enumerate(HOSTILE_TEXTS)
)

_FIRST = (
    "Counting Sheep: A Study of Small Numbers",
    "Counting is harder than it looks when the sheep keep moving. We count them with patience and report how often the "
    "count is right. The count is right most of the time.",
)
_SECOND = (
    "Is a Fence Necessary?",
    "A fence keeps sheep in one place, which makes them easier to count. This paper asks whether the fence is needed "
    "at all. We find that it is not, as long as the sheep are asleep.",
)
_THIRD = (
    "On the Colour of Wool",
    "Wool comes in several colours, and most studies look at white wool only. We look at all of the others. Black wool "
    "is warmer in the sun.",
)
_BANNER = ("new", "Get trending papers in your email inbox!", "Subscribe")
_BY = "byAK and the research community"


def _page(*blocks: str, gap: str = "\n\n") -> str:
    return gap.join(blocks) + "\n"


BLANK_LINES = _page(*_BANNER, "Daily Papers", _BY, "Sep 11", *_FIRST, *_SECOND, *_THIRD)
"""A line, a blank line, a line."""

NO_PAPERS_LINE = _page(*_BANNER, _BY, "Mar 11", *_FIRST, *_SECOND, *_THIRD)
"""The same without "Daily Papers"."""

COMPACT = _page(
    "Get trending papers in your email inbox once a day!",
    "Get trending papers in your email inbox!",
    "Subscribe" + _FIRST[0], _FIRST[1], *_SECOND, *_THIRD, gap="\n",
)  # fmt: skip
"""No blank lines; the subscribe line glued to the first title."""

METADATA = _page(
    *_BANNER, "Daily Papers", _BY, "Dec 11",
    *_FIRST, "  \u2022 8 authors\n\u00b7\nJan 23, 2024 3",
    *_SECOND, "farm-ai FARM AI Lab\n\u00b7\nOct 20, 2023",
    *_THIRD, "  \u2022 1 author\n\u00b7\nJun 2",
)  # fmt: skip
"""Author count or organisation, a middle dot, a date (without its year when it is that of saving), upvotes."""

TIGHT_METADATA = METADATA.replace("\n\n", "\n")
"""The same without blank lines."""

LAYOUTS = {
    "blank lines": BLANK_LINES,
    "no 'Daily Papers' line": NO_PAPERS_LINE,
    "compact": COMPACT,
    "metadata": METADATA,
    "metadata without blank lines": TIGHT_METADATA,
}
TITLES = (_FIRST[0], _SECOND[0], _THIRD[0])
ABSTRACTS = (_FIRST[1], _SECOND[1], _THIRD[1])

FULL_TEXTS = {
    "tidewater.md": """\
# Tidewater: Replay for Small Reasoners

Ada Apple, Bo Berry

arXiv:2501.00011

## Abstract

We propose Tidewater, a method that replays hard problems to small models. Tidewater reaches 78.2% on GSM8K.

## 1 Introduction

Small models forget. AlphaGo and ImageNet changed much.

## 2 Related Work

PPO was proposed for games, and others train on CommonsenseQA.

## 3 Experiments

We evaluate on GSM8K and SVAMP. We train our models on MetaMathQA with LoRA. We compare with GRPO.

Table 1: Accuracy (%) of models on math benchmarks.

| Model | GSM8K | SVAMP |
|---|---|---|
| Qwen2.5-3B | 72.4 | 80.1 |
| GRPO | 75.0 | 81.5 |
| Tidewater (ours) | **78.2** | 83.3 |

## References

Somebody. Something. 2020.
""",
    "undertow.md": """\
# Undertow: Replay That Forgets

arXiv:2503.00022

## Abstract

We introduce Undertow, a method that forgets easy problems.

## 1 Introduction

Models remember too much.

## 2 Experiments

We evaluate on GSM8K. Our baseline is Tidewater.

Table 1: Accuracy on GSM8K.

| Method | GSM8K |
|---|---|
| Tidewater | 0.771 |
| Undertow (ours) | 0.801 |
""",
}
"""Two papers in full, as converters write them, that report on one benchmark: one in percent, one in shares."""
