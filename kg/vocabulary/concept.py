"""A known thing and the set of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from kg.model import EntityType

__all__ = ["Concept", "Direction", "Scale", "Vocabulary"]

Direction: TypeAlias = Literal["higher", "lower"]
Scale: TypeAlias = Literal["share", "number"]


@dataclass(frozen=True, slots=True)
class Concept:
    """One entry of the vocabulary.

    ``id`` is the IRI's path below the base (``method/ppo``). ``hidden`` spellings are recognised and never shown.
    ``ambiguous`` holds those labels, shown or not, that are also something else ("MATH", "Orca") and so count only
    with evidence from the context; all hidden spellings are ambiguous. ``context`` holds beginnings of words, in small
    letters, of which a paper that means this by an ambiguous label has at least one; empty where that asks too much.
    ``exact_matches`` are addresses of this very thing elsewhere, ``introduced_in`` those of the papers that introduce
    it, ``homepages`` pages of its makers about it. ``variant_of`` is the family of a size or variant that is listed for
    what is said of it: its name is read as the family's with more parts, and never matched as a label. Of a metric,
    ``direction`` says which of its numbers are better (``higher``, ``lower``), ``scale`` what they are: a ``share``,
    which papers also write as percent, or a plain ``number``; both None where that depends.
    """

    id: str
    type: EntityType
    label: str
    aliases: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    ambiguous: frozenset[str] = frozenset()
    context: frozenset[str] = frozenset()
    broader: tuple[str, ...] = ()
    exact_matches: tuple[str, ...] = ()
    introduced_in: tuple[str, ...] = ()
    homepages: tuple[str, ...] = ()
    variant_of: str | None = None
    direction: Direction | None = None
    scale: Scale | None = None

    def labels(self) -> tuple[str, ...]:
        """All spellings, the preferred one first."""
        return (self.label, *self.aliases, *self.hidden)


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """All concepts by id, with two versions: what extraction reads of them, and all that linking reads of them.

    So that a note changes nothing, a new parent or address asks for new links only, and a new spelling for new
    extractions too. It is compared and hashed as the object that it is, so that what is made of it can be kept.
    """

    concepts: dict[str, Concept]
    version: str
    linking_version: str = ""

    @classmethod
    def of(cls, concepts: dict[str, Concept]) -> Vocabulary:
        """A vocabulary with its versions."""
        ordered = {key: concepts[key] for key in sorted(concepts)}
        version = _digest(map(_as_extracted, _matched(ordered.values())))
        return cls(ordered, version, _digest([(version,), *map(_as_linked, ordered.values())]))

    def matched(self) -> Iterator[Concept]:
        """The concepts that are found by their own labels: all but variants, whose names are read as their family's."""
        return _matched(self.concepts.values())


def _matched(concepts: Iterable[Concept]) -> Iterator[Concept]:
    return (concept for concept in concepts if concept.variant_of is None)


def _as_extracted(concept: Concept) -> tuple[object, ...]:
    # The direction is told of results, too, when they are read.
    words = sorted(concept.ambiguous), sorted(concept.context)
    return (concept.id, concept.type, *concept.labels(), *words, concept.direction)


def _as_linked(concept: Concept) -> tuple[object, ...]:
    """What is said of a concept beyond what extraction reads."""
    addresses = concept.exact_matches, concept.introduced_in, concept.homepages
    measured = concept.direction, concept.scale
    return (concept.id, concept.label, concept.aliases, concept.broader, concept.variant_of, *addresses, *measured)


def _digest(rows: Iterable[tuple[object, ...]]) -> str:
    digest = hashlib.sha256()
    for row in rows:
        digest.update(repr(row).encode())
    return digest.hexdigest()[:12]
