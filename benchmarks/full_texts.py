"""Builds of made-up full texts in LaTeX: seconds, characters a second, peak memory, at several sizes.

Usage: python -m benchmarks.full_texts [--sizes 50 200] [--jobs 2] [--pages 20] [--seed 0]

Each build is a process of its own, on a new file. Beside it stand as many abstracts alone, of the same papers, so that
what the bodies cost is a ratio within one run. A page is 3,000 characters; every fourth holds a table of eight methods
on five benchmarks.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

from benchmarks.build import in_a_process
from benchmarks.corpus import papers
from kg.model import EntityType
from kg.vocabulary import load_vocabulary

__all__ = ["main"]

_PAGE = 3_000  # characters
_PAGES_A_TABLE = 4
_METHODS, _BENCHMARKS = 8, 5
_SECTIONS = ("Introduction", "Related Work", "Method", "Experiments", "Results", "Analysis")
_DOCUMENT = r"""\documentclass{article}
\title{%s}
\begin{document}
\maketitle
\begin{abstract}
%s
\end{abstract}
%s
\end{document}
"""
_TABLE = r"""\begin{table}
\caption{Accuracy on %s and others.}
\begin{tabular}{l%s}
\toprule
Method & %s \\
\midrule
%s
\bottomrule
\end{tabular}
\end{table}
"""


def write_documents(folder: Path, count: int, pages: int, seed: int) -> int:
    """So many documents in a folder; how many characters they are."""
    rng = random.Random(seed)
    prose = papers(10**9, seed + 1)  # more than is ever drawn
    size = 0
    for number, paper in enumerate(papers(count, seed)):
        body = "\n".join(_pages(rng, prose, pages))
        text = _escaped(_DOCUMENT % (paper["title"], paper["abstract"], body))
        (folder / f"{number:05}.tex").write_text(text, encoding="utf-8")
        size += len(text)
    return size


def _pages(rng: random.Random, prose: Iterator[dict[str, object]], pages: int) -> Iterator[str]:
    for page in range(pages):
        if page % max(pages // len(_SECTIONS), 1) == 0:
            yield rf"\section{{{_SECTIONS[page * len(_SECTIONS) // pages]}}}"
        text = ""
        while len(text) < _PAGE:
            text += f"{next(prose)['abstract']}\n\n"
        yield text[: text.index(" ", _PAGE - 1)] if " " in text[_PAGE - 1 :] else text
        if page % _PAGES_A_TABLE == 0:
            yield _table(rng)


def _table(rng: random.Random) -> str:
    heads = rng.sample(_labels(EntityType.BENCHMARK), _BENCHMARKS)
    lines = (
        " & ".join([name, *(f"{rng.uniform(10, 95):.1f}" for _ in heads)]) + r" \\"
        for name in rng.sample(_labels(EntityType.METHOD), _METHODS)
    )
    return _TABLE % (heads[0], "c" * _BENCHMARKS, " & ".join(heads), "\n".join(lines))


@cache
def _labels(kind: EntityType) -> list[str]:
    """Names without what LaTeX reads as commands."""
    found = (concept.label for concept in load_vocabulary().matched() if concept.type is kind)
    return [label for label in found if label.isascii() and not set(label) & set("#$%&_{}~^\\")]


def _escaped(text: str) -> str:
    return text.replace("%", r"\%").replace("#", r"\#").replace("_", r"\_")


def main() -> None:
    """Build every size and print a line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[50, 200])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    print(f"{'papers':>6}  {'characters':>11}  {'seconds':>7}  {'a second':>9}  {'abstracts alone':>15}  {'memory':>7}")
    for count in options.sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            documents, abstracts = folder / "documents", folder / "abstracts.jsonl"
            documents.mkdir()
            size = write_documents(documents, count, options.pages, options.seed)
            rows = islice(papers(count, options.seed), count)
            abstracts.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
            alone = in_a_process("build", abstracts, folder / "alone.db", options.jobs, 0)
            whole = in_a_process("build", documents, folder / "whole.db", options.jobs, 0)
        print(
            f"{count:6,}  {size:11,}  {whole['seconds']:7.1f}  {size / whole['seconds']:9,.0f}  "
            f"{alone['seconds']:13.1f} s  {whole['memory']:4.0f} MB"
        )


if __name__ == "__main__":
    main()
