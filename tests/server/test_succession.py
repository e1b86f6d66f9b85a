"""SPARQL while the graph changes: nobody waits, nobody is sent away, and what is new is there in the end."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.building import build_graph
from kg.errors import ClosedError, KgError
from kg.server import Settings
from kg.server.problems import ProblemError
from kg.server.succession import SparqlSuccession
from tests.samples import SMALL_PAPERS, jsonl

COUNT = "SELECT (COUNT(?p) AS ?n) { ?p a kg:Paper }"


@pytest.fixture
def db(tmp_path: Path, authored_graph: Path) -> Path:
    return Path(shutil.copy(authored_graph, tmp_path / "kg.db"))


@pytest.fixture
def sparql(db: Path) -> Iterator[SparqlSuccession]:
    opened = SparqlSuccession(Settings(db=db, sparql_seconds=20))
    yield opened
    opened.close()


def grow(db: Path) -> None:
    source = db.with_name("more.jsonl")
    source.write_text(jsonl(SMALL_PAPERS))
    build_graph([str(source)], db)


def count(sparql: SparqlSuccession) -> object:
    return sparql.ask(COUNT).values()[0]["n"]


def test_a_graph_that_has_grown_is_asked_as_it_is(sparql: SparqlSuccession, db: Path) -> None:
    before = count(sparql)
    grow(db)
    found = count(sparql)
    while found == before:  # on a slow machine
        found = count(sparql)
    assert found == before + len(SMALL_PAPERS)  # type: ignore[operator]


def test_the_old_graph_answers_until_the_new_one_is_ready(
    sparql: SparqlSuccession, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = count(sparql)
    go = threading.Event()
    made = subprocess.Popen

    def slow(*arguments: object, **options: object) -> object:
        go.wait()
        return made(*arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr("kg.rdf.workers.subprocess.Popen", slow)
    monkeypatch.setattr("kg.server.succession._GRACE", 0.01)
    grow(db)
    assert [count(sparql) for _ in range(3)] == [before] * 3
    go.set()
    while count(sparql) == before:
        pass
    assert count(sparql) == before + len(SMALL_PAPERS)  # type: ignore[operator]


def test_who_asks_before_anything_is_ready_is_told_to_come_again(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go = threading.Event()
    made = subprocess.Popen

    def slow(*arguments: object, **options: object) -> object:
        go.wait()
        return made(*arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr("kg.rdf.workers.subprocess.Popen", slow)
    monkeypatch.setattr("kg.server.succession._GRACE", 0.01)
    sparql = SparqlSuccession(Settings(db=db, sparql_patience=0.01))
    try:
        sparql.begin()
        with pytest.raises(ProblemError, match="being made ready") as error:
            sparql.ask(COUNT)
        assert error.value.status == 503
        assert "retry-after" in error.value.headers
        go.set()
    finally:
        go.set()
        sparql.close()


def test_a_graph_that_cannot_be_read_leaves_the_old_one_answering(sparql: SparqlSuccession, db: Path) -> None:
    before = count(sparql)
    broken = db.with_name("broken.db")
    broken.write_text("half of a copy")
    broken.replace(db)
    assert count(sparql) == before


def test_a_process_that_dies_is_followed_by_another(sparql: SparqlSuccession) -> None:
    endless = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a < ?g) }"
    hasty = Settings(db=sparql._settings.db, sparql_seconds=0.3)
    sparql._settings = hasty
    with pytest.raises(KgError, match=r"stopped after 0.3 s"):
        sparql.ask(endless)
    assert count(sparql)


def test_what_is_closed_answers_no_more_and_ends_what_is_being_made_ready(db: Path) -> None:
    sparql = SparqlSuccession(Settings(db=db))
    sparql.begin()
    sparql.close()
    with pytest.raises(ClosedError):
        sparql.ask(COUNT)
