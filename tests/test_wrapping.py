"""Line breaks are layout: what a graph says does not hang on where a source breaks its lines."""

from __future__ import annotations

import json
import random
import textwrap
from collections.abc import Iterable
from pathlib import Path

import pytest

from kg.building import build_graph
from kg.model import Paper
from kg.store import GraphReader

WIDTH = 78
PAPERS = 200

Record = tuple[str, str, str]
"""arXiv id, title, abstract."""


def as_json_lines(records: Iterable[Record]) -> str:
    return "".join(json.dumps({"arxiv": key, "title": title, "abstract": text}) + "\n" for key, title, text in records)


def as_bibtex(records: Iterable[Record]) -> str:
    return "\n".join(
        f"@article{{k{key},\n  title = {{{title}}},\n  abstract = {{{text}}},\n  eprint = {{{key}}},\n"
        "  archiveprefix = {arXiv}\n}"
        for key, title, text in records
    )


def as_ris(records: Iterable[Record]) -> str:
    return "".join(
        f"TY  - JOUR\nTI  - {title}\nAB  - {text}\nUR  - https://arxiv.org/abs/{key}\nER  - \n\n"
        for key, title, text in records
    )


def records_of(papers: Iterable[Paper]) -> list[Record]:
    """Papers on lines of their own, of which BibTeX can tell where a field ends."""
    found = ((paper.title, " ".join(paper.abstract.split())) for paper in papers)
    balanced = (
        (title, text) for title, text in found if text and (title + text).count("{") == (title + text).count("}")
    )
    return [(f"2401.{number:05}", title, text) for number, (title, text) in enumerate(balanced)]


def wrapped(text: str, *, at_hyphens: bool) -> str:
    return textwrap.fill(text, WIDTH, break_on_hyphens=at_hyphens, break_long_words=False)


def links(content: str, path: Path) -> set[tuple[str | None, str, str]]:
    path.write_text(content, encoding="utf-8")
    db = path.with_suffix(f"{path.suffix}.db")
    build_graph([str(path)], db)
    with GraphReader(db) as reader:
        return {
            (paper.arxiv, link.entity_id, str(link.relation))
            for paper in reader.papers()
            for link in reader.links_of(paper.id)
        }


def compare(records: list[Record], folder: Path) -> None:
    """Whatever the format and wherever its lines end, the same links."""
    plain = links(as_json_lines(records), folder / "plain")
    assert len(plain) > len(records)
    for write in FORMATS:
        for at_hyphens in (True, False):
            folded = [
                (key, wrapped(title, at_hyphens=at_hyphens), wrapped(text, at_hyphens=at_hyphens))
                for key, title, text in records
            ]
            assert links(write(folded), folder / f"{write.__name__}-{at_hyphens}") == plain


FORMATS = (as_json_lines, as_bibtex, as_ris)


def test_wrapped_papers_of_the_sample_have_the_same_links(sample_graph: Path, tmp_path: Path) -> None:
    with GraphReader(sample_graph) as reader:
        compare(records_of(reader.papers()), tmp_path)


@pytest.mark.shared
def test_wrapped_papers_of_the_seeds_have_the_same_links(seed_graph: Path, tmp_path: Path) -> None:
    with GraphReader(seed_graph) as reader:
        papers = random.Random(3).sample(list(reader.papers()), PAPERS)
    compare(records_of(papers), tmp_path)
