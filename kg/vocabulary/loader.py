"""Reading the SKOS vocabulary from Turtle.

``skos:prefLabel`` is the canonical label, ``skos:altLabel`` another name of the same thing, ``skos:hiddenLabel`` a
spelling that is recognised but not shown, ``kg:ambiguousLabel`` repeats a label that needs context to count,
``kg:contextWord`` begins a word of such a context.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pyoxigraph as ox

from kg.errors import VocabularyError
from kg.model import EntityType
from kg.vocabulary.concept import Concept, Vocabulary

__all__ = ["BASE", "load_vocabulary", "ontology_path"]

BASE = "https://w3id.org/paperkg/id/"
_KG = "https://w3id.org/paperkg/ontology#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_TYPES = {str(kind): kind for kind in EntityType}


def ontology_path() -> Path:
    """The folder of the ontology and vocabulary: inside the installed package, or at the top of a checkout."""
    packaged = Path(__file__).parent.parent / "ontology"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent.parent / "ontology"


@cache
def load_vocabulary(folder: Path | None = None) -> Vocabulary:
    """Read every Turtle file of a vocabulary folder (the shipped one by default).

    Raises:
        VocabularyError: a file is missing, no Turtle, or an entry lacks its label, has a parent that is not there or is
            in a family of its own.
    """
    folder = folder or ontology_path() / "vocabulary"
    files = sorted(folder.glob("*.ttl"))
    if not files:
        raise VocabularyError(f"{folder}: no vocabulary (*.ttl) found; reinstall the package or name another folder")
    concepts: dict[str, Concept] = {}
    for file in files:
        concepts.update(_read_file(file, file.read_bytes()))
    for concept in concepts.values():
        for parent in concept.broader:
            if parent not in concepts:
                raise VocabularyError(f"{concept.id}: its skos:broader {parent} is no entry of the vocabulary")
    if loop := _loop(concepts):
        raise VocabularyError(f"skos:broader goes in a circle: {' -> '.join(loop)}; take out the link that is wrong")
    return Vocabulary.of(concepts)


def _loop(concepts: dict[str, Concept]) -> list[str]:
    """Entries that lead from one to the next and back to the first, by their parents; none where there is no such."""
    sorter = TopologicalSorter({concept.id: concept.broader for concept in concepts.values() if concept.broader})
    try:
        sorter.prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        return circle[::-1]  # the sorter has it from parent to child
    return []


def _read_file(file: Path, data: bytes) -> dict[str, Concept]:
    properties: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    try:
        for quad in ox.parse(data, format=ox.RdfFormat.TURTLE):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                properties[quad.subject.value][quad.predicate.value].append(quad.object.value)
    except SyntaxError as error:
        raise VocabularyError(f"{file}: not Turtle: {error}") from None
    found = (_concept(iri, values) for iri, values in properties.items() if _entity_type(values))
    return {concept.id: concept for concept in found}


def _entity_type(values: dict[str, list[str]]) -> EntityType | None:
    for iri in values.get(_RDF_TYPE, ()):
        if iri.startswith(_KG) and (kind := _TYPES.get(iri.removeprefix(_KG).lower())):
            return kind
    return None


def _concept(iri: str, values: dict[str, list[str]]) -> Concept:
    kind = _entity_type(values)
    labels = values.get(_SKOS + "prefLabel", [])
    if kind is None or len(labels) != 1:
        raise VocabularyError(f"{iri}: needs exactly one skos:prefLabel, has {len(labels)}")
    hidden = tuple(sorted(values.get(_SKOS + "hiddenLabel", ())))
    return Concept(
        id=iri.removeprefix(BASE),
        type=kind,
        label=labels[0],
        aliases=tuple(sorted(values.get(_SKOS + "altLabel", ()))),
        hidden=hidden,
        ambiguous=frozenset(values.get(_KG + "ambiguousLabel", ())) | frozenset(hidden),
        context=frozenset(word.lower() for word in values.get(_KG + "contextWord", ())),
        broader=tuple(sorted(parent.removeprefix(BASE) for parent in values.get(_SKOS + "broader", ()))),
        exact_matches=tuple(sorted(values.get(_SKOS + "exactMatch", ()))),
    )
