"""From what single papers name to the nodes of one graph: papers from records, entities from names."""

from kg.linking.curation import Curation
from kg.linking.entities import Linker
from kg.linking.papers import RecordKeys, group_records, merge_records

__all__ = ["Curation", "Linker", "RecordKeys", "group_records", "merge_records"]
