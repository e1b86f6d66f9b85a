"""Lineage: which family a version, size or variant belongs to.

``Qwen2.5-7B-Instruct`` stands under ``Qwen2.5-7B``, that under ``Qwen2.5``, that under ``Qwen``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.text.folding import fold, slug
from kg.text.sizes import MODEL_SIZE
from kg.vocabulary import Concept

__all__ = ["Variant", "variant_of"]

_PART = re.compile(rf"{MODEL_SIZE}|[vVRkK]?\d+(?:\.\d+)*[a-z]?(?![A-Za-z])|[^\W\d_]+|\d+")


@dataclass(frozen=True, slots=True)
class Variant:
    """A name read as a known family plus the parts that tell this version from its siblings."""

    family: Concept
    parts: tuple[str, ...]

    @property
    def key(self) -> str:
        """What spellings of one variant share; like the id made from its label, so that one never has two."""
        return self.family.id + "/" + "/".join(slug(part) for part in self.parts)

    @property
    def label(self) -> str:
        """The canonical spelling: the family's label and the hyphenated parts; some families join a first number on."""
        first = self.parts[0]
        number = first[0].isdigit() and not first[-1].isalpha()
        glue = "" if number and self.family.label[-1:].islower() and self.family.label in _JOINED else "-"
        return self.family.label + glue + "-".join(self.parts)

    def parents(self) -> tuple[Variant, ...]:
        """The variants above this one, nearest first, the family itself not included."""
        return tuple(Variant(self.family, self.parts[:n]) for n in range(len(self.parts) - 1, 0, -1))


_JOINED = frozenset(("Qwen", "InternLM", "InternVL", "DeepSeekMath", "Baichuan", "Wan"))
"""Families whose version follows without a hyphen: "Qwen3", against "LLaMA-3"."""


def variant_of(name: str, family: Concept) -> Variant | None:
    """Read a name as a variant of a family; None if the name does not start with any of the family's labels.

    >>> from kg.model import EntityType
    >>> qwen = Concept("model/qwen", EntityType.MODEL, "Qwen")
    >>> variant_of("Qwen2.5-Math-7B-Instruct", qwen).parts
    ('2.5', 'Math', '7B', 'Instruct')
    """
    for end in range(len(name) - 1, 0, -1):
        if any(fold(name[:end]) == fold(label) for label in family.labels()) and not (
            name[end - 1].isalpha() and name[end].isalpha()
        ):
            parts = tuple(part.replace(" ", "") for part in _PART.findall(name[end:]))
            return Variant(family, parts) if parts else None
    return None
