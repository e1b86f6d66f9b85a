"""The JSON API: what the command line prints, typed, in parts, with problems for errors."""

from __future__ import annotations

import json
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from kg import wire
from kg.building import build_graph
from kg.questions import questions
from kg.server import Settings
from kg.server.api.shapes import SHAPES
from tests.conftest import Invoke
from tests.samples import SMALL_PAPERS, jsonl
from tests.server.conftest import Response, opened

API = "/api/v1"


def problem(answer: Response) -> dict[str, Any]:
    assert answer.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert {"type", "title", "status", "detail"} <= set(told)
    assert told["status"] == answer.status_code
    return told


# The same as the command line


@pytest.mark.parametrize(
    ("path", "command"),
    [
        ("papers?benchmark=GSM8K&limit=1000", "papers --benchmark GSM8K"),
        ("papers?benchmark=GSM8K&method=GRPO", "papers --benchmark GSM8K --method GRPO"),
        ("papers?text=reward+model&since=2024&limit=1000", "papers --text 'reward model' --since 2024"),
        ("results?benchmark=GSM8K&limit=1000", "results --benchmark GSM8K"),
        ("results?kind=absolute&limit=1000", "results --kind absolute"),
        ("entities?type=benchmark&limit=1000", "entities --type benchmark"),
        ("entities?sort=name&min_papers=3&limit=1000", "entities --sort name --min-papers 3"),
        ("related?name=GSM8K&limit=20", "related GSM8K"),
        ("path?start=GRPO&end=TruthfulQA", "path GRPO TruthfulQA"),
        ("compare?left=GRPO&right=PPO", "compare GRPO PPO"),
        ("trend?names=GRPO&names=PPO&by=quarter", "trend GRPO PPO --by quarter"),
    ],
)
def test_lists_are_those_that_the_command_line_prints(
    client: TestClient, invoke: Invoke, sample_graph: Path, path: str, command: str
) -> None:
    printed = invoke(*shlex.split(command), "--db", sample_graph, "--format", "json")
    found = client.get(f"{API}/{path}")
    assert found.status_code == 200, found.text
    assert found.json()["items"] == json.loads(printed.stdout) != []
    assert found.json()["next"] is None


@pytest.mark.parametrize(
    ("path", "command"),
    [
        ("show?name=GSM8K", "show GSM8K"),
        ("entity?name=GRPO", "show GRPO"),
        ("paper?name=Let's+Verify+Step+by+Step", 'show "Let\'s Verify Step by Step"'),
        ("show?name=PPO&type=method", "show PPO --type method"),
    ],
)
def test_profiles_are_those_that_the_command_line_prints(
    client: TestClient, invoke: Invoke, sample_graph: Path, path: str, command: str
) -> None:
    printed = invoke(*shlex.split(command), "--db", sample_graph, "--format", "json")
    assert client.get(f"{API}/{path}").json() == json.loads(printed.stdout)


def test_doubts_are_those_that_the_command_line_prints_without_its_commands(
    client: TestClient, invoke: Invoke, sample_graph: Path
) -> None:
    printed = json.loads(invoke("review", "--db", sample_graph, "--format", "json").stdout)
    found = client.get(f"{API}/review").json()["items"]
    assert [(each["what"], each["about"]) for each in found] == [(each["what"], each["about"]) for each in printed]


def test_counts_are_those_that_the_command_line_prints(client: TestClient, invoke: Invoke, sample_graph: Path) -> None:
    printed = invoke("stats", "--db", sample_graph, "--format", "json")
    assert [client.get(f"{API}/stats").json()] == json.loads(printed.stdout)


# The description


@pytest.fixture(scope="module")
def described(client: TestClient) -> dict[str, Any]:
    answer = client.get(f"{API}/openapi.json")
    assert answer.status_code == 200
    document: dict[str, Any] = answer.json()
    return document


def test_every_question_that_is_not_local_is_described(described: dict[str, Any]) -> None:
    wanted = {f"/{each.name}" for each in questions() if not each.local}
    assert set(described["paths"]) == wanted | {"/"}
    assert described["openapi"].startswith("3.1")
    assert described["servers"] == [{"url": API}]
    assert "/diff" not in described["paths"]  # names files of the server's machine
    for path in described["paths"].values():
        told = path["get"]
        assert told["summary"]
        assert {"200", "400", "404"} <= set(told["responses"])
        assert "application/problem+json" in told["responses"]["404"]["content"]


