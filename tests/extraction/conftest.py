"""One pipeline for all extraction tests: it is made once and has no state."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extraction.pipeline import Extractor
from kg.linking import DEFAULT_MIN_CONFIDENCE
from kg.model import Extraction, LocalEntity, Paper

Extract = Callable[..., Extraction]


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return Extractor()


@pytest.fixture(scope="session")
def extract(extractor: Extractor) -> Extract:
    def run(abstract: str, title: str = "On a Question") -> Extraction:
        return next(iter(extractor.extract([Paper(title=title, abstract=abstract)])))[1]

    return run


@pytest.fixture(scope="session")
def named(extract: Extract) -> Callable[..., dict[str, LocalEntity]]:
    """Name -> entity, for one abstract: what a graph keeps by default."""

    def run(abstract: str, title: str = "On a Question") -> dict[str, LocalEntity]:
        found = extract(abstract, title).entities
        return {entity.name: entity for entity in found if entity.confidence >= DEFAULT_MIN_CONFIDENCE}

    return run
