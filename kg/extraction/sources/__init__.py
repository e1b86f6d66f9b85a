"""The sources of proposals: each file one spaCy component, which reads a ``Doc`` and proposes; none decides.

Importing this package registers them.
"""

from kg.extraction.sources import (
    abbreviations,
    coined_names,
    coordinations,
    gazetteer,
    name_ends,
    name_shape,
    reader,
    relation_rules,
    repeats,
    row_rules,
    sentences,
)

__all__ = [
    "abbreviations",
    "coined_names",
    "coordinations",
    "gazetteer",
    "name_ends",
    "name_shape",
    "reader",
    "relation_rules",
    "repeats",
    "row_rules",
    "sentences",
]
