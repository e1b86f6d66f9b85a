"""Corrections at a browser: by those who may, as if said with kg curate, and by nobody else."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.server.pages.conftest import HERE, served
from tests.server.pages.reading import Seen

TOKEN = "sesame-open-sesame"
OURS = {"origin": HERE}


@pytest.fixture
def db(tmp_path: Path, sample_graph: Path) -> Path:
    return Path(shutil.copy(sample_graph, tmp_path / "kg.db"))


@pytest.fixture
def editing(db: Path) -> Iterator[TestClient]:
    with served(db, edit_token=TOKEN) as found:
        yield found


def sign_in(client: TestClient, name: str = "Ada Apple") -> str:
    """The secret of forms of somebody who signed in."""
    answer = client.post("/login", data={"name": name, "token": TOKEN, "back": "/entity/method/ppo"}, headers=OURS)
    assert answer.url.path == "/entity/method/ppo"
    found = re.search(r'name="secret" value="(\w+)"', answer.text)
    assert found
    return found[1]


def overlay(db: Path) -> str:
    path = db.with_suffix(".curation.toml")
    return path.read_text(encoding="utf-8") if path.exists() else ""


def correct(client: TestClient, secret: str, action: str, **fields: str) -> int:
    data = {"action": action, "secret": secret, "back": "/corrections", **fields}
    return int(client.post("/correct", data=data, headers=OURS).status_code)


def work_in(client: TestClient) -> None:
    for _ in range(600):
        if "being worked in" not in client.get("/corrections").text:
            return
        time.sleep(0.05)
    pytest.fail("the corrections are never worked in")


def test_nothing_is_written_without_edit(db: Path) -> None:
    before = db.read_bytes()
    with served(db) as client:
        for address in ("/correct", "/corrections/undo", "/login", "/logout"):
            answer = client.post(address, data={"action": "reject", "entity": "method/ppo"}, headers=OURS)
            assert answer.status_code == 403
        assert "kg serve --edit" in client.get("/login").text
        assert "Sign in" not in client.get("/").text
        for address in ("/", "/papers", "/entity/method/ppo", "/stats"):
            assert client.post(address, data={"action": "reject"}, headers=OURS).status_code == 405
    assert overlay(db) == ""
    assert db.read_bytes() == before


def test_a_correction_is_kept_with_who_and_when_and_seen_by_all(editing: TestClient, db: Path) -> None:
    secret = sign_in(editing)
    assert correct(editing, secret, "retype", entity="benchmark/gsm8k", type="dataset", note="it trains") == 200
    work_in(editing)
    assert editing.get("/entity/benchmark/gsm8k").url.path == "/entity/dataset/gsm8k"
    rule = overlay(db)
    assert 'action = "retype"' in rule
    assert 'by = "Ada Apple"' in rule
    assert 'note = "it trains"' in rule
    assert re.search(r'date = "\d{4}-\d{2}-\d{2}"', rule)


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("accept", {"entity": "method/ppo"}),
        ("reject", {"entity": "method/ppo"}),
        ("rename", {"entity": "method/ppo", "label": "PPO-Clip"}),
        ("merge", {"entity": "method/grpo", "into": "PPO"}),
        ("split", {"entity": "method/ppo", "name": "PPO", "into": "method/ppo-two"}),
    ],
)
def test_what_kg_curate_can_say_can_be_said(editing: TestClient, db: Path, action: str, fields: dict[str, str]) -> None:
    assert correct(editing, sign_in(editing), action, **fields) == 200
    work_in(editing)
    assert f'action = "{action}"' in overlay(db)


def test_links_and_results_of_a_paper_are_added_and_taken_out(editing: TestClient, db: Path) -> None:
    secret = sign_in(editing)
    papers = [row["id"] for row in editing.get("/papers.json?benchmark=GSM8K").json()]
    profiles = (editing.get(f"/paper/{each}?format=json").json() for each in papers)
    paper, profile = next((found["paper"]["id"], found) for found in profiles if found["results"])
    word = max(profile["paper"]["abstract"].split(), key=lambda each: each.isalpha() and len(each))
    assert correct(editing, secret, "add", paper=paper, name=word, type="method", relation="uses") == 200
    assert correct(editing, secret, "reject", paper=paper, entity="benchmark/gsm8k") == 200
    value = profile["results"][0]["value"]
    assert correct(editing, secret, "reject-result", paper=paper, value=value) == 200
    work_in(editing)
    named = {link["entity"] for link in editing.get(f"/paper/{paper}?format=json").json()["links"]}
    assert word in named
    assert "GSM8K" not in named
    assert overlay(db).count("[[rule]]") == 3


def test_what_would_do_nothing_is_refused_and_not_kept(editing: TestClient, db: Path) -> None:
    secret = sign_in(editing)
    assert correct(editing, secret, "merge", entity="method/ppo", into="PPO") == 400
    assert correct(editing, secret, "reject", entity="method/nonesuch") == 400
    assert correct(editing, secret, "retype", entity="method/ppo") == 400
    assert correct(editing, secret, "explode", entity="method/ppo") == 400
    assert overlay(db) == ""


def test_a_correction_is_taken_back(editing: TestClient, db: Path) -> None:
    secret = sign_in(editing)
    correct(editing, secret, "retype", entity="benchmark/gsm8k", type="dataset")
    work_in(editing)
    assert editing.post("/corrections/undo", data={"number": "1", "secret": secret}, headers=OURS).status_code == 200
    work_in(editing)
    assert "[[rule]]" not in overlay(db)
    assert editing.get("/entity/benchmark/gsm8k").url.path == "/entity/benchmark/gsm8k"


def test_forms_of_others_count_for_nothing(editing: TestClient, db: Path) -> None:
    secret = sign_in(editing)
    data = {"action": "reject", "entity": "method/ppo", "secret": secret}
    for headers in ({}, {"origin": "http://evil.example"}, {"origin": "null"}, {"origin": "http://127.0.0.1:1"}):
        assert editing.post("/correct", data=data, headers=headers).status_code == 403
    assert editing.post("/correct", data={**data, "secret": "guessed"}, headers=OURS).status_code == 403
    assert editing.post("/correct", json=data, headers=OURS).status_code == 403
    assert editing.get("/correct", params=data).status_code == 405
    assert overlay(db) == ""


def test_who_does_not_know_the_token_is_let_in_nowhere(editing: TestClient, db: Path) -> None:
    for token in ("", "sesame", TOKEN.upper(), TOKEN + "x"):
        answer = editing.post("/login", data={"name": "Eve", "token": token}, headers=OURS)
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers
    editing.cookies.set("kg-session", "RXZl.0000")
    assert "Correct" not in Seen(editing.get("/entity/method/ppo").text).text.split("Goes with")[0].split("Papers")[0]
    assert editing.post("/correct", data={"action": "reject"}, headers=OURS).status_code == 403
    assert overlay(db) == ""


def test_guessing_is_slowed_down(editing: TestClient) -> None:
    tries = [editing.post("/login", data={"name": "Eve", "token": str(n)}, headers=OURS) for n in range(12)]
    assert [each.status_code for each in tries].count(429) >= 1
    assert editing.post("/login", data={"name": "Eve", "token": TOKEN}, headers=OURS).status_code == 429


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(editing: TestClient) -> None:
    answer = editing.post("/login", data={"name": "Ada", "token": TOKEN}, headers=OURS, follow_redirects=False)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert TOKEN not in cookie


def test_nobody_is_led_elsewhere(editing: TestClient) -> None:
    for back in (
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/x\r\nSet-Cookie: a=b",
    ):
        data = {"name": "Ada", "token": TOKEN, "back": back}
        answer = editing.post("/login", data=data, headers=OURS, follow_redirects=False)
        assert answer.headers["location"] == "/"


def test_pages_of_those_who_may_correct_are_for_them_alone(editing: TestClient) -> None:
    public = editing.get("/entity/method/ppo")
    secret = sign_in(editing)
    private = editing.get("/entity/method/ppo")
    assert private.headers["cache-control"] == "no-store"
    assert "etag" not in private.headers
    assert secret in private.text
    editing.cookies.clear()
    assert editing.get("/entity/method/ppo").text == public.text


def test_a_proxy_may_tell_who_it_is(db: Path) -> None:
    with served(db, user_header="x-forwarded-user") as client:
        assert client.post("/correct", data={"action": "reject"}, headers=OURS).status_code == 403
        told = {**OURS, "x-forwarded-user": "bo"}
        page = client.get("/entity/method/ppo", headers=told).text
        found = re.search(r'name="secret" value="(\w+)"', page)
        assert found
        data = {"action": "accept", "entity": "method/ppo", "secret": found[1]}
        assert client.post("/correct", data=data, headers={**OURS, "x-forwarded-user": "eve"}).status_code == 403
        assert client.post("/correct", data=data, headers=told).status_code == 200
    assert 'by = "bo"' in overlay(db)


def test_what_was_said_is_worked_in_before_the_server_ends(db: Path) -> None:
    with served(db, edit_token=TOKEN) as client:
        correct(client, sign_in(client), "accept", entity="method/ppo")
    assert 'action = "accept"' in overlay(db)
