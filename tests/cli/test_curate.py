from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.store import GraphReader
from tests.conftest import Invoke
from tests.samples import jsonl

PAPERS = [
    {"title": "FooNet: Folding", "abstract": "We propose FooNet, a method for folding. We evaluate on GSM8K."},
    {"title": "Bending", "abstract": "We propose BendNet, a method for bending. Unlike FooNets, it bends."},
    {"title": "Foonette: Small", "abstract": "We introduce Foonette, a method for folding. We evaluate on GSM8K."},
]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "papers.jsonl"
    path.write_text(jsonl(PAPERS))
    return path


@pytest.fixture
def db(source: Path, tmp_path: Path, invoke: Invoke) -> Path:
    assert invoke("build", source, "--db", "kg.db", "-q").exit_code == 0
    return tmp_path / "kg.db"


def links(db: Path) -> dict[tuple[str, str], tuple[str, float]]:
    with GraphReader(db) as reader:
        titles = {paper.id: paper.title.partition(":")[0] for paper in reader.papers()}
        return {(titles[x.paper_id], x.entity_id): (str(x.relation), x.confidence) for x in reader.links()}


def rebuilt(invoke: Invoke, db: Path, source: Path) -> dict[tuple[str, str], tuple[str, float]]:
    """The links of the graph that is built from scratch, with the corrections beside it alone."""
    db.unlink()
    assert invoke("build", source, "--db", db, "-q").exit_code == 0
    return links(db)


def test_corrections_hold_at_once_and_after_a_rebuild_from_scratch(invoke: Invoke, db: Path, source: Path) -> None:
    assert {("FooNet", "method/foonet"), ("Foonette", "method/foonette")} <= links(db).keys()
    for arguments in (
        ["merge", "Foonette", "FooNet", "--note", "one thing"],
        ["retype", "BendNet", "model"],
        ["reject", "GSM8K", "--paper", "FooNet: Folding"],
        ["accept", "GSM8K", "--paper", "Foonette: Small", "--relation", "trains_on"],
        ["rename", "FooNet", "Foo Network"],
    ):
        result = invoke("curate", *arguments, "--db", db)
        assert result.exit_code == 0, result.stderr
        assert "kg.curation.toml" in result.stderr
    corrected = links(db)
    assert ("Foonette", "method/foo-network") in corrected
    assert ("Bending", "model/bendnet") in corrected
    assert ("FooNet", "benchmark/gsm8k") not in corrected
    assert corrected["Foonette", "benchmark/gsm8k"] == ("trains_on", 1.0)
    assert not {entity for _, entity in corrected} & {"method/foonette", "method/foonet", "method/bendnet"}
    assert rebuilt(invoke, db, source) == corrected


def test_a_rejected_entity_stays_away_after_a_rebuild(invoke: Invoke, db: Path, source: Path) -> None:
    assert invoke("curate", "reject", "GSM8K", "--db", db).exit_code == 0
    assert not [entity for _, entity in rebuilt(invoke, db, source) if entity == "benchmark/gsm8k"]
    with GraphReader(db) as reader:
        assert reader.entity("benchmark/gsm8k") is None


def test_an_accepted_link_stays_however_sure_links_must_be(invoke: Invoke, db: Path, source: Path) -> None:
    assert invoke("curate", "accept", "BendNet", "--paper", "Bending", "--db", db).exit_code == 0
    assert invoke("build", source, "--db", db, "--min-confidence", "1", "-q").exit_code == 0
    assert list(links(db)) == [("Bending", "method/bendnet")]


def test_without_its_file_a_correction_is_gone(invoke: Invoke, db: Path, source: Path) -> None:
    before = links(db)
    invoke("curate", "reject", "GSM8K", "--db", db)
    db.with_name("kg.curation.toml").unlink()
    assert invoke("build", source, "--db", db, "-q").exit_code == 0
    assert links(db) == before


