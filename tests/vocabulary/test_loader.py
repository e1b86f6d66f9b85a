from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import VocabularyError
from kg.vocabulary import Vocabulary, load_vocabulary

HEAD = """
@prefix kg: <https://w3id.org/paperkg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@base <https://w3id.org/paperkg/id/> .
"""


def entry(name: str, *broader: str) -> str:
    parents = "".join(f"; skos:broader <method/{parent}> " for parent in broader)
    return f'<method/{name}> a skos:Concept, kg:Method ; skos:prefLabel "{name}"@en {parents}.\n'


def load(folder: Path, *entries: str) -> Vocabulary:
    (folder / "method.ttl").write_text(HEAD + "".join(entries), encoding="utf-8")
    return load_vocabulary(folder)


def test_parents_are_read(tmp_path: Path) -> None:
    loaded = load(tmp_path, entry("a"), entry("b", "a"), entry("c", "a", "b"))
    assert loaded.concepts["method/c"].broader == ("method/a", "method/b")


@pytest.mark.parametrize(
    ("entries", "circle"),
    [
        ([entry("a", "a")], {"a"}),
        ([entry("a", "b"), entry("b", "a")], {"a", "b"}),
        ([entry("x", "a"), entry("a", "b"), entry("b", "c"), entry("c", "a")], {"a", "b", "c"}),
    ],
)
def test_a_family_that_is_its_own_is_refused_with_the_circle(
    entries: list[str], circle: set[str], tmp_path: Path
) -> None:
    with pytest.raises(VocabularyError, match="goes in a circle") as refusal:
        load(tmp_path, *entries)
    assert {name for name in "abcx" if f"method/{name}" in str(refusal.value)} == circle


def test_a_parent_that_is_no_entry_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match="is no entry"):
        load(tmp_path, entry("a", "b"))


def test_no_shipped_entry_names_a_family_that_another_of_its_families_is_in() -> None:
    concepts = load_vocabulary().concepts

    def above(concept: str) -> Iterator[str]:
        for parent in concepts[concept].broader:
            yield parent
            yield from above(parent)

    for concept in concepts.values():
        for parent in concept.broader:
            others = {up for other in concept.broader if other != parent for up in above(other)}
            assert parent not in others, f"{concept.id} is below {parent} by another of its families"


METRIC = '<metric/zorp> a skos:Concept, kg:Metric ; skos:prefLabel "Zorp"@en ; kg:direction {} ; kg:scale {} .'


def test_it_is_told_how_the_numbers_of_a_metric_are_to_be_read(tmp_path: Path) -> None:
    found = load(tmp_path, METRIC.format('"lower"', '"share"')).concepts["metric/zorp"]
    assert (found.direction, found.scale) == ("lower", "share")


@pytest.mark.parametrize(
    ("direction", "scale"), [('"down"', '"share"'), ('"lower", "higher"', '"share"'), ('"lower"', '"percent"')]
)
def test_by_one_of_few_words(direction: str, scale: str, tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"metric/zorp: kg:(direction|scale) is .* or .*, not "):
        load(tmp_path, METRIC.format(direction, scale))
