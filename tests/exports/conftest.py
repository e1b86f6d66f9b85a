"""Graphs that hold what no reader lets in: formats must cope with any text that a graph file may hold."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

FORBIDDEN = "null-free \x01\x08\x0b\x1b\x1f controls \ufffe\uffff, \r\n\t ends, \u202e]]> & <b>\"'\u2028"
"""What XML cannot hold, what CSV must quote, and the character that parts the elements of a list for Neo4j."""
MOST = 2**53
"""The largest count that readers let in, which fits no 32 bits."""


@pytest.fixture(scope="session")
def forbidden_graph(tmp_path_factory: pytest.TempPathFactory, hostile_graph: Path) -> Path:
    """The hostile graph with such characters in every text of papers and entities, and the largest numbers."""
    path = tmp_path_factory.mktemp("forbidden") / "kg.db"
    shutil.copy(hostile_graph, path)
    database = sqlite3.connect(path)
    with database:
        database.execute(
            "UPDATE paper SET title = title || ?1, organisation = ?1, abstract = abstract || ?1", [FORBIDDEN]
        )
        database.execute("UPDATE entity SET label = label || ?", [FORBIDDEN])
        database.execute("UPDATE name SET name = name || ?", [FORBIDDEN])
        database.execute("UPDATE evidence SET surface = surface || ?1, sentence_end = sentence_end + 1000", [FORBIDDEN])
        database.execute(
            'INSERT INTO result (paper_id, place, start, "end", sentence_start, sentence_end, value, number, kind, '
            "measured_on, achieved_by, confidence) "
            "SELECT id, 1, 0, 2, 0, length(abstract), ?1, 9e999, 'other', ?1, 'GPT-4', 0.5 FROM paper",
            [FORBIDDEN],
        )
        database.execute("UPDATE paper SET author_count = ?1, upvotes = -?1", [MOST])
        texts = json.dumps(["https://example.org/" + FORBIDDEN, FORBIDDEN])
        database.execute("UPDATE paper SET urls = ?1, repositories = ?1, categories = ?1, keywords = ?1", [texts])
        authors = json.dumps([{"name": FORBIDDEN, "given": FORBIDDEN}, {"name": "Bo", "orcid": FORBIDDEN}])
        database.execute("UPDATE paper SET authors = ?, venue = ?, type = 'unheard-of'", [authors, FORBIDDEN])
    database.close()
    return path


GRAPHS = ["sample_graph", "hostile_graph", "forbidden_graph"]


@pytest.fixture(params=GRAPHS)
def any_graph(request: pytest.FixtureRequest) -> Path:
    """Each of the graphs in turn."""
    path: Path = request.getfixturevalue(request.param)
    return path
