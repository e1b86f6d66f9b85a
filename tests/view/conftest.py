"""A small graph made by hand: two families, one shared benchmark, and a paper whose text is out to do harm."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.building.link import link
from kg.building.unify import unify
from kg.model import (
    Anchor,
    Author,
    EntityType,
    Extraction,
    LocalEntity,
    LocalResult,
    LocalSlot,
    Mention,
    Paper,
    Relation,
    ResultKind,
    Rule,
)
from kg.store import GraphReader
from kg.store.writer import GraphWriter
from kg.vocabulary import Concept, Vocabulary
from tests.view.browsing import Person, open_browser

HOSTILE_TITLE = "<img src=x onerror=alert(1)>"
HOSTILE_NAME = "</script><script>alert(1)</script>"

VOCABULARY = Vocabulary(
    {
        concept.id: concept
        for concept in (
            Concept("benchmark/gsm8k", EntityType.BENCHMARK, "GSM8K", ("Grade School Math 8K",)),
            Concept("model/gpt", EntityType.MODEL, "GPT"),
            Concept("model/gpt-4", EntityType.MODEL, "GPT-4", broader=("model/gpt",)),
            Concept("method/ppo", EntityType.METHOD, "PPO"),
            Concept("method/grpo", EntityType.METHOD, "GRPO", broader=("method/ppo",)),
        )
    },
    "test",
)
CONCEPTS = {name: concept for concept in VOCABULARY.concepts.values() for name in (concept.label, *concept.aliases)}

Named = tuple[str, str, EntityType, Relation]
PAPERS: tuple[tuple[str, str, tuple[Named, ...]], ...] = (
    (
        r"$\mathcal{B}$-Coder learns arithmetic",
        r"We train with GRPO. It solves 40.0\% of GSM8K & beats PPO there.",
        (
            ("GRPO", "GRPO", EntityType.METHOD, Relation.USES),
            ("GSM8K", "GSM8K", EntityType.BENCHMARK, Relation.EVALUATES_ON),
            ("PPO", "PPO", EntityType.METHOD, Relation.COMPARES_WITH),
        ),
    ),
    (
        "Prompting at length",
        "We ask GPT-4 for every answer in GSM8K.",
        (
            ("GPT-4", "GPT-4", EntityType.MODEL, Relation.USES),
            ("GSM8K", "GSM8K", EntityType.BENCHMARK, Relation.EVALUATES_ON),
        ),
    ),
    (
        HOSTILE_TITLE,
        f"We introduce {HOSTILE_NAME} for GSM8K <b>now</b>.",
        (
            (HOSTILE_NAME, HOSTILE_NAME, EntityType.METHOD, Relation.INTRODUCES),
            ("GSM8K", "GSM8K", EntityType.BENCHMARK, Relation.USES),
        ),
    ),
    (
        "Nothing to see",
        "This paper names a thing of its own, Lonelynet.",
        (("Lonelynet", "Lonelynet", EntityType.MODEL, Relation.INTRODUCES),),
    ),
)  # fmt: skip

STATED: dict[str, dict[str, Any]] = {
    "Nothing to see": {
        "authors": tuple(Author(f"Author {letter}") for letter in "ABCDEFGH"),
        "venue": "Journal of Nothing",
        "type": "conference-paper",
        "repositories": ("https://github.com/ada/nothing",),
    },
    HOSTILE_TITLE: {
        "authors": (Author(HOSTILE_TITLE),),
        "venue": HOSTILE_NAME,
        "status": "retracted",
        "repositories": ("javascript:alert(1)", 'https://example.org/"><script>alert(1)</script>'),
    },
}
"""What sources state of two of them beside their texts."""


def _local(abstract: str, surface: str, name: str, kind: EntityType, relation: Relation) -> LocalEntity:
    start = abstract.index(surface)
    begin = abstract.rfind(". ", 0, start) + 2 if ". " in abstract[:start] else 0
    stop = abstract.find(". ", start) + 1 or len(abstract)
    anchor = Anchor(1, start, start + len(surface), begin, stop)
    mention = Mention(anchor, surface, Rule.SHAPE, relation, 0.9)
    concept = CONCEPTS.get(name)
    return LocalEntity(name, kind, relation, 0.9, (mention,), concept.id if concept else None)


def _extraction(abstract: str, named: tuple[Named, ...]) -> Extraction:
    results: tuple[LocalResult, ...] = ()
    if (start := abstract.find(r"40.0\%")) >= 0:
        results = (
            LocalResult(r"40.0\%", 40.0, "%", ResultKind.ABSOLUTE, LocalSlot("accuracy"), LocalSlot("GSM8K"), None,
                        Anchor(1, start, start + 6, 20, len(abstract)), 0.9),
        )  # fmt: skip
    return Extraction(tuple(_local(abstract, *each) for each in named), results)


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[GraphReader]:
    """The hand-made graph, open for reading."""
    path = tmp_path / "kg.db"
    with GraphWriter(path) as writer:
        records = [
            Paper(title, abstract, date=f"2024-01-0{line}", sources=(f"papers.txt:{line}",), **STATED.get(title, {}))
            for line, (title, abstract, _) in enumerate(PAPERS, start=1)
        ]
        writer.replace_source("papers", "papers.txt", "digest", records)
        unify(writer)
        named_in = {abstract: named for _, abstract, named in PAPERS}
        batch = [(paper, _extraction(paper.abstract, named_in[paper.abstract])) for paper in writer.pending("test")]
        writer.store_extractions("test", batch)
        link(writer, vocabulary=VOCABULARY)
    with GraphReader(path) as opened:
        yield opened


@pytest.fixture(scope="session")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the browser puts what is downloaded."""
    return tmp_path_factory.mktemp("downloads")


@pytest.fixture(scope="session")
def driver(tmp_path_factory: pytest.TempPathFactory, downloads: Path) -> Iterator[Any]:
    """One browser for all tests."""
    opened = open_browser(tmp_path_factory.mktemp("profile"), downloads)
    yield opened
    opened.quit()


@pytest.fixture
def person(driver: Any) -> Iterator[Person]:
    """Somebody at that browser, who afterwards has seen no trouble."""
    somebody = Person(driver)
    yield somebody
    somebody.saw_no_trouble()
    driver.get("about:blank")  # a graph that is drawn on and on would take its time from all tests to come
