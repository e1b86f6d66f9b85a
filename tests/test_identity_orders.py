"""Ids that last: what an id once meant is found by it for ever, and the graph depends on its papers alone."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.building import build_graph, curate_graph, remove_sources, undo_correction
from kg.errors import GoneError
from kg.exports.jsonl import paper_rows
from kg.linking.rules import Merge, Rename, Retype
from kg.model import EntityType
from kg.questions.names import find_entities
from kg.questions.titles import find_paper
from kg.store import GraphReader
from tests.conftest import Invoke
from tests.samples import jsonl

NETWORK = {
    "title": "ZorpLine: Images at Rest",
    "abstract": "We propose ZorpLine, a network for images. ZorpLine wins on MNIST.",
    "arxiv": "2401.00001",
}
OLDER = {
    "title": "ZorpLine: Steps That Rest",
    "abstract": "We propose ZorpLine, an optimizer for slow planners.",
    "arxiv": "2303.00003",
}
DATA = {
    "title": "ZORPLINE: A Dataset of Pictures",
    "abstract": "We release ZORPLINE, a dataset of pictures of plans.",
    "arxiv": "2402.00002",
}
USER = {
    "title": "Steps at Night",
    "abstract": "We train our planners with ZorpLine and evaluate on GSM8K.",
    "arxiv": "2501.00004",
}
UNNAMED = {"title": "Sums at Noon", "abstract": "We propose SumLine, a method for sums. SumLine is fast."}
NAMED = {**UNNAMED, "arxiv": "2405.00006"}
PAPERS = (NETWORK, OLDER, DATA, USER, UNNAMED, NAMED)


def add(path: Path, name: str, papers: Iterable[Mapping[str, object]]) -> None:
    source = path.parent / f"{name}.jsonl"
    source.write_text(jsonl(papers), encoding="utf-8")
    build_graph([str(source)], path)


def meanings(path: Path) -> dict[str, set[str]]:
    """By entity, the titles of the papers that introduce it, or else of those that name it."""
    with GraphReader(path) as reader:
        rows = reader.rows("SELECT entity_id, title, relation FROM link JOIN paper ON paper.id = paper_id")
    introduced = {entity for entity, _, relation in rows if relation == "introduces"}
    found: dict[str, set[str]] = {}
    for entity, title, relation in rows:
        if relation == "introduces" or entity not in introduced:
            found.setdefault(entity, set()).add(title)
    return found


def content(path: Path) -> tuple[object, ...]:
    """All of the graph but where it was read."""
    with GraphReader(path) as reader:
        rows = [{**row, "sources": None} for row in paper_rows(reader)]
        return rows, list(reader.entities()), list(reader.links())


def found_by(path: Path, given: str) -> str:
    with GraphReader(path) as reader:
        return find_entities(reader, given)[0]


def test_an_id_leads_to_what_it_meant_when_another_thing_gets_the_name(tmp_path: Path) -> None:
    path = tmp_path / "kg.db"
    add(path, "one", [NETWORK])
    assert "method/zorpline" in meanings(path)
    add(path, "older", [OLDER])
    assert "method/zorpline" not in meanings(path)
    assert found_by(path, "method/zorpline") == "method/zorpline-2401.00001"
    with kg.open(path) as graph:
        assert graph.entity("method/zorpline").entity.label == "ZorpLine (Images at Rest)"
        iri = "https://w3id.org/paperkg/id/method/zorpline"
        assert graph.entity(iri).entity.id == "method/zorpline-2401.00001"
        assert [hit.paper.id for hit in graph.papers(method="method/zorpline")] == ["arxiv/2401.00001"]


def test_an_id_of_what_was_only_named_leads_to_what_that_paper_means_now(tmp_path: Path) -> None:
    """Whatever the things turn out to be to which it was sent on before."""
    path = tmp_path / "kg.db"
    add(path, "user", [USER])
    assert "method/zorpline" in meanings(path)
    for name, paper in (("data", DATA), ("network", NETWORK), ("older", OLDER)):
        add(path, name, [paper])
        with GraphReader(path) as reader:
            rows = reader.rows(
                "SELECT DISTINCT entity_id FROM evidence WHERE paper_id = 'arxiv/2501.00004' AND surface = 'ZorpLine'"
            )
        assert rows == [(found_by(path, "method/zorpline"),)]


def test_a_paper_is_found_by_its_title_id_when_its_identifier_becomes_known(tmp_path: Path, invoke: Invoke) -> None:
    path = tmp_path / "kg.db"
    add(path, "one", [UNNAMED])
    with GraphReader(path) as reader:
        (before,) = reader.papers()
    add(path, "two", [NAMED])
    with GraphReader(path) as reader:
        assert find_paper(reader, before.id).id == find_paper(reader, f"paper/{before.id}").id == "arxiv/2405.00006"
    assert "2405.00006" in invoke("show", before.id, "--db", path).stdout


def test_a_source_that_comes_to_know_the_identifier_leaves_the_old_id_behind(tmp_path: Path) -> None:
    path = tmp_path / "kg.db"
    add(path, "one", [UNNAMED])
    with GraphReader(path) as reader:
        (before,) = reader.papers()
    add(path, "one", [NAMED])
    with GraphReader(path) as reader:
        assert find_paper(reader, before.id).id == "arxiv/2405.00006"
        assert list(reader.redirects()) == [(before.id, "arxiv/2405.00006")]


def test_what_is_gone_is_said_to_be_gone(tmp_path: Path, invoke: Invoke) -> None:
    path = tmp_path / "kg.db"
    add(path, "one", [NETWORK])
    add(path, "two", [UNNAMED])
    with GraphReader(path) as reader:
        (paper,) = (each.id for each in reader.papers() if not each.arxiv)
    remove_sources([str(tmp_path / "two.jsonl")], path)
    with GraphReader(path) as reader:
        for ask, given in ((find_entities, "method/sumline"), (find_paper, paper)):
            with pytest.raises(GoneError, match=f"{given} was in this graph"):
                ask(reader, given)
    gone = invoke("show", "method/sumline", "--db", path)
    assert (gone.exit_code, "was in this graph" in gone.stderr) == (1, True)
    add(path, "two", [UNNAMED])
    assert found_by(path, "method/sumline") == "method/sumline"
    with GraphReader(path) as reader:
        assert list(reader.redirects()) == []


STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "add", "add", "remove"]), st.integers(0, len(PAPERS) - 1)), max_size=6
)


@settings(max_examples=12, deadline=None)
@given(STEPS)
def test_however_it_grew_the_graph_is_that_of_its_papers_and_every_id_keeps_its_meaning(
    tmp_path_factory: pytest.TempPathFactory, steps: Sequence[tuple[str, int]]
) -> None:
    folder = tmp_path_factory.mktemp("steps")
    path, there = folder / "kg.db", set[int]()
    given_ids: dict[str, set[str]] = {}
    for action, number in steps:
        if action == "add":
            add(path, f"p{number}", [PAPERS[number]])
            there.add(number)
            given_ids |= {each: given_ids.get(each, set()) | titles for each, titles in meanings(path).items()}
        elif number in there:
            remove_sources([str(folder / f"p{number}.jsonl")], path)
            there.remove(number)
            # What is gone leaves its id to whoever has it alone: the graph is that of its papers.
            titles = {PAPERS[each]["title"] for each in there}
            given_ids = {each: kept for each, found in given_ids.items() if (kept := found & titles)}
        if path.exists():
            _every_id_leads_to_its_meaning(path, given_ids)
    if there:
        add(folder / "at-once.db", "all", [PAPERS[number] for number in sorted(there)])
        assert content(path) == content(folder / "at-once.db")


def _every_id_leads_to_its_meaning(path: Path, given_ids: Mapping[str, set[str]]) -> None:
    with GraphReader(path) as reader:
        named: dict[str, set[str]] = {}
        for entity, title in reader.rows("SELECT entity_id, title FROM link JOIN paper ON paper.id = paper_id"):
            named.setdefault(entity, set()).add(title)
    for each, titles in given_ids.items():
        assert titles & named[found_by(path, each)], each


def test_corrections_hold_for_what_they_meant_when_its_id_moves(tmp_path: Path) -> None:
    path = tmp_path / "kg.db"
    add(path, "one", [NETWORK])
    curate_graph(Rename("method/zorpline", "RestLine"), path)
    curate_graph(Retype("method/restline", EntityType.MODEL), path)
    add(path, "older", [OLDER])
    assert meanings(path)["model/restline"] == {NETWORK["title"]}
    assert meanings(path)["method/zorpline-2303.00003"] == {OLDER["title"]}
    assert found_by(path, "method/zorpline") == "model/restline"
    # From nothing, where no id was ever given before, the rules still say which of both they mean.
    (tmp_path / "anew.curation.toml").write_bytes((tmp_path / "kg.curation.toml").read_bytes())
    add(tmp_path / "anew.db", "all", [OLDER, NETWORK])
    assert content(tmp_path / "anew.db") == content(path)


def test_a_correction_that_is_taken_back_leaves_the_graph_from_before(tmp_path: Path, invoke: Invoke) -> None:
    path = tmp_path / "kg.db"
    add(path, "one", [NETWORK, UNNAMED])
    exports = [tmp_path / f"{number}.nt" for number in range(3)]
    assert invoke("export", "--format", "ntriples", "--db", path, "-o", exports[0]).exit_code == 0
    curate_graph(Merge("method/sumline", "method/zorpline"), path)
    curate_graph(Rename("method/zorpline", "RestLine"), path)
    assert invoke("export", "--format", "ntriples", "--db", path, "-o", exports[1]).exit_code == 0
    assert "/method/sumline> <http://purl.org/dc/terms/isReplacedBy> " in exports[1].read_text()
    undo_correction(2, path)
    undo_correction(1, path)
    assert found_by(path, "method/restline") == "method/zorpline"
    assert invoke("export", "--format", "ntriples", "--db", path, "-o", exports[2]).exit_code == 0
    assert exports[0].read_bytes() == exports[2].read_bytes()


@pytest.mark.shared
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_listings_that_come_in_ten_steps_make_the_graph_of_all(tmp_path: Path, seed: int, seed_graph: Path) -> None:
    with GraphReader(seed_graph) as reader:
        records = [
            {"title": title, "abstract": abstract, "date": date}
            for title, abstract, date in reader.rows("SELECT title, abstract, date FROM paper ORDER BY id")
        ]
    random.Random(seed).shuffle(records)
    given_ids: dict[str, set[str]] = {}
    path = tmp_path / "steps.db"
    for step in range(10):
        add(path, f"step{step}", records[step::10])
        given_ids |= {each: given_ids.get(each, set()) | titles for each, titles in meanings(path).items()}
    _every_id_leads_to_its_meaning(path, given_ids)
    add(tmp_path / "all.db", "all", records)
    assert content(path) == content(tmp_path / "all.db")
