"""From what single papers name to the nodes of one graph: papers from records, entities from names.

Pure functions: ``names`` gathers what papers call things, ``senses`` tells what they mean by a name that stands for
several, ``decisions`` says what is one thing, ``links`` what each paper then contributes.
"""

from kg.linking.curation import Curation
from kg.linking.decisions import Decisions, decide, linking_version
from kg.linking.links import DEFAULT_MIN_CONFIDENCE, counts, link_paper
from kg.linking.listed import ListedNames
from kg.linking.merging import merge_records
from kg.linking.names import NameTable, NameUse
from kg.linking.papers import Doubt, Grouping, group_records
from kg.linking.people import People
from kg.linking.records import RecordKeys
from kg.linking.senses import Naming, Senses, ambiguous, key_of, magnitude, tell_apart
from kg.linking.standing import presents_work

__all__ = [
    "DEFAULT_MIN_CONFIDENCE",
    "Curation",
    "Decisions",
    "Doubt",
    "Grouping",
    "ListedNames",
    "NameTable",
    "NameUse",
    "Naming",
    "People",
    "RecordKeys",
    "Senses",
    "ambiguous",
    "counts",
    "decide",
    "group_records",
    "key_of",
    "link_paper",
    "linking_version",
    "magnitude",
    "merge_records",
    "presents_work",
    "tell_apart",
]
