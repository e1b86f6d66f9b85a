"""Every format says what the graph is: in a place of its own, or in a file beside it."""

from __future__ import annotations

import hashlib
import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx
import pytest

from kg.exporting import write_export
from kg.questions.description import digest_of
from kg.store import GraphReader
from kg.version import __version__

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def written(reader: GraphReader, name: str) -> bytes:
    stream = io.BytesIO()
    write_export(reader, name, stream, license=LICENCE)
    return stream.getvalue()


def test_metadata_are_an_object_for_catalogues(reader: GraphReader, sample_source: Path) -> None:
    told = json.loads(written(reader, "metadata"))
    assert (told["version"], told["license"], told["software"]) == (digest_of(reader), LICENCE, f"kg {__version__}")
    assert told["papers"] == len(list(reader.papers()))
    assert told["entities"] == sum(told["entities_by_type"].values()) == len(list(reader.entities()))
    assert told["links"] == len(list(reader.links()))
    digest = hashlib.sha256(sample_source.read_bytes()).hexdigest()
    assert told["sources"] == [{"name": sample_source.name, "sha256": digest}]


def test_without_a_licence_none_is_claimed(reader: GraphReader) -> None:
    stream = io.BytesIO()
    write_export(reader, "metadata", stream)
    assert json.loads(stream.getvalue())["license"] is None


def test_graphml_says_what_the_graph_is(reader: GraphReader) -> None:
    loaded = nx.read_graphml(io.BytesIO(written(reader, "graphml")))
    assert (loaded.graph["version"], loaded.graph["license"]) == (digest_of(reader), LICENCE)


def test_gexf_says_what_the_graph_is(reader: GraphReader) -> None:
    root = ET.fromstring(written(reader, "gexf"))
    told = root.findtext(".//{http://www.gexf.net/1.2draft}description") or ""
    assert f"version: {digest_of(reader)}" in told
    assert f"license: {LICENCE}" in told
    assert root.findtext(".//{http://www.gexf.net/1.2draft}creator") == f"kg {__version__}"


def test_cytoscape_says_what_the_graph_is(reader: GraphReader) -> None:
    told = json.loads(written(reader, "cytoscape"))["data"]
    assert (told["version"], told["license"]) == (digest_of(reader), LICENCE)


@pytest.mark.parametrize("name", ["graphml", "gexf", "cytoscape", "metadata"])
def test_what_sources_are_called_breaks_no_format(name: str, any_graph: Path) -> None:
    with GraphReader(any_graph) as reader:
        data = written(reader, name)
    if name in ("graphml", "gexf"):
        ET.fromstring(data)
    else:
        json.loads(data)
