"""From what single papers name to the nodes of one graph: papers from records, entities from names."""

from kg.linking.entities import Linker
from kg.linking.papers import RecordKeys, group_records, merge_records

__all__ = ["Linker", "RecordKeys", "group_records", "merge_records"]
