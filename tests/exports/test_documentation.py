"""The page on graph formats names what the formats hold."""

from __future__ import annotations

import re

from kg.exports import entity_graph
from kg.exports.elements import EDGE_ATTRIBUTES, NODE_ATTRIBUTES
from kg.exports.jsonl import ALWAYS, WHERE_KNOWN, paper_rows
from kg.exports.parquet import PARQUET_TABLES
from kg.store import GraphReader
from tests.conftest import ROOT

DERIVED = (("| of a derivation |", "derivations"),)
PAGE = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")


def names(cell: str) -> list[str]:
    return re.findall(r"`(\w+)`", cell)


def rows(heading: str) -> list[list[str]]:
    table = PAGE.partition(heading)[2].partition("\n\n")[0]
    return [row.strip("|").split("|") for row in table.splitlines() if row.startswith("| `")]


def test_every_attribute_is_explained() -> None:
    assert [name for row in rows("| node attribute |") for name in names(row[0])] == list(NODE_ATTRIBUTES)
    assert [name for row in rows("| edge attribute |") for name in names(row[0])] == list(EDGE_ATTRIBUTES)


def test_every_key_of_json_lines_is_listed() -> None:
    always, where_known, *parts = (names(row[0]) for row in rows("| key |"))
    assert always == ["id", "title", *ALWAYS, "sources"]
    assert where_known == list(WHERE_KNOWN)
    assert parts == [["entities"], ["results"], ["derivations"]]


def test_every_key_of_the_parts_of_json_lines_is_explained(reader: GraphReader) -> None:
    lines = list(paper_rows(reader))
    for heading, part in (("| of an entity |", "entities"), ("| of a result |", "results"), *DERIVED):
        listed = {name for row in rows(heading) for name in names(row[0])}
        assert listed == {key for line in lines for each in line[part] for key in each}
        (evidence,) = (names(row[1]) for row in rows(heading) if "evidence" in names(row[0]))
        pieces = [each["evidence"] for line in lines for each in line[part]]
        one = pieces[0][0] if isinstance(pieces[0], list) else pieces[0]
        assert evidence == list(one)


def test_every_attribute_of_the_projection_is_explained() -> None:
    listed = [name for row in rows("| attribute |") for name in names(row[0])]
    assert set(listed) | {"label"} == set(entity_graph.NODE_ATTRIBUTES) | set(entity_graph.EDGE_ATTRIBUTES)


def test_every_column_of_parquet_is_listed() -> None:
    listed = {names(row[0])[0]: names(row[1]) for row in rows("| table |")}
    assert listed == {table: list(columns) for table, columns in PARQUET_TABLES.items()}
