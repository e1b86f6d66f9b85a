"""CSV for Neo4j, held against the rules of ``neo4j-admin database import``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.exports.neo4j import ARRAY_DELIMITER, NEO4J_FILES, _line, import_command, write_neo4j
from kg.iris import entity_iri, paper_iri
from kg.model import EntityType, Relation
from kg.questions.derived import builds_on, introduced_by, measured_by
from kg.questions.description import digest_of
from kg.store import GraphReader

HEADER = re.compile(
    r"(?P<name>\w*)(:(?P<type>ID|START_ID|END_ID|LABEL|TYPE|string|int|long|double|boolean)(?P<list>\[\])?(\((?P<space>\w+)\))?)?\Z"
)


def whole(bits: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        assert -(2 ** (bits - 1)) <= int(text) < 2 ** (bits - 1)
        return int(text)

    return read


def double(text: str) -> float:
    assert re.fullmatch(r"-?\d+(\.\d+)?(e[+-]?\d+)?", text)  # Java reads no "inf"
    return float(text)


CONVERT = {"int": whole(32), "long": whole(64), "double": double, "boolean": {"true": True, "false": False}.__getitem__}
TABLES = [name for name in NEO4J_FILES if name.endswith(".csv")]
Cell = str | None


def records(text: str) -> Iterator[list[Cell]]:
    """A strict reader of RFC 4180 with line ends in quotes: an empty cell is no value, a quoted empty one is text."""
    position, row = 0, list[Cell]()
    pattern = re.compile(r'(?:"(?P<quoted>(?:[^"]|"")*)"|(?P<bare>[^",\r\n]*))(?P<end>,|\n)')
    while position < len(text):
        match = pattern.match(text, position)
        assert match, f"broken quoting at {text[position : position + 60]!r}"
        quoted = match["quoted"]
        row.append(quoted.replace('""', '"') if quoted is not None else match["bare"] or None)
        if match["end"] == "\n":
            yield row
            row = []
        position = match.end()
    assert not row


@pytest.fixture
def tables(any_graph: Path, tmp_path: Path) -> dict[str, tuple[list[str], list[list[Cell]]]]:
    with GraphReader(any_graph) as reader:
        write_neo4j(reader, tmp_path / "out")
    found = {}
    for name in TABLES:
        header, *rows = records((tmp_path / "out" / name).read_bytes().decode())
        found[name] = ([str(column) for column in header], rows)
    return found


Tables = dict[str, tuple[list[str], list[list[Cell]]]]


def column(tables: Tables, name: str, header: str) -> list[Cell]:
    columns, rows = tables[name]
    return [row[columns.index(header)] for row in rows]


def test_headers_are_such_as_the_importer_knows(tables: Tables) -> None:
    for name, (header, rows) in tables.items():
        parsed = [HEADER.match(one) for one in header]
        assert all(parsed), header
        kinds = [match["type"] for match in parsed if match]
        needed = {"START_ID", "END_ID", "TYPE"} if "START_ID" in kinds else {"ID", "LABEL"}
        assert needed <= set(kinds)
        assert len(set(header)) == len(header)
        assert all(len(row) == len(header) for row in rows), name


def test_values_are_of_their_columns_types(tables: Tables) -> None:
    for header, rows in tables.values():
        for index, one in enumerate(header):
            kind = one.rpartition(":")[2]
            if kind in CONVERT:
                for row in rows:
                    assert row[index] is None or CONVERT[kind](str(row[index])) is not None


def test_ids_are_unique_in_their_space_and_every_end_exists(tables: Tables) -> None:
    spaces: dict[str, set[Cell]] = {}
    for name, (header, _) in tables.items():
        for one in header:
            match = HEADER.match(one)
            assert match
            if match["type"] == "ID":
                ids = column(tables, name, one)
                assert None not in ids
                assert len(set(ids)) == len(ids)
                spaces[match["space"]] = set(ids)
    assert set(spaces) == {"Paper", "Entity", "Result", "Evidence"}
    for name, (header, _) in tables.items():
        for one in header:
            match = HEADER.match(one)
            assert match
            if match["type"] in ("START_ID", "END_ID"):
                assert set(column(tables, name, one)) <= spaces[match["space"]]


def test_labels_and_types_are_plain_words(tables: Tables) -> None:
    labels = {
        part
        for name in TABLES[:4]
        for cell in column(tables, name, ":LABEL")
        for part in str(cell).split(ARRAY_DELIMITER)
    }
    assert labels <= {"Paper", "Entity", "Result", "Evidence", *(str(kind).capitalize() for kind in EntityType)}
    types = {cell for name in TABLES[4:] for cell in column(tables, name, ":TYPE")}
    assert types <= {
        "BROADER",
        "BUILDS_ON",
        "MEASURED_BY",
        "INTRODUCED_BY",
        "STATES",
        "ABOUT",
        "REPORTS",
        "METRIC",
        "MEASURED_ON",
        "ACHIEVED_BY",
        *(str(relation).upper() for relation in Relation),
    }


def test_all_of_the_graph_is_there_and_texts_are_exact(tables: Tables, any_graph: Path) -> None:
    with GraphReader(any_graph) as reader:
        entities = {entity_iri(entity.id): entity for entity in reader.entities()}
        assert column(tables, "papers.csv", "iri:ID(Paper)") == [paper_iri(paper.id) for paper in reader.papers()]
        assert column(tables, "papers.csv", "organisation") == [paper.organisation for paper in reader.papers()]
        assert len(tables["links.csv"][1]) == len(list(reader.links()))
        families = sum(len(entity.broader) for entity in entities.values())
        assert len(tables["families.csv"][1]) == families + len(list(measured_by(reader)))
        evidence = [e for p in reader.papers() for pieces in reader.evidence_of(p).values() for e in pieces]
        assert sorted(map(str, column(tables, "evidence.csv", "sentence"))) == sorted(e.sentence for e in evidence)
        assert len(tables["introduced.csv"][1]) == len(list(introduced_by(reader)))
        built = {(entity_iri(one), entity_iri(other)) for one, other in builds_on(reader)}
        assert {(row[0], row[1]) for row in tables["builds_on.csv"][1]} == built
        assert len(tables["results.csv"][1]) == sum(len(reader.results_of(paper)) for paper in reader.papers())
    header, rows = tables["entities.csv"]
    for row in rows:
        entity = entities[str(row[0])]
        assert row[header.index("name")] == entity.label
        aliases = row[header.index("aliases:string[]")]
        expected = [alias.replace(ARRAY_DELIMITER, " ") for alias in entity.aliases]
        assert (aliases.split(ARRAY_DELIMITER) if aliases is not None else []) == expected


def test_the_readme_has_the_command_with_every_file(sample_graph: Path, tmp_path: Path) -> None:
    with GraphReader(sample_graph) as reader:
        write_neo4j(reader, tmp_path / "out")
        version = digest_of(reader)
    text = (tmp_path / "out" / "README.md").read_text()
    assert import_command() in text
    assert all(name in import_command() for name in TABLES)
    assert "--overwrite-destination=true" in text
    for label in ("Paper", "Entity", "Result", "Evidence"):
        assert f"FOR (n:{label}) REQUIRE n.iri IS UNIQUE" in text
    assert f"- version: {version}" in text
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(NEO4J_FILES)


def test_the_files_are_the_same_bytes_twice(sample_graph: Path, tmp_path: Path) -> None:
    with GraphReader(sample_graph) as reader:
        write_neo4j(reader, tmp_path / "a")
        write_neo4j(reader, tmp_path / "b")
    for name in NEO4J_FILES:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


@given(st.lists(st.none() | st.text() | st.text(alphabet='",\r\n;\x1f a'), min_size=2))
def test_any_texts_come_back_from_a_line(cells: list[str | None]) -> None:
    assert list(records(_line(cells))) == [cells]
