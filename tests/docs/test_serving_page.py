"""What the page on serving shows is answered by a server, and the files that go with it are what they are meant for."""

from __future__ import annotations

import configparser
import json
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import httpx
import pytest

from kg.cli import main
from kg.server import ServedGraph, Settings
from kg.server.mcp.tools import Tools
from tests.conftest import ROOT
from tests.docs.blocks import blocks_of, commands_of
from tests.server.conftest import address  # noqa: F401

PAGE = ROOT / "docs" / "serving.md"
FILES = ROOT / "examples" / "serving"
HERE = "http://127.0.0.1:8080"


def _shown() -> list[str]:
    blocks = [block for block in blocks_of("sh") if block.page == "docs/serving.md"]
    return [command for block in blocks for command, _ in commands_of(block)]


def _commands() -> Iterator[str]:
    """Every ``kg ...`` of the page and of the files."""
    texts = [*_shown(), *(path.read_text(encoding="utf-8") for path in sorted(FILES.iterdir()))]
    texts.append((FILES / "Containerfile").read_text().rpartition("CMD [")[2].replace('"', " ").replace(",", " "))
    for text in texts:
        for found in re.finditer(r"(?:^|ExecStart=|\s|&& )(?:/opt/kg/bin/)?kg (\w+ [^\n&#\]]*)", text):
            if found[1].split()[0] in dict.fromkeys(main.list_commands(click.Context(main))):
                yield found[1].strip()


@pytest.mark.parametrize("command", sorted({each for each in _shown() if each.startswith("curl ")}))
def test_what_is_asked_on_the_page_is_answered(command: str, request: pytest.FixtureRequest) -> None:
    _, *words = shlex.split(command.replace(HERE, request.getfixturevalue("address")))
    asked: dict[str, str] = {}
    headers: dict[str, str] = {}
    url = ""
    while words:
        word = words.pop(0)
        if word == "-H":
            name, _, value = words.pop(0).partition(": ")
            headers[name] = value
        elif word == "--data-urlencode":
            name, _, value = words.pop(0).partition("=")
            asked[name] = value
        elif word != "-L":
            url = word
    method = "POST" if asked else "GET"
    answer = httpx.request(method, url, data=asked or None, headers=headers, follow_redirects=True, timeout=60)
    assert answer.status_code == 200, answer.text
    assert len(answer.text) > 20


@pytest.mark.parametrize(
    "path", [line[4:] for block in blocks_of("http") for line in block.text.splitlines() if line.startswith("GET ")]
)
def test_addresses_of_the_page_are_answered(path: str, request: pytest.FixtureRequest) -> None:
    answer = httpx.get(request.getfixturevalue("address") + path, follow_redirects=True, timeout=60)
    assert answer.status_code == 200, answer.text
    assert len(answer.text) > 20


@pytest.mark.parametrize("command", sorted(set(_commands())))
def test_commands_of_the_page_and_the_files_are_ones_that_there_are(command: str) -> None:
    name, *arguments = shlex.split(command)
    found: click.Command | None = main.get_command(click.Context(main), name)
    assert found is not None
    if isinstance(found, click.Group):
        found = found.get_command(click.Context(found), arguments.pop(0))
        assert found is not None
    found.make_context(name, arguments)


def test_there_are_commands_to_look_at() -> None:
    assert len(set(_commands())) >= 5


@pytest.mark.parametrize("name", ["kg.service", "kg-grow.service", "kg-grow.timer"])
def test_units_are_units(name: str) -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(FILES / name)
    assert unit["Unit"]["Description"]
    assert f"/etc/systemd/system/{name}" in (FILES / name).read_text()


def test_configurations_of_agents_start_the_server_of_tools() -> None:
    blocks = [json.loads(block.text) for block in blocks_of("json") if block.page == "docs/serving.md"]
    local, remote = (block["mcpServers"]["papers"] for block in blocks)
    assert local["args"][0] == "mcp"
    assert remote["url"].endswith("/mcp")


def test_the_page_names_the_tools_that_there_are(sample_graph: Path) -> None:
    table = PAGE.read_text().partition("| tool | for |")[2].partition("\n\n")[0]
    named = re.findall(r"^\| `(\w+)` \| ", table, re.MULTILINE)
    served = ServedGraph(Settings(db=sample_graph))
    try:
        assert named == [tool.__name__ for tool in Tools(served, Settings(db=sample_graph)).all()]
    finally:
        served.close()


def test_the_proxy_of_the_page_is_that_of_the_file() -> None:
    (shown,) = (block.text for block in blocks_of("text") if block.page == "docs/serving.md")
    assert set(shown.split()) <= set((FILES / "Caddyfile").read_text().split())


def test_units_pass_the_verifier_where_there_is_one() -> None:
    done = subprocess.run(["sh", "-c", "command -v systemd-analyze"], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("systemd is not installed")
    units = [str(FILES / name) for name in ("kg.service", "kg-grow.service", "kg-grow.timer")]
    told = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    wrong = [line for line in told.stderr.splitlines() if "Unknown" in line or "Failed to parse" in line]
    assert wrong == []