ASKED = [
    "papers?benchmark=GSM8K", "papers", "results", "results?benchmark=GSM8K", "show?name=GSM8K", "entity?name=GRPO",
    "paper?name=Let%27s+Verify+Step+by+Step", "entities", "related?name=GSM8K", "leaderboards?benchmark=GSM8K",
    "path?start=GRPO&end=TruthfulQA", "compare?left=GRPO&right=PPO", "stats", "review", "",
    "trend?names=GSM8K&names=PPO",
    "trend?names=PPO&by=year", "rising", "rising?by=year&recent=1&before=1&min_papers=1&false_share=0.5", "new",
    "new?after=0",
]  # fmt: skip


@pytest.mark.parametrize("graph", ["sample_graph", "authored_graph", "hostile_graph", "full_text_graph"])
def test_what_is_answered_is_what_the_description_says_key_by_key(graph: str, request: pytest.FixtureRequest) -> None:
    with opened(Settings(db=request.getfixturevalue(graph))) as client:
        document = client.get(f"{API}/openapi.json").json()
        asked = list(ASKED)
        asked += [f"paper?{urlencode({'name': each['id']})}" for each in client.get(f"{API}/papers").json()["items"]]
        asked += [f"entity?{urlencode({'name': each['id']})}" for each in client.get(f"{API}/entities").json()["items"]]
        answered = 0
        for path in asked:
            answer = client.get(f"{API}/{path}")
            assert answer.status_code in (200, 404), path
            if answer.status_code == 200:
                answered += 1
                told = document["paths"][f"/{path.partition('?')[0]}"]["get"]["responses"]["200"]["content"]
                schema = _closed(told["application/json"]["schema"] | {"components": document["components"]})
                jsonschema.validate(answer.json(), schema)
        assert answered > 8


def _closed(schema: Any) -> Any:
    """A schema whose objects have no other keys than those that it names, all of them."""
    if isinstance(schema, list):
        return [_closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(each) for key, each in schema.items()}
    if "properties" in closed and closed.get("type") == "object":
        closed["additionalProperties"] = False
        assert set(closed.get("required", ())) == set(closed["properties"]) or "detail" in closed["properties"]
    return closed


def test_shapes_are_types_of_which_a_client_can_be_made() -> None:
    for name, shape in SHAPES.items():
        assert TypeAdapter(shape).json_schema(), name


# Parts of lists


def walk(client: TestClient, path: str, limit: int) -> Iterator[dict[str, Any]]:
    """All parts of a list, one after the other."""
    following: str | None = ""
    while following is not None:
        cursor = f"&cursor={following}" if following else ""
        answer = client.get(f"{API}/{path}&limit={limit}{cursor}")
        assert answer.status_code == 200, answer.text
        part: dict[str, Any] = answer.json()
        yield part
        following = part["next"]


