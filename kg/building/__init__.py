"""The main job: read, unify, extract, link, store, each step only where something is to do."""

from kg.building.build import BuildSummary, Reporter, build_graph, remove_sources
from kg.building.curate import curate_graph, curate_together, undo_correction
from kg.building.moment import moment_of_building
from kg.building.report import Reason, SourceReport, reasons_of

__all__ = [
    "BuildSummary",
    "Reason",
    "Reporter",
    "SourceReport",
    "build_graph",
    "curate_graph",
    "curate_together",
    "moment_of_building",
    "reasons_of",
    "remove_sources",
    "undo_correction",
]
