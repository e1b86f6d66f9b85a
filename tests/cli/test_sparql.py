from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.cli.test_startup import PROGRAM
from tests.conftest import Invoke, Kg, run_python

Ask = Callable[..., Result]

PAPERS = "SELECT ?title WHERE { ?paper kg:evaluatesOn <benchmark/gsm8k>; dcterms:title ?title } ORDER BY ?title"
BY_NAME = "SELECT ?paper WHERE { ?paper kg:evaluatesOn ?e . ?e foaf:name ?name }"


@pytest.fixture
def ask(invoke: Invoke, sample_graph: Path) -> Ask:
    def run(*arguments: str, **options: object) -> Result:
        return invoke("sparql", *arguments, "--db", sample_graph, **options)

    return run


def test_rows_are_a_table_for_people_with_short_iris(ask: Ask) -> None:
    done = ask("SELECT ?e ?p (2 AS ?n) { VALUES ?e { <benchmark/gsm8k> } VALUES ?p { kg:introduces } }")
    assert done.exit_code == 0
    assert done.stdout.split() == ["e", "p", "n", "<benchmark/gsm8k>", "kg:introduces", "2"]


def test_json_csv_tsv_xml_are_those_of_the_w3c(ask: Ask) -> None:
    bindings = json.loads(ask(PAPERS, "--format", "json").stdout)["results"]["bindings"]
    titles = [row["title"]["value"] for row in bindings]
    assert "Mistral 7B" in titles
    assert [row["title"] for row in csv.DictReader(ask(PAPERS, "--format", "csv").stdout.splitlines())] == titles
    assert ask(PAPERS, "--format", "tsv").stdout.startswith("?title\n")
    assert "<sparql " in ask(PAPERS, "--format", "xml").stdout


def test_jsonl_is_a_plain_object_a_row(ask: Ask) -> None:
    done = ask("SELECT ?name (3 AS ?n) { <benchmark/gsm8k> foaf:name ?name }", "--format", "jsonl")
    assert [json.loads(line) for line in done.stdout.splitlines()] == [{"name": "GSM8K", "n": 3}]


def test_a_graph_is_turtle_unless_asked_otherwise(ask: Ask) -> None:
    assert ask("DESCRIBE <method/grpo>").stdout.startswith("@prefix ")
    assert ask("DESCRIBE <method/grpo>", "--format", "ntriples").stdout.startswith("<https://w3id.org/paperkg/id/")
    assert json.loads(ask("DESCRIBE <method/grpo>", "--format", "jsonld").stdout)


def test_yes_and_no_are_exit_codes_too(ask: Ask) -> None:
    yes, no = ask("ASK { <benchmark/gsm8k> a kg:Benchmark }"), ask("ASK { <benchmark/gsm8k> a kg:Metric }")
    assert (yes.stdout, yes.exit_code) == ("yes\n", 0)
    assert (no.stdout, no.exit_code) == ("no\n", 1)


def test_nothing_found_is_exit_code_1(ask: Ask) -> None:
    done = ask("SELECT * { <a:b> ?p ?o }")
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", "kg: nothing found\n")


def test_a_query_is_read_from_a_file_or_standard_input(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text(PAPERS, encoding="utf-8-sig")
    from_file = ask("-f", str(tmp_path / "q.rq"), "--format", "csv")
    from_stdin = ask("-f", "-", "--format", "csv", input=PAPERS)
    assert from_file.exit_code == 0
    assert from_file.stdout == from_stdin.stdout == ask(PAPERS, "--format", "csv").stdout


@pytest.mark.parametrize(
    ("binding", "code"),
    [
        ("name=GSM8K", 0),
        ("?name=GSM8K", 0),
        ("name@en=GSM8K", 1),
        ("name=gsm8k' || true || '", 1),
        ('name=" } UNION { ?paper ?p ?name } #', 1),
        ("e:iri=https://w3id.org/paperkg/id/benchmark/gsm8k", 0),
        ("e:iri=x> } UNION { ?paper ?p ?o } #", 2),
        ("name", 2),
        ("na me=x", 2),
        ("=x", 2),
    ],
)
def test_values_are_bound_by_name_and_stay_values(ask: Ask, binding: str, code: int) -> None:
    assert ask(BY_NAME, "--bind", binding).exit_code == code


def test_types_of_values_stand_beside_the_name(ask: Ask) -> None:
    done = ask(
        "SELECT (DATATYPE(?a) AS ?x) (?b + 1 AS ?y) (LANG(?c) AS ?z) {}",
        *("--bind", "a:date=2024-01-02", "--bind", "b:integer=4", "--bind", "c@en=word", "--format", "jsonl"),
    )
    assert json.loads(done.stdout) == {"x": "http://www.w3.org/2001/XMLSchema#date", "y": 5, "z": "en"}


def test_what_is_cut_is_said(ask: Ask) -> None:
    done = ask(PAPERS, "--max-rows", "2", "--format", "csv")
    assert len(done.stdout.splitlines()) == 3
    assert done.stderr == "kg: only the first 2 rows; --max-rows 0 gives all\n"
    assert ask(PAPERS, "--max-rows", "0", "--format", "csv").stderr == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["SELECT * {"], "not SPARQL: line 1, column"),
        (["DROP ALL"], "DROP is refused"),
        (["SELECT * { SERVICE <http://example.org/> {} }"], "SERVICE is refused"),
        (["DESCRIBE <method/grpo>", "--format", "csv"], "a graph, which csv cannot hold"),
        (["SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a < ?g) } LIMIT 1 OFFSET 99999999999", "--timeout", "0.2"],
         "stopped after 0.2 s"),
        ([], "give one query"),
        (["ASK {}", "-f", "-"], "give one query"),
        (["-f", "missing.rq"], "missing.rq"),
        (["ASK {}", "--base", "nowhere"], "cannot be a base"),
    ],
)  # fmt: skip
def test_errors_are_one_line_and_exit_code_2(ask: Ask, arguments: list[str], message: str) -> None:
    done = ask(*arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert message in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_query_file_that_is_no_text_is_named(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_bytes(b"\xff\xfe\x00")
    assert "is no UTF-8 text" in ask("-f", str(tmp_path / "q.rq")).stderr


def test_hostile_cells_leave_the_terminal_alone(invoke: Invoke, hostile_graph: Path) -> None:
    done = invoke("sparql", "SELECT ?t { ?p dcterms:title ?t }", "--db", hostile_graph)
    assert done.exit_code == 0
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout


def test_it_works_as_a_process(kg_process: Kg, sample_graph: Path) -> None:
    done = kg_process("sparql", PAPERS, "--format", "csv", "--db", str(sample_graph))
    assert done.returncode == 0
    assert "Mistral 7B" in done.stdout


@pytest.mark.parametrize("arguments", [["--help"], ["sparql", "--help"], ["papers"], ["show", "PPO"]], ids=" ".join)
def test_other_commands_do_not_load_the_engine(arguments: list[str], sample_graph: Path) -> None:
    program = PROGRAM.replace("('spacy'", "('pyoxigraph', 'spacy'")
    options = [] if "--help" in arguments else ["--db", str(sample_graph)]
    done = run_python("-c", program, *arguments, *options)
    assert "'pyoxigraph'" in program
    assert done.stderr.splitlines()[-1] == "loaded: []"