def test_corrections_may_be_kept_in_another_file(invoke: Invoke, db: Path, source: Path, tmp_path: Path) -> None:
    overlay = tmp_path / "shared" / "ours.toml"
    assert invoke("curate", "reject", "GSM8K", "--db", db, "--overlay", overlay).exit_code == 0
    assert invoke("build", source, "--db", tmp_path / "other.db", "--overlay", overlay, "-q").exit_code == 0
    assert links(tmp_path / "other.db") == links(db)


def test_a_spelling_is_split_off(invoke: Invoke, db: Path) -> None:
    invoke("curate", "merge", "Foonette", "FooNet", "--db", db)
    assert invoke("curate", "split", "FooNet", "Foonette", "model/foonette", "--db", db).exit_code == 0
    assert ("Foonette", "model/foonette") in links(db)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["merge", "FooNett", "GSM8K"], 1, "did you mean Foonette, FooNet?"),
        (["merge", "FooNet", "foonet"], 2, "are one entity already, method/foonet"),
        (["split", "FooNet", "Foo", "thing/foo"], 2, "'thing/foo' is no entity's id"),
        (["split", "FooNet", "", "model/foo"], 2, "the name is empty"),
        (["rename", "FooNet", " "], 2, "the new label is empty"),
        (["rename", "FooNet", "Foonette"], 2, "say 'kg curate merge method/foonet method/foonette'"),
        (["accept", "FooNet", "--relation", "uses"], 2, "name that with --paper"),
        (["accept", "GSM8K", "--paper", "Bending"], 2, "has no link to benchmark/gsm8k"),
        (["reject", "GSM8K", "--paper", "Nowhere"], 1, "nothing in the graph is called 'Nowhere'"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    invoke: Invoke, db: Path, arguments: list[str], code: int, message: str
) -> None:
    result = invoke("curate", *arguments, "--db", db)
    assert (result.exit_code, message in result.stderr) == (code, True), result.stderr
    assert not db.with_name("kg.curation.toml").exists()


def test_the_commands_of_a_review_are_of_the_same_graph_and_file(invoke: Invoke, db: Path, tmp_path: Path) -> None:
    overlay = tmp_path / "rules.toml"
    overlay.write_text("")
    rows = json.loads(invoke("review", "--format", "json", "--overlay", overlay, "--db", db).stdout)
    assert all(row["if_so"].endswith(f" --db {db} --overlay {overlay}") for row in rows)


def test_a_build_says_which_corrections_met_nothing(invoke: Invoke, db: Path, source: Path) -> None:
    rules = db.with_name("kg.curation.toml")
    rules.write_text(
        '[[rule]]\naction = "reject"\nentity = "method/gone"\n'
        '[[rule]]\naction = "reject"\nentity = "benchmark/gsm8k"\npaper = "title/gone"\n'
        '[[rule]]\naction = "accept"\nentity = "benchmark/gsm8k"\n'
    )
    result = invoke("build", source, "--db", db)
    assert "2 of 3 corrections name what is not in the graph: method/gone, benchmark/gsm8k" in result.stderr


def test_a_bad_line_stops_a_build_with_file_and_line(invoke: Invoke, db: Path, source: Path) -> None:
    db.with_name("kg.curation.toml").write_text('[[rule]]\naction = "merge"\nentity = "method/foonet"\n')
    result = invoke("build", source, "--db", db)
    assert result.exit_code == 2
    assert "kg.curation.toml:1: merge needs 'into'" in result.stderr


def test_a_bad_line_is_told_before_the_work_begins(invoke: Invoke, source: Path, tmp_path: Path) -> None:
    (tmp_path / "new.curation.toml").write_text("nonsense")
    assert invoke("build", source, "--db", "new.db").exit_code == 2
    assert not (tmp_path / "new.db").exists()


