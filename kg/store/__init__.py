"""The graph's one file: an SQLite database, its schema, and how it is written and read.

Writing lives in ``kg.store.writer``, imported on its own: questions must not pay for what only builds need.
"""

from kg.store.database import open_database
from kg.store.reader import GraphReader

__all__ = ["GraphReader", "open_database"]
