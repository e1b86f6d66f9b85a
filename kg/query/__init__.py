"""The questions that people ask of the graph, as functions over a reader."""

from kg.query.compare import Comparison, compare
from kg.query.diff import Change, compare_graphs
from kg.query.entities import EntityCount, EntityProfile, list_entities, profile_entity
from kg.query.names import find_entities, suggest
from kg.query.papers import PaperFilter, PaperHit, PaperProfile, find_papers, profile_paper
from kg.query.path import Path, PathStep, find_path
from kg.query.related import Related, find_related
from kg.query.stats import GraphStats, count_graph
from kg.query.things import Thing, find_thing

__all__ = [
    "Change",
    "Comparison",
    "EntityCount",
    "EntityProfile",
    "GraphStats",
    "PaperFilter",
    "PaperHit",
    "PaperProfile",
    "Path",
    "PathStep",
    "Related",
    "Thing",
    "compare",
    "compare_graphs",
    "count_graph",
    "find_entities",
    "find_papers",
    "find_path",
    "find_related",
    "find_thing",
    "list_entities",
    "profile_entity",
    "profile_paper",
    "suggest",
]
