"""The main job: read, unify, extract, link, store, each step only where something is to do."""

from kg.building.build import BuildSummary, Reporter, build_graph, curate_graph, remove_sources

__all__ = ["BuildSummary", "Reporter", "build_graph", "curate_graph", "remove_sources"]
