"""The questions that people ask of the graph, as functions over a reader."""

from kg.query.diff import Change, compare_graphs
from kg.query.entities import EntityCount, EntityProfile, list_entities, profile_entity
from kg.query.names import find_entities, suggest
from kg.query.papers import PaperFilter, PaperHit, PaperProfile, find_papers, profile_paper
from kg.query.stats import GraphStats, count_graph

__all__ = [
    "Change",
    "EntityCount",
    "EntityProfile",
    "GraphStats",
    "PaperFilter",
    "PaperHit",
    "PaperProfile",
    "compare_graphs",
    "count_graph",
    "find_entities",
    "find_papers",
    "list_entities",
    "profile_entity",
    "profile_paper",
    "suggest",
]
