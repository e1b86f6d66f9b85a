"""Reading the SKOS vocabulary from Turtle.

``skos:prefLabel`` is the canonical label, ``skos:altLabel`` another name of the same thing, ``skos:hiddenLabel`` a
spelling that is recognised but not shown, ``kg:ambiguousLabel`` repeats a label that needs context to count,
``kg:contextWord`` begins a word of such a context. ``skos:exactMatch``, ``kg:introducedIn`` and ``foaf:homepage`` lead
out. ``kg:variantOf`` stands, in place of ``skos:broader``, at sizes and variants that are listed for such addresses.
``kg:direction`` and ``kg:scale`` say how the numbers of a metric are to be read.
"""

from __future__ import annotations

from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TypeVar, get_args

import pyoxigraph as ox

from kg.errors import VocabularyError
from kg.model import EntityType
from kg.vocabulary.concept import Concept, Direction, Scale, Vocabulary

__all__ = ["BASE", "load_vocabulary", "ontology_path"]

BASE = "https://w3id.org/paperkg/id/"
_Word = TypeVar("_Word", bound=str)

_KG = "https://w3id.org/paperkg/ontology#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_FOAF = "http://xmlns.com/foaf/0.1/"
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_TYPES = {_KG + kind.capitalize(): kind for kind in EntityType}
# Spelt out once, for each is asked of every entry.
_PREFERRED, _OTHER, _HIDDEN = _SKOS + "prefLabel", _SKOS + "altLabel", _SKOS + "hiddenLabel"
_AMBIGUOUS, _CONTEXT = _KG + "ambiguousLabel", _KG + "contextWord"
_BROADER, _VARIANT_OF = _SKOS + "broader", _KG + "variantOf"
_DIRECTION, _SCALE = _KG + "direction", _KG + "scale"
_SAME, _INTRODUCED_IN, _HOMEPAGE = _SKOS + "exactMatch", _KG + "introducedIn", _FOAF + "homepage"
_ENTRY = frozenset(
    (
        *(_RDF_TYPE, _PREFERRED, _OTHER, _HIDDEN, _AMBIGUOUS, _CONTEXT),
        *(_BROADER, _VARIANT_OF, _SAME, _INTRODUCED_IN, _HOMEPAGE, _DIRECTION, _SCALE),
    )
)
_Values = dict[str, list[str]]
"""What is said of one subject, by property."""


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
    try:
        entries = _entries(data)
    except SyntaxError as error:
        raise VocabularyError(f"{file}: not Turtle: {error}") from None
    typed = ((iri, _entity_type(values), values) for iri, values in entries.items())
    found = (_concept(iri, kind, values) for iri, kind, values in typed if kind is not None)
    return {concept.id: concept for concept in found}


def _entries(data: bytes) -> dict[str, _Values]:
    """What each subject has of the properties of entries. Written for speed: whatever reads papers waits for it."""
    entries: dict[str, _Values] = {}
    for subject, predicate, value, _ in ox.parse(data, format=ox.RdfFormat.TURTLE):
        name = predicate.value
        if name in _ENTRY and isinstance(subject, ox.NamedNode):
            entry = entries.setdefault(subject.value, {})
            if name in entry:
                entry[name].append(value.value)
            else:
                entry[name] = [value.value]
    return entries


def _entity_type(values: _Values) -> EntityType | None:
    for iri in values.get(_RDF_TYPE, ()):
        if (kind := _TYPES.get(iri)) is not None:
            return kind
    return None


def _concept(iri: str, kind: EntityType, values: _Values) -> Concept:
    labels = values.get(_PREFERRED, [])
    if len(labels) != 1:
        raise VocabularyError(f"{iri}: needs exactly one skos:prefLabel, has {len(labels)}")
    hidden = _sorted(values, _HIDDEN)
    families = [family.removeprefix(BASE) for family in values.get(_VARIANT_OF, ())]
    parents = [parent.removeprefix(BASE) for parent in values.get(_BROADER, ())]
    return Concept(
        id=iri.removeprefix(BASE),
        type=kind,
        label=labels[0],
        aliases=_sorted(values, _OTHER),
        hidden=hidden,
        ambiguous=frozenset((*values.get(_AMBIGUOUS, ()), *hidden)),
        context=frozenset([word.lower() for word in values.get(_CONTEXT, ())]),
        broader=tuple(sorted(families + parents)),
        exact_matches=_sorted(values, _SAME),
        introduced_in=_sorted(values, _INTRODUCED_IN),
        homepages=_sorted(values, _HOMEPAGE),
        variant_of=families[0] if families else None,
        direction=_one_of(get_args(Direction), values, _DIRECTION, iri),
        scale=_one_of(get_args(Scale), values, _SCALE, iri),
    )


def _one_of(allowed: tuple[_Word, ...], values: _Values, name: str, iri: str) -> _Word | None:
    found = values.get(name, [])
    fitting = [each for each in allowed if each in found]
    if len(found) != len(fitting) or len(found) > 1:
        wanted = " or ".join(allowed)
        raise VocabularyError(f"{iri}: kg:{name.removeprefix(_KG)} is {wanted}, not {', '.join(found)}")
    return fitting[0] if fitting else None


def _sorted(values: _Values, name: str) -> tuple[str, ...]:
    found = values.get(name)
    return tuple(sorted(found)) if found else ()
