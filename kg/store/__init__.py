"""The graph's one file: an SQLite database, its schema, and how it is written and read."""

from kg.store.database import open_database
from kg.store.reader import GraphReader
from kg.store.writer import GraphWriter

__all__ = ["GraphReader", "GraphWriter", "open_database"]