@pytest.mark.parametrize(
    "path",
    [
        "papers?exact=false",
        "papers?benchmark=GSM8K",
        "entities?type=method",
        "related?name=GSM8K&min_papers=1",
        "results?exact=true",
    ],
)
def test_a_list_in_parts_is_the_whole_list(client: TestClient, path: str) -> None:
    (whole,) = walk(client, path, 1_000)
    parts = list(walk(client, path, 7))
    assert [item for part in parts for item in part["items"]] == whole["items"]
    assert {part["total"] for part in parts} == {len(whole["items"])}
    assert len(parts) == -(-len(whole["items"]) // 7)


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    source = tmp_path / "papers.jsonl"
    source.write_text(jsonl(SMALL_PAPERS))
    build_graph([str(source)], tmp_path / "kg.db")
    with opened(Settings(db=tmp_path / "kg.db")) as client:
        found = client.get(f"{API}/papers?since=2000").json()
        assert (found["total"], found["left_out"]) == (3, {"no date": 1})


def test_a_cursor_holds_for_its_question_and_for_the_graph_as_it_was(tmp_path: Path, sample_graph: Path) -> None:
    db = Path(shutil.copy(sample_graph, tmp_path / "kg.db"))
    with opened(Settings(db=db)) as client:
        cursor = client.get(f"{API}/papers?limit=2").json()["next"]
        assert client.get(f"{API}/papers?limit=3&cursor={cursor}").status_code == 200
        assert "another question" in problem(client.get(f"{API}/entities?cursor={cursor}"))["detail"]
        other = client.get(f"{API}/papers?benchmark=GSM8K&cursor={cursor}")
        assert other.status_code == 409
        source = tmp_path / "more.jsonl"
        source.write_text(jsonl(SMALL_PAPERS))
        build_graph([str(source)], db)
        changed = client.get(f"{API}/papers?cursor={cursor}")
        assert changed.status_code == 409
        assert "has changed" in problem(changed)["detail"]


@pytest.mark.parametrize(
    "cursor",
    [
        "", "x", "-1", "1-2-3", "\x00", "a" * 5_000,
        "99999999999999999999-0123456789abcdef-0123456789abcdef0123",
        "٣-0123456789abcdef-0123456789abcdef0123",
        "0-0123456789abcdef-0123456789abcdef0123\n",
    ],
)  # fmt: skip
def test_cursors_that_were_tampered_with_are_none(client: TestClient, cursor: str) -> None:
    answer = client.get(f"{API}/papers", params={"cursor": cursor})
    assert answer.status_code == 400
    assert "no cursor" in problem(answer)["detail"]


# Freshness


def test_what_a_client_has_is_not_sent_again_until_the_graph_changes(tmp_path: Path, sample_graph: Path) -> None:
    db = Path(shutil.copy(sample_graph, tmp_path / "kg.db"))
    with opened(Settings(db=db)) as client:
        tag = client.get(f"{API}/stats").headers["etag"]
        again = client.get(f"{API}/stats", headers={"if-none-match": tag})
        assert (again.status_code, again.content) == (304, b"")
        source = tmp_path / "more.jsonl"
        source.write_text(jsonl(SMALL_PAPERS))
        build_graph([str(source)], db)
        changed = client.get(f"{API}/stats", headers={"if-none-match": tag})
        assert changed.status_code == 200
        assert changed.headers["etag"] != tag


# Problems


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("entity?name=GSM8", 404, "did you mean GSM8K?"),
        ("entity", 400, "name"),
        ("entity?name=", 400, "name"),
        ("papers?benchmrk=GSM8K", 400, "'benchmrk' is nothing that can be asked here"),
        ("papers?limit=0", 400, "limit"),
        ("papers?limit=1001", 400, "limit"),
        ("papers?limit=many", 400, "limit"),
        ("papers?offset=5", 400, "offset"),
        ("papers?relation=loves", 400, "relation"),
        ("papers?since=2024-13", 400, "is no date"),
        ("papers?since=2025&until=2024", 409, "swap"),
        ("papers?text=%3F", 400, "no word"),
        ("papers?author=%3F", 404, "names nobody"),
        ("papers?venue=%3F", 404, "names no venue"),
        ("papers?min_confidence=2", 400, "min_confidence"),
        ("papers?min_confidence=nan", 400, "min_confidence"),
        ("entities?min_papers=99999999999999999999", 400, "min_papers"),
        ("compare?left=GSM8K&right=Let%27s+Verify+Step+by+Step", 409, "is a paper"),
        ("path?start=GSM8K", 400, "end"),
        ("trend", 400, "names"),
        ("rising?recent=0", 400, "recent"),
        ("new?since=2024&after=0", 409, "not both"),
        ("diff?before=/etc/passwd", 404, "no such question"),
        ("../../etc/passwd", 404, ""),
        ("nothing", 404, "no such question"),
        ("papers?" + "entity=x&" * 21, 400, "entity"),
    ],
)
def test_what_is_wrong_is_told_as_a_problem(client: TestClient, path: str, status: int, says: str) -> None:
    answer = client.get(f"{API}/{path}")
    assert answer.status_code == status, answer.text
    if says:
        assert says in problem(answer)["detail"]


def test_suggestions_are_a_list_too(client: TestClient) -> None:
    assert problem(client.get(f"{API}/show?name=GSM8"))["suggestions"][0] == "GSM8K"


def test_a_question_that_takes_too_long_is_a_problem(sample_graph: Path) -> None:
    with opened(Settings(db=sample_graph, seconds=0)) as client:
        answer = client.get(f"{API}/papers")
        assert answer.status_code == 503
        assert "longer" in problem(answer)["detail"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(client: TestClient, method: str) -> None:
    answer = client.request(method, f"{API}/papers")
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
    problem(answer)


def test_head_answers_as_get_without_a_body(client: TestClient) -> None:
    answer = client.head(f"{API}/papers?benchmark=GSM8K")
    assert (answer.status_code, answer.content) == (200, b"")


@given(st.sampled_from(["name", "start", "benchmark", "text", "since", "cursor", "limit", "x"]), st.binary(max_size=40))
def test_any_value_is_answered(client: TestClient, name: str, value: bytes) -> None:
    for question in ("papers", "show", "path", "entities"):
        answer = client.get(f"{API}/{question}?{urlencode({name: value})}")
        assert answer.status_code in (200, 400, 404, 409)


def test_the_index_tells_what_can_be_asked(client: TestClient) -> None:
    told = client.get(f"{API}/").json()
    assert told["version"] == wire.VERSION
    assert told["questions"]["papers"]
    assert "diff" not in told["questions"]