def review(invoke: Invoke, db: Path, *options: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = json.loads(invoke("review", "--db", db, "--format", "json", *options).stdout)
    return rows


def test_review_suggests_what_is_spelt_alike_with_the_commands_that_settle_it(invoke: Invoke, db: Path) -> None:
    merges = [row for row in review(invoke, db) if row["what"] == "maybe one thing"]
    assert [sorted(row["about"].split(" = ")) for row in merges] == [["FooNet", "Foonette"]]
    assert merges[0]["if_so"].startswith("kg curate merge method/foon")


@pytest.mark.parametrize("answer", ["if_so", "if_not"])
def test_each_answer_settles_a_suggestion(invoke: Invoke, db: Path, answer: str) -> None:
    (row,) = [row for row in review(invoke, db) if row["what"] == "maybe one thing"]
    assert invoke(*row[answer].split()[1:], "--db", db).exit_code == 0
    assert [row for row in review(invoke, db) if row["what"] == "maybe one thing"] == []


@pytest.mark.parametrize("answer", ["if_so", "if_not"])
def test_each_answer_settles_an_uncertain_link(invoke: Invoke, db: Path, answer: str) -> None:
    row = next(row for row in review(invoke, db) if row["what"] == "uncertain link")
    assert invoke(*row[answer].split()[1:], "--db", db).exit_code == 0
    assert row not in review(invoke, db)


def test_uncertain_links_come_least_certain_first(invoke: Invoke, db: Path) -> None:
    scores = [row["score"] for row in review(invoke, db) if row["what"] == "uncertain link"]
    assert scores == sorted(scores)


def test_review_of_an_empty_graph_finds_nothing(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text(jsonl([{"title": "Nothing", "abstract": "It says nothing."}]))
    invoke("build", "none.jsonl", "--db", "none.db", "-q")
    result = invoke("review", "--db", "none.db")
    assert (result.exit_code, result.stderr) == (1, "kg: nothing to review\n")


TWINS = [
    {"title": "Slow Sums in Public", "abstract": "We use PPO.", "doi": "10.1000/a", "date": "2015"},
    {"title": "Slow sums in public", "abstract": "We add up with DPO.", "doi": "10.2000/b", "date": "2024"},
]


def papers_of(db: Path) -> list[str]:
    with GraphReader(db) as reader:
        return [paper.id for paper in reader.papers()]


@pytest.fixture
def twins(tmp_path: Path, invoke: Invoke) -> Path:
    (tmp_path / "twins.jsonl").write_text(jsonl(TWINS))
    assert invoke("build", "twins.jsonl", "--db", "kg.db", "-q").exit_code == 0
    return tmp_path / "kg.db"


def asked_of_papers(invoke: Invoke, db: Path) -> list[dict[str, str]]:
    rows = json.loads(invoke("review", "--db", db, "--format", "json").stdout or "[]")
    return [row for row in rows if row["what"] == "maybe one paper"]


def test_papers_that_may_be_one_are_reviewed_and_become_one(invoke: Invoke, twins: Path) -> None:
    assert papers_of(twins) == ["doi/10.1000/a", "doi/10.2000/b"]
    (row,) = asked_of_papers(invoke, twins)
    assert "years far apart" in row["about"]
    assert row["if_so"].startswith("kg curate one-paper doi/10.2000/b doi/10.1000/a")
    assert invoke(*row["if_so"].split()[1:]).exit_code == 0
    assert papers_of(twins) == ["doi/10.1000/a"]
    assert asked_of_papers(invoke, twins) == []
    twins.unlink()
    assert invoke("build", "twins.jsonl", "--db", "kg.db", "-q").exit_code == 0
    assert papers_of(twins) == ["doi/10.1000/a"]


def test_papers_that_a_person_said_to_be_two_are_not_reviewed_again(invoke: Invoke, twins: Path) -> None:
    (row,) = asked_of_papers(invoke, twins)
    assert invoke(*row["if_not"].split()[1:]).exit_code == 0
    assert papers_of(twins) == ["doi/10.1000/a", "doi/10.2000/b"]
    assert asked_of_papers(invoke, twins) == []


def test_one_paper_is_taken_apart_by_what_its_records_have(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "one.jsonl").write_text(jsonl({**row, "date": "2024"} for row in TWINS))
    assert invoke("build", "one.jsonl", "--db", "kg.db", "-q").exit_code == 0
    assert papers_of(tmp_path / "kg.db") == ["doi/10.1000/a"]
    assert invoke("curate", "two-papers", "doi/10.1000/a", "doi/10.2000/b", "--db", "kg.db").exit_code == 0
    assert papers_of(tmp_path / "kg.db") == ["doi/10.1000/a", "doi/10.2000/b"]


def test_a_correction_of_a_paper_that_is_not_there_is_told(invoke: Invoke, twins: Path) -> None:
    said = invoke("curate", "one-paper", "doi/10.9000/z", "doi/10.1000/a", "--db", twins)
    assert "corrections of papers name what is not in the graph: doi/10.9000/z" in said.stderr
    refused = invoke("curate", "one-paper", "doi/10.1000/a", "doi/10.1000/a", "--db", twins)
    assert refused.exit_code != 0
    assert "name two by their ids" in refused.stderr


STATED = {
    "title": "SumLine: Quick Sums",
    "abstract": "We propose SumLine, a method for sums. SumLine reaches 81.5% accuracy on GSM8K. "
    "Its kin is called QuoRest.",
    "arxiv": "2405.00006",
}
LATER = {
    "title": "Sums at Dusk",
    "abstract": "We propose DuskSum, a method for dusk. It wins on GSM8K.",
    "arxiv": "2406.00007",
}
EVERY_KIND = [
    ["merge", "method/bendnet", "method/sumline"],
    ["split", "method/sumline", "SumLine", "model/sumline"],
    ["split", "benchmark/gsm8k", "GSM8K", "dataset/gsm-eight", "--paper", "2405.00006"],
    ["rename", "method/sumline", "Sum Line"],
    ["retype", "method/sumline", "model"],
    ["reject", "method/sumline"],
    ["reject", "benchmark/gsm8k", "--paper", "2405.00006"],
    ["accept", "benchmark/gsm8k", "--paper", "2405.00006", "--relation", "trains_on"],
    ["add", "2405.00006", "QuoRest", "method", "--relation", "compares_with"],
    ["add", "2405.00006", "kin", "model", "--relation", "uses", "--entity", "model/kinnet"],
    ["add-result", "2405.00006", "sums", "--of", "SumLine", "--kind", "other"],
    ["change-result", "2405.00006", "81.5%", "--on", "GSM8K", "--metric", "recall", "--of", "SumLine"],
    ["reject-result", "2405.00006", "81.5%"],
    ["one-paper", "arxiv/2405.00006", "Bending"],
]


def exported(invoke: Invoke, db: Path) -> list[str]:
    found = []
    for kind in ("jsonl", "ntriples"):
        result = invoke("export", "--format", kind, "--db", db)
        assert result.exit_code == 0, result.stderr
        found.append(result.stdout)
    return found


def stated_anew(invoke: Invoke, sources: list[Path], db: Path) -> list[str]:
    db.unlink(missing_ok=True)
    assert invoke("build", *sources, "--db", db, "-q").exit_code == 0
    return exported(invoke, db)


@pytest.mark.parametrize("rule", EVERY_KIND, ids=" ".join)
def test_a_correction_of_each_kind_lasts_and_can_be_taken_back(invoke: Invoke, tmp_path: Path, rule: list[str]) -> None:
    first, later, db = tmp_path / "first.jsonl", tmp_path / "later.jsonl", tmp_path / "kg.db"
    first.write_text(jsonl([*PAPERS, STATED]))
    later.write_text(jsonl([LATER]))
    before = stated_anew(invoke, [first], db)
    result = invoke("curate", *rule, "--db", db, "--by", "Ada Berry", "--date", "2026-01-02")
    assert result.exit_code == 0, result.stderr
    corrected = exported(invoke, db)
    assert corrected[0] != before[0]
    added = invoke("add", later, "--db", db)
    assert (added.exit_code, "name what is not in the graph" in added.stderr) == (0, False)
    with_later = exported(invoke, db)
    assert invoke("remove", later, "--db", db).exit_code == 0
    assert exported(invoke, db)[0] == corrected[0]
    assert stated_anew(invoke, [first, later], db)[0] == with_later[0]
    assert stated_anew(invoke, [first], db)[0] == corrected[0]
    (row,) = json.loads(invoke("curate", "list", "--format", "json", "--db", db).stdout)
    assert (row["action"], row["by"], row["date"]) == (rule[0], "Ada Berry", "2026-01-02")
    assert invoke("curate", "undo", "--db", db).exit_code == 0
    assert exported(invoke, db) == before
    assert invoke("curate", "list", "--db", db).exit_code == 1


def test_what_is_added_to_a_paper_is_proved_by_its_text(invoke: Invoke, tmp_path: Path) -> None:
    source, db = tmp_path / "one.jsonl", tmp_path / "kg.db"
    source.write_text(jsonl([STATED]))
    stated_anew(invoke, [source], db)
    for rule in EVERY_KIND[8:10]:
        assert invoke("curate", *rule, "--db", db).exit_code == 0
    (row,) = (json.loads(line) for line in exported(invoke, db)[0].splitlines())
    found = {each["name"]: each for each in row["entities"]}
    assert (found["QuoRest"]["relation"], found["QuoRest"]["confidence"]) == ("compares_with", 1.0)
    (proof,) = found["QuoRest"]["evidence"]
    assert (proof["sentence"], STATED["abstract"][proof["start"] : proof["end"]]) == (
        "Its kin is called QuoRest.",
        "QuoRest",
    )
    assert found["kin"]["id"].endswith("/model/kinnet")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["add", "2405.00006", "NowhereNet", "method"], "'NowhereNet' does not stand in arxiv/2405.00006"),
        (["add", "2405.00006", "kin", "model", "--entity", "method/kin"], "method/kin is no model"),
        (["add-result", "2405.00006", "99.9%"], "'99.9%' does not stand in arxiv/2405.00006"),
        (["change-result", "2405.00006", "81.5%"], "nothing is changed; give --metric"),
        (["reject-result", "2405.00006", "12%"], "has no result '12%' (number 1); those it has are 81.5%"),
        (["reject", "GSM8K", "--date", "tomorrow"], "'tomorrow' is no date"),
        (["undo", "3"], "has no rule 3; there is none yet"),
    ],
)
def test_what_a_paper_does_not_say_is_refused(
    invoke: Invoke, tmp_path: Path, arguments: list[str], message: str
) -> None:
    source, db = tmp_path / "one.jsonl", tmp_path / "kg.db"
    source.write_text(jsonl([STATED]))
    stated_anew(invoke, [source], db)
    result = invoke("curate", *arguments, "--db", db)
    assert (result.exit_code, message in result.stderr) == (2, True), result.stderr


def test_undoing_leaves_the_rest_of_the_file_as_it_stands(invoke: Invoke, db: Path) -> None:
    rules = db.with_name("kg.curation.toml")
    rules.write_text('# Ours.\n[[rule]]\naction = "reject"\nentity = "benchmark/gsm8k"\n\n# Kept.\n')
    before = rules.read_bytes()
    invoke("curate", "reject", "FooNet", "--db", db)
    assert invoke("curate", "undo", "--db", db).exit_code == 0
    assert rules.read_bytes() == before


def test_who_decides_is_by_default_who_commits(
    invoke: Invoke, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gitconfig").write_text("[user]\n\tname = Bo Cress\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    invoke("curate", "reject", "FooNet", "--db", db)
    assert 'by = "Bo Cress"' in db.with_name("kg.curation.toml").read_text()
    monkeypatch.setenv("PATH", "")
    invoke("curate", "reject", "GSM8K", "--db", db)
    assert db.with_name("kg.curation.toml").read_text().count("by = ") == 1
