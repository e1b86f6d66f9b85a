"""Ways of naming with what can be told of each without the others."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from kg.linking.families import Variant
from kg.linking.listed import ListedNames
from kg.linking.names import NameUse
from kg.linking.nodes import variant_id
from kg.linking.senses import key_of
from kg.text.folding import fold
from kg.vocabulary import Vocabulary

__all__ = ["Listed", "Placed", "place"]


class Listed(IntEnum):
    """What the vocabulary knows of a name."""

    NOT = 0
    ENTRY = 1
    VERSION = 2


@dataclass(frozen=True, slots=True)
class Placed:
    """A way of naming: the keys under which it meets others, and where the vocabulary tells what it stands for, that.

    ``long`` is the folded long form, None where there is none. ``node`` is None for what is not listed; ``versions``
    are what it names as a version of a family, and those above that, each with its node.
    """

    use: NameUse
    folded: str
    long: str | None
    key: str
    listed: Listed
    node: str | None = None
    versions: tuple[tuple[Variant, str], ...] = ()


def place(use: NameUse, vocabulary: Vocabulary) -> Placed:
    """A way of naming with all that does not depend on others."""
    listed = ListedNames(vocabulary)
    folded, long = fold(use.name), fold(use.expansion) if use.expansion else None
    if (concept := listed.concept(use)) is not None:
        return Placed(use, folded, long, key_of(use), Listed.ENTRY, concept)
    if (variant := listed.variant(use)) is not None:
        versions = tuple((each, variant_id(each, vocabulary)) for each in (variant, *variant.parents()))
        return Placed(use, folded, long, key_of(use), Listed.VERSION, versions[0][1], versions)
    return Placed(use, folded, long, key_of(use), Listed.NOT)
