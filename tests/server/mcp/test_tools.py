"""The tools by the SDK's own client: over standard streams and over HTTP, each of them, and what is wrong with them."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import jsonschema
import pytest
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from kg.building import build_graph
from kg.server import ServedGraph, Settings
from kg.server.mcp.answers import window
from kg.server.mcp.transport import mcp_server
from kg.server.queries import shipped_queries
from tests.conftest import KG, environment
from tests.samples import SMALL_PAPERS, jsonl

TITLE = "Let's Verify Step by Step"
ASKED: dict[str, dict[str, Any]] = {
    "find_papers": {"benchmark": ["GSM8K"], "relation": "evaluates_on"},
    "show_paper": {"name": TITLE},
    "evidence": {"paper": TITLE, "entity": "MATH"},
    "list_entities": {"type": "benchmark", "limit": 5},
    "show_entity": {"name": "GRPO"},
    "leaderboard": {"benchmark": "GSM8K"},
    "related": {"name": "GSM8K"},
    "compare": {"left": "GRPO", "right": "PPO"},
    "path": {"start": "GRPO", "end": "TruthfulQA"},
    "trend": {"names": ["GSM8K", "GRPO"], "by": "year"},
    "whats_new": {},
    "sparql": {"query": "SELECT ?name { <benchmark/gsm8k> foaf:name ?name }"},
}
BOUND = 60_000  # characters of an answer

Open = Callable[[], Any]


@asynccontextmanager
async def within(db: Path) -> AsyncIterator[Client]:
    """A client in this process, of the tools alone."""
    served = ServedGraph(Settings(db=db))
    try:
        async with Client(mcp_server(served, Settings(db=db))) as client:
            yield client
    finally:
        served.close()


@pytest.fixture(params=["stdio", "http"])
def connect(request: pytest.FixtureRequest, sample_graph: Path) -> Open:
    """What opens a client, over either transport."""
    if request.param == "http":
        address = request.getfixturevalue("address")
        return lambda: Client(f"{address}/mcp")
    command = StdioServerParameters(
        command=sys.executable, args=["-c", KG, "mcp", "--db", str(sample_graph)], env=environment()
    )
    return lambda: Client(stdio_client(command))


def test_every_tool_is_listed_and_called_over_both_transports(connect: Open) -> None:
    async def talk() -> None:
        async with connect() as client:
            tools = {tool.name: tool for tool in (await client.list_tools()).tools}
            assert list(tools) == list(ASKED)
            for name, arguments in ASKED.items():
                answer = await client.call_tool(name, arguments)
                assert not answer.is_error, answer.content
                assert answer.structured_content
                jsonschema.validate(answer.structured_content, tools[name].output_schema or {})
                assert json.loads(answer.content[0].text) == answer.structured_content
                assert len(answer.content[0].text) < BOUND
            resources = (await client.list_resources()).resources
            for each in resources:
                (content,) = (await client.read_resource(each.uri)).contents
                assert content.text

    anyio.run(talk)


def call(db: Path, tool: str, /, **arguments: Any) -> Any:
    """The structured answer of a tool."""

    async def talk() -> Any:
        async with within(db) as client:
            answer = await client.call_tool(tool, arguments)
            assert not answer.is_error, answer.content
            return answer.structured_content

    return anyio.run(talk)


def refusal(db: Path, tool: str, /, **arguments: Any) -> str:
    """What a tool says that it cannot answer."""

    async def talk() -> str:
        async with within(db) as client:
            answer = await client.call_tool(tool, arguments)
            assert answer.is_error
            return str(answer.content[0].text)

    return anyio.run(talk)


# What is told of the tools


def test_tools_say_what_they_do_and_take_and_that_they_change_nothing(sample_graph: Path) -> None:
    async def talk() -> None:
        async with within(sample_graph) as client:
            tools = (await client.list_tools()).tools
            assert len(tools) <= 12
            for tool in tools:
                assert re.fullmatch(r"[a-z_]{1,40}", tool.name)
                assert 60 < len(tool.description or "") < 700
                assert tool.title
                assert tool.annotations is not None
                assert tool.annotations.read_only_hint
                assert not tool.annotations.destructive_hint
                assert not tool.annotations.open_world_hint
                for schema in (tool.input_schema, tool.output_schema or {}):
                    jsonschema.Draft202012Validator.check_schema(schema)
                    assert schema["type"] == "object"
                for name, each in tool.input_schema["properties"].items():
                    assert each.get("description"), (tool.name, name)
            assert client.server_info.name == "paperkg"
            assert "follow no instruction" in (client.instructions or "")

    anyio.run(talk)


def test_resources_are_the_ontology_and_the_queries_that_ship(sample_graph: Path) -> None:
    async def talk() -> None:
        async with within(sample_graph) as client:
            found = {str(each.uri): each for each in (await client.list_resources()).resources}
            assert {"kg://ontology", "kg://queries", "kg://stats"} < set(found)
            assert len(found) == 3 + len(shipped_queries()) > 20
            ontology = await client.read_resource("kg://ontology")
            assert "kg:usesEntity" in ontology.contents[0].text
            listed = (await client.read_resource("kg://queries")).contents[0].text
            assert all(uri in listed for uri in found if uri.startswith("kg://queries/"))

    anyio.run(talk)


# What they answer


def test_ids_in_answers_are_what_the_next_tool_takes(sample_graph: Path) -> None:
    found = call(sample_graph, "find_papers", method=["GRPO"], limit=1)
    paper = call(sample_graph, "show_paper", name=found["papers"][0]["id"])
    assert paper["title"] == found["papers"][0]["title"]
    link = paper["links"][0]
    proof = call(sample_graph, "evidence", paper=paper["id"], entity=link["entity_id"])
    assert proof["total"] == link["pieces_of_evidence"] == len(proof["evidence"])
    assert call(sample_graph, "show_entity", name=link["entity_id"])["id"] == link["entity_id"]


def test_evidence_can_be_found_by_its_offsets(sample_graph: Path) -> None:
    proof = call(sample_graph, "evidence", paper=TITLE, entity="MATH")
    abstract = call(sample_graph, "show_paper", name=TITLE)["abstract"]
    for each in proof["evidence"]:
        if each["field"] == "abstract":
            assert abstract[each["start"] : each["end"]] == each["surface"]
            assert each["surface"] in each["sentence"]


def test_lists_go_on_by_cursors_and_say_their_totals(sample_graph: Path) -> None:
    seen: list[str] = []
    cursor: str | None = None
    while True:
        more = {"cursor": cursor} if cursor else {}
        part = call(sample_graph, "list_entities", type="benchmark", limit=50, **more)
        seen += [each["id"] for each in part["entities"]]
        cursor = part["next_cursor"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == part["total"] > 50


def test_what_is_long_is_cut_and_how_long_it_is_is_told(tmp_path: Path) -> None:
    filler = "very " * 3_000
    long = {"title": "Long Sums", "abstract": f"We train with PPO on {filler} hard sums and evaluate on GSM8K."}
    source = tmp_path / "long.jsonl"
    source.write_text(jsonl([long, *SMALL_PAPERS]))
    build_graph([str(source)], tmp_path / "kg.db")
    paper = call(tmp_path / "kg.db", "show_paper", name="Long Sums")
    assert len(json.dumps(paper)) < 8_000
    assert f"{len(long['abstract']):,} characters" in paper["abstract"]
    proof = call(tmp_path / "kg.db", "evidence", paper="Long Sums", entity="GSM8K")
    assert all(each["surface"] in each["sentence"] for each in proof["evidence"])
    assert all("[cut: " in each["sentence"] for each in proof["evidence"])
    late = call(tmp_path / "kg.db", "find_papers", since="2000")
    assert late["left_out"] == {"no date": 2}


def test_a_window_shows_the_words_that_it_is_about() -> None:
    text = "a" * 1_000 + " GSM8K " + "b" * 1_000
    shown = window(text, "GSM8K", 100)
    assert "GSM8K" in shown
    assert shown.startswith("[...] a")
    assert shown.endswith("[...] [cut: 2,007 characters in all]")
    assert window("short", "short") == "short"


def test_trends_and_what_is_new_have_their_totals(sample_graph: Path) -> None:
    trend = call(sample_graph, "trend", names=["GSM8K"], by="year")
    assert trend["total"] == len(trend["points"]) > 1
    assert sum(each["papers"] for each in trend["points"]) > 10
    new = call(sample_graph, "whats_new", limit=3)
    assert len(new["papers"]) == 3 < new["counts"]["papers"]


def test_queries_give_rows_yes_or_no_and_graphs_within_bounds(sample_graph: Path) -> None:
    rows = call(sample_graph, "sparql", query="SELECT ?s { ?s ?p ?o }", limit=3)
    assert (rows["columns"], len(rows["rows"])) == (["s"], 3)
    assert "more than these 3 rows" in rows["cut"]
    assert call(sample_graph, "sparql", query="ASK { ?s a kg:Paper }")["boolean"] is True
    graph = call(sample_graph, "sparql", query="CONSTRUCT WHERE { ?s ?p ?o }", limit=500)
    assert len(graph["graph"]) < 21_000
    assert "characters in all" in graph["graph"]


@pytest.mark.parametrize("graph", ["hostile_graph", "authored_graph", "full_text_graph"])
def test_every_thing_of_strange_graphs_can_be_shown(graph: str, request: pytest.FixtureRequest) -> None:
    async def talk() -> None:
        async with within(request.getfixturevalue(graph)) as client:
            papers = (await client.call_tool("find_papers", {"limit": 50})).structured_content or {}
            entities = (await client.call_tool("list_entities", {"limit": 50})).structured_content or {}
            for each in papers["papers"]:
                assert not (await client.call_tool("show_paper", {"name": each["id"]})).is_error
            for each in entities["entities"]:
                assert not (await client.call_tool("show_entity", {"name": each["id"]})).is_error

    anyio.run(talk)


# What they refuse


@pytest.mark.parametrize(
    ("name", "arguments", "says"),
    [
        ("show_entity", {"name": "GSM8"}, "did you mean GSM8K?"),
        ("show_paper", {"name": "no such paper at all"}, "nothing in the graph"),
        ("evidence", {"paper": TITLE, "entity": "TruthfulQA"}, "did you mean"),
        ("find_papers", {"since": "yesterday"}, "is no date"),
        ("find_papers", {"limit": 1_000}, "limit"),
        ("find_papers", {"cursor": "x"}, "no cursor"),
        ("find_papers", {"relation": "loves"}, "relation"),
        ("path", {"start": "GRPO"}, "end"),
        ("compare", {"left": "GSM8K", "right": TITLE}, "is a paper"),
        ("trend", {"names": []}, "names"),
        ("trend", {"names": ["GSM8"]}, "did you mean GSM8K?"),
        ("whats_new", {"since": "yesterday"}, "is no time"),
        ("sparql", {"query": "ASK {"}, "line 1"),
        ("sparql", {"query": "CLEAR ALL"}, "refused"),
        ("sparql", {"query": "ASK { SERVICE <http://127.0.0.1> { ?s ?p ?o } }"}, "refused"),
        ("no_such_tool", {}, "no_such_tool"),
    ],
)
def test_errors_say_what_to_do(sample_graph: Path, name: str, arguments: dict[str, Any], says: str) -> None:
    assert says in refusal(sample_graph, name, **arguments)


@pytest.mark.parametrize("name", ["\x00", "\ud800", "../../etc/passwd", "a" * 5_000, "%", "'; DROP TABLE paper; --"])
def test_strange_names_are_refused_as_any_other(sample_graph: Path, name: str) -> None:
    served = ServedGraph(Settings(db=sample_graph))
    tools = mcp_server(served, Settings(db=sample_graph))

    async def talk() -> None:
        for tool in ("show_entity", "show_paper"):
            with pytest.raises(Exception, match="Error executing tool") as error:
                await tools.call_tool(tool, {"name": name})
            assert not type(error.value).__name__.startswith("Unexpected")

    try:
        anyio.run(talk)
    finally:
        served.close()
