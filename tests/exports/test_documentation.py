"""The page on graph formats names what the formats hold."""

from __future__ import annotations

import re

from kg.exports.elements import EDGE_ATTRIBUTES, NODE_ATTRIBUTES
from kg.exports.jsonl import ALWAYS, WHERE_KNOWN
from kg.exports.parquet import PARQUET_TABLES
from tests.conftest import ROOT

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
    assert parts == [["entities"], ["results"]]


def test_every_column_of_parquet_is_listed() -> None:
    listed = {names(row[0])[0]: names(row[1]) for row in rows("| table |")}
    assert listed == {table: list(columns) for table, columns in PARQUET_TABLES.items()}
