"""``kg watch``: begun, listed, run in every shape, and forgotten."""

from __future__ import annotations

import email
import email.policy
import json
from pathlib import Path

import pytest
from lxml import etree

from tests.conftest import Invoke
from tests.samples import FULL_TEXTS, HOSTILE_PAPERS, SMALL_PAPERS, jsonl


@pytest.fixture
def grown(invoke: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Invoke:
    """A graph that something is watched in, and that grew since."""
    monkeypatch.setenv("KG_DB", "kg.db")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1740830400")
    (tmp_path / "a.jsonl").write_text(jsonl(SMALL_PAPERS[:1]), encoding="utf-8")
    assert invoke("build", "a.jsonl", "--db", "kg.db").exit_code == 0
    monkeypatch.setenv("KG_DB", "kg.db")
    added = invoke("watch", "add", "--benchmark", "GSM8K", "--db", "kg.db")
    assert added.stderr == (
        "watching GSM8K, in kg.watches.toml; 1 paper, 1 link, 1 result that are there count as told\n"
    )
    for name, text in FULL_TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert invoke("add", *FULL_TEXTS, "--db", "kg.db").exit_code == 0
    return lambda *arguments, **options: invoke("watch", *arguments, "--db", "kg.db", **options)


def test_a_run_tells_people_what_is_new_and_the_next_has_nothing(grown: Invoke) -> None:
    done = grown("run")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0].startswith("GSM8K: 2 new papers, 2 new links, ")
    assert "Undertow: Replay That Forgets (2025-03)" in lines
    assert any(line.startswith("  evaluates on GSM8K (confidence ") for line in lines)
    again = grown("run")
    assert (again.exit_code, again.stdout, again.stderr) == (1, "", "kg: GSM8K: nothing new\n")


def test_a_dry_run_tells_it_again(grown: Invoke) -> None:
    assert grown("run", "--dry-run").stdout == grown("run").stdout != ""


def test_programs_get_all_watches_with_their_papers(grown: Invoke) -> None:
    (news,) = json.loads(grown("run", "--format", "json").stdout)
    assert (news["watch"], news["query"], news["counts"]["papers"]) == ("GSM8K", {"benchmark": ["GSM8K"]}, 2)
    assert news["papers"][0]["last_came"] == "2025-03-01T12:00:00Z"
    (nothing,) = json.loads(grown("run", "--format", "json").stdout)
    assert nothing["papers"] == []


def test_a_message_is_written_to_a_file_and_none_where_nothing_is_new(grown: Invoke, tmp_path: Path) -> None:
    arguments = ("run", "--format", "eml", "--to", "ada@example.org", "-o", "news.eml")
    assert grown(*arguments).exit_code == 0
    message = email.message_from_bytes((tmp_path / "news.eml").read_bytes(), policy=email.policy.default)
    assert (message["From"], message["Date"]) == ("ada@example.org", "Sat, 01 Mar 2025 12:00:00 +0000")
    (tmp_path / "news.eml").unlink()
    assert grown(*arguments).exit_code == 1
    assert not (tmp_path / "news.eml").exists()


def test_a_feed_of_a_run_has_what_is_new_and_that_of_a_watch_all(grown: Invoke, tmp_path: Path) -> None:
    entries = "{http://www.w3.org/2005/Atom}entry"
    assert len(etree.fromstring(grown("run", "--format", "atom").stdout_bytes).findall(entries)) == 2
    assert len(etree.fromstring(grown("run", "--format", "atom").stdout_bytes).findall(entries)) == 0
    assert grown("feed", "GSM8K", "-o", "feed.atom").stderr == "wrote feed.atom\n"
    assert len(etree.parse(tmp_path / "feed.atom").getroot().findall(entries)) == 3
    assert len(etree.fromstring(grown("feed", "GSM8K", "--limit", "1").stdout_bytes).findall(entries)) == 1


def test_what_cannot_be_written_or_sent_is_told_again(grown: Invoke, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert grown("run", "-o", "folder/../a.jsonl/x").exit_code == 2
    refused = grown("run", "--post", "http://127.0.0.1:9/")
    assert refused.exit_code == 2
    assert "kg: 127.0.0.1: cannot be reached" in refused.stderr
    assert grown("run").exit_code == 0


def test_watches_are_listed_and_forgotten(grown: Invoke) -> None:
    assert grown("add", "--method", "GRPO", "--name", "mine", "--exact").exit_code == 0
    assert grown("list").stdout.splitlines()[1].split() == ["GSM8K", "benchmark", "GSM8K", "1", "1", "1"]
    rows = json.loads(grown("list", "--format", "json").stdout)
    assert [(row["name"], row["query"]) for row in rows][1] == ("mine", {"method": ["GRPO"], "exact": True})
    assert grown("remove", "mine").stderr == "no longer watching mine\n"
    assert grown("remove", "mine").exit_code == 2
    assert grown("remove", "GSM8K").exit_code == 0
    assert grown("list").exit_code == 1
    assert "nothing is watched yet" in grown("run").stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("add", "asks for nothing"),
        ("add --benchmark GSM8K", "there is a watch called 'GSM8K'"),
        ("add --text sheep --from spring", "is nowhere to begin"),
        ("run sheep", "there is no watch called 'sheep'; there is GSM8K"),
        ("run --format eml", "needs --to"),
        ("run --format eml --to ada", "is no e-mail address"),
        ("run --post http://example.org/", "news is posted by https"),
    ],
)
def test_what_cannot_be_done_is_refused(grown: Invoke, arguments: str, said: str) -> None:
    refused = grown(*arguments.split())
    assert refused.exit_code == 2
    assert said in refused.stderr


def test_a_name_that_nobody_uses_yet_may_be_watched(grown: Invoke) -> None:
    added = grown("add", "--model", "Sheepdog-7B")
    assert added.exit_code == 0
    assert "it is told once a paper names it" in added.stderr
    assert "nothing in the graph is called 'Sheepdog-7B'" in grown("run").stderr


def test_before_there_is_a_graph_something_may_be_watched(invoke: Invoke, small_source: Path) -> None:
    assert invoke("watch", "add", "--benchmark", "GSM8K", "--db", "kg.db").exit_code == 0
    invoke("build", small_source, "--db", "kg.db")
    assert "GSM8K: 2 new papers" in invoke("watch", "run", "--db", "kg.db").stdout


@pytest.mark.parametrize("shape", ["text", "json", "atom", "webhook", "eml"])
def test_hostile_titles_are_harmless_in_every_shape(invoke: Invoke, tmp_path: Path, shape: str) -> None:
    (tmp_path / "a.jsonl").write_text(jsonl(HOSTILE_PAPERS), encoding="utf-8")
    invoke("build", "a.jsonl", "--db", "kg.db")
    invoke("watch", "add", "--benchmark", "GSM8K", "--from", "start", "--db", "kg.db")
    to = ["--to", "ada@example.org"] if shape == "eml" else []
    done = invoke("watch", "run", "--format", shape, *to, "--db", "kg.db")
    assert done.exit_code == 0, done.output
    assert b"\x1b" not in done.stdout_bytes
