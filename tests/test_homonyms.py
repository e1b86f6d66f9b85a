"""Names that several papers coin, from papers to graph, review and corrections."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import permutations
from pathlib import Path

import pytest

from kg.building import build_graph, remove_sources
from kg.exports.jsonl import paper_rows
from kg.questions.review import ReviewRequest, ask
from kg.store import GraphReader
from tests.conftest import Invoke
from tests.samples import jsonl

NETWORK = {
    "title": "ZorpLine: Images at Rest",
    "abstract": "We propose ZorpLine, a network for images. ZorpLine wins on MNIST.",
    "arxiv": "2401.00001",
}
DATA = {
    "title": "ZORPLINE: A Dataset of Pictures",
    "abstract": "We release ZORPLINE, a dataset of pictures of plans.",
    "arxiv": "2402.00002",
}
OPTIMIZER = {
    "title": "Zorp-Line: Steps That Rest",
    "abstract": "We propose Zorp-Line, an optimizer for slow planners.",
    "arxiv": "2403.00003",
}
USER = {
    "title": "Steps at Night",
    "abstract": "We train our planners with ZorpLine and evaluate on GSM8K.",
    "arxiv": "2501.00004",
}


def built(folder: Path, papers: Iterable[Mapping[str, object]], name: str = "kg") -> Path:
    source = folder / f"{name}.jsonl"
    source.write_text(jsonl(papers), encoding="utf-8")
    build_graph([str(source)], folder / f"{name}.db")
    return folder / f"{name}.db"


def links(path: Path) -> dict[str, tuple[str, str]]:
    """By arXiv id, what each paper is linked to under a name of these, and how."""
    with GraphReader(path) as reader:
        return {
            link.paper_id.removeprefix("arxiv/"): (link.entity_id, str(link.relation))
            for link in reader.links()
            if "zorp" in link.entity_id
        }


def test_three_things_of_one_name_are_three_nodes(tmp_path: Path) -> None:
    path = built(tmp_path, [NETWORK, DATA, OPTIMIZER])
    assert links(path) == {
        "2401.00001": ("method/zorpline-2401.00001", "introduces"),
        "2402.00002": ("dataset/zorpline-2402.00002", "introduces"),
        "2403.00003": ("method/zorp-line-2403.00003", "introduces"),
    }
    with GraphReader(path) as reader:
        assert [entity.label for entity in reader.entities() if "zorp" in entity.id] == [
            "ZORPLINE (A Dataset of Pictures)",
            "Zorp-Line (Steps That Rest)",
            "ZorpLine (Images at Rest)",
        ]


def test_a_bare_name_and_one_with_a_long_form_are_two_nodes(tmp_path: Path) -> None:
    papers = [
        {
            "title": "Agents that plan",
            "abstract": "We introduce ZORP, a fast variant of PPO. ZORP is trained on GSM8K.",
            "arxiv": "2502.00001",
        },
        {
            "title": "Averages of plans",
            "abstract": "We propose a framework named Zonal Optimism for Regret Planning (ZORP). ZORP has low regret.",
            "arxiv": "2404.00001",
        },
    ]
    assert links(built(tmp_path, papers)) == {
        "2404.00001": ("method/zorp-zonal-optimism-for-regret-planning", "introduces"),
        "2502.00001": ("method/zorp-2502.00001", "introduces"),
    }


def test_the_same_authors_mean_one_thing(tmp_path: Path) -> None:
    mine = [{**paper, "authors": ["Ada Berry", "Bo Cress"]} for paper in (NETWORK, OPTIMIZER)]
    assert len({node for node, _ in links(built(tmp_path, mine)).values()}) == 1


@pytest.mark.parametrize("order", list(permutations(range(4)))[::5], ids=str)
def test_the_graph_does_not_depend_on_the_order_of_papers(tmp_path: Path, order: Sequence[int]) -> None:
    papers = [NETWORK, DATA, OPTIMIZER, USER]
    with (
        GraphReader(built(tmp_path, papers, "one")) as one,
        GraphReader(built(tmp_path, [papers[place] for place in order], "other")) as other,
    ):
        assert list(one.entities()) == list(other.entities())
        assert list(one.links()) == list(other.links())
        assert [row["entities"] for row in paper_rows(one)] == [row["entities"] for row in paper_rows(other)]


def test_adding_and_removing_a_paper_leaves_the_graph_from_before(tmp_path: Path) -> None:
    path = built(tmp_path, [NETWORK, USER])
    before = links(path)
    assert before["2401.00001"] == ("method/zorpline", "introduces")
    (tmp_path / "more.jsonl").write_text(jsonl([OPTIMIZER]), encoding="utf-8")
    build_graph([str(tmp_path / "more.jsonl")], path)
    assert links(path)["2401.00001"] == ("method/zorpline-2401.00001", "introduces")
    remove_sources([str(tmp_path / "more.jsonl")], path)
    assert links(path) == before


def test_what_an_unsure_user_may_mean_as_well_is_reviewed_and_settled(tmp_path: Path, invoke: Invoke) -> None:
    path = built(tmp_path, [NETWORK, OPTIMIZER, USER])
    with GraphReader(path) as reader:
        (doubt,) = ask(reader, ReviewRequest()).senses
        assert not any(
            link.paper == doubt.paper and link.entity == doubt.entity for link in ask(reader, ReviewRequest()).links
        )
    assert (doubt.paper, doubt.name) == ("arxiv/2501.00004", "ZorpLine")
    assert {doubt.entity, doubt.into} == {"method/zorpline-2401.00001", "method/zorp-line-2403.00003"}
    assert doubt.confidence <= 0.5
    rows = json.loads(invoke("review", "--db", path, "--format", "json").stdout)
    (row,) = [each for each in rows if each["what"] == "maybe another thing"]
    for answer, node in (("if_not", doubt.entity), ("if_so", doubt.into)):
        (tmp_path / "kg.curation.toml").unlink(missing_ok=True)
        build_graph([], path, create=False)
        assert invoke(*row[answer].split()[1:]).exit_code == 0
        assert links(path)["2501.00004"][0] == node
        with GraphReader(path) as reader:
            assert ask(reader, ReviewRequest()).senses == ()


def test_a_person_who_merges_two_things_of_one_name_wins(tmp_path: Path, invoke: Invoke) -> None:
    path = built(tmp_path, [NETWORK, OPTIMIZER, USER])
    one, other = "method/zorp-line-2403.00003", "method/zorpline-2401.00001"
    assert invoke("curate", "merge", one, other, "--db", path).exit_code == 0
    assert {node for node, _ in links(path).values()} == {other}
    with GraphReader(path) as reader:
        assert ask(reader, ReviewRequest()).senses == ()
