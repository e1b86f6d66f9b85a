from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.building import build_graph
from kg.errors import NotFoundError
from kg.questions import paper, show
from kg.questions.path import PathRequest
from kg.questions.path import ask as ask_path
from kg.store import GraphReader
from tests.conftest import Invoke
from tests.samples import jsonl

PREPRINT, PUBLISHED, OLD, UMLAUT, ACCENT, FIRST, SECOND = (
    "Counting Sheep by Night",
    "Fences for Every Flock",
    "Gates Before the Turn of the Century",
    r"{\"U}bersetzung with {FooNet}",
    r"Bridges of Schr{\"o}dinger and Erd{\H{o}}s",
    "One of the Proceedings",
    "Another of the Proceedings",
)
PAPERS = (
    {"title": PREPRINT, "arxiv": "2402.01234", "doi": "10.1234/Sheep.1", "url": "https://example.org/sheep?id=Ab_1"},
    {"title": PREPRINT, "arxiv": "2402.01234", "doi": "10.5555/3442188.3445"},
    {"title": PUBLISHED, "doi": "10.1162/tacl_a_00123", "url": "http://example.org/fences/"},
    {"title": OLD, "arxiv": "cs/0112017"},
    {"title": UMLAUT},
    {"title": ACCENT},
    {"title": FIRST, "doi": "10.1007/978-3-030", "arxiv": "2402.00001"},
    {"title": SECOND, "doi": "10.1007/978-3-030", "arxiv": "2402.00002"},
)
SAME = {
    PREPRINT: (
        "arxiv/2402.01234", "2402.01234", "2402.01234v2", "arXiv:2402.01234", "arxiv: 2402.01234v3", " 2402.01234 ",
        "https://arxiv.org/abs/2402.01234", "http://www.arxiv.org/abs/2402.01234v1", "arxiv.org/pdf/2402.01234v2.pdf",
        "https://arxiv.org/pdf/2402.01234", "https://export.arxiv.org/abs/2402.01234", "10.48550/arXiv.2402.01234",
        "https://doi.org/10.48550/arXiv.2402.01234", "https://huggingface.co/papers/2402.01234",
        "https://www.alphaxiv.org/abs/2402.01234", "10.1234/sheep.1", "doi:10.1234/SHEEP.1", "10.5555/3442188.3445",
        "https://doi.org/10.1234/Sheep.1", "https://dx.doi.org/10.1234%2Fsheep.1", "https://doi.org/10.1234/sheep.1?a=b",
        "https://dl.example.org/doi/pdf/10.5555/3442188.3445?download=true", "https://example.org/sheep?id=Ab_1",
        "paper/arxiv/2402.01234", "https://w3id.org/paperkg/id/paper/arxiv/2402.01234",
    ),
    PUBLISHED: (
        "doi/10.1162/tacl_a_00123", "10.1162/tacl_a_00123", "https://doi.org/10.1162/TACL_a_00123",
        "https://example.org/tacl/article/doi/10.1162/tacl_a_00123/full", "https://example.org/fences",
        "https://example.org/10.1162/tacl_a_00123.pdf", "http://example.org/fences/",
        "https://w3id.org/paperkg/id/paper/doi/10.1162/tacl_a_00123",
    ),
    OLD: ("cs/0112017", "arXiv:cs/0112017v1", "cs.CL/0112017", "https://arxiv.org/abs/cs.CL/0112017v1"),
    UMLAUT: ("Übersetzung with FooNet", "übersetzung with foonet", "Ubersetzung with FooNet", "Übersetzung with Foo"),
    ACCENT: ("Bridges of Schrödinger and Erdős", "bridges of schrodinger", "Schrödinger and Erdos"),
}  # fmt: skip
OTHERS = (
    "2402.99999",
    "10.1234/wolf",
    "https://example.org/",
    "https://example.org/sheep",
    "https://doi.org/",
    "arXiv:",
)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("identified")
    rows = ({"abstract": f"We evaluate number {n} on GSM8K.", **each} for n, each in enumerate(PAPERS))
    (folder / "papers.jsonl").write_text(jsonl(rows))
    build_graph([str(folder / "papers.jsonl")], folder / "kg.db")
    return folder / "kg.db"


@pytest.mark.parametrize(("title", "name"), [(title, name) for title, names in SAME.items() for name in names])
def test_a_paper_is_found_by_whatever_it_is_known_by(graph: Path, title: str, name: str) -> None:
    with GraphReader(graph) as reader:
        shown = show.ask(reader, show.ShowRequest(name)).paper
        assert shown is not None
        assert shown.paper.title == title
        assert paper.ask(reader, paper.PaperRequest(name)).paper.id == shown.paper.id
        assert ask_path(reader, PathRequest(name, "GSM8K")).start.id == shown.paper.id


@pytest.mark.parametrize("name", OTHERS)
def test_an_identifier_of_no_paper_is_not_found(graph: Path, name: str) -> None:
    with GraphReader(graph) as reader, pytest.raises(NotFoundError):
        show.ask(reader, show.ShowRequest(name))


def test_the_doi_of_several_papers_suggests_them(graph: Path) -> None:
    with GraphReader(graph) as reader, pytest.raises(NotFoundError) as raised:
        show.ask(reader, show.ShowRequest("https://doi.org/10.1007/978-3-030"))
    assert set(raised.value.suggestions) == {FIRST, SECOND}


@given(st.text() | st.from_regex(r"(https?://|arxiv:|10\.1234/|%2F|[\w./?#%-]){1,40}"))
def test_no_name_breaks_the_search(graph: Path, name: str) -> None:
    with GraphReader(graph) as reader, suppress(NotFoundError):
        assert show.ask(reader, show.ShowRequest(name))


def test_every_command_that_takes_a_paper_takes_its_address(graph: Path, invoke: Invoke) -> None:
    address, other = "https://arxiv.org/abs/2402.01234v2", "https://doi.org/10.1162/tacl_a_00123"
    assert json.loads(invoke("show", address, "--format", "json", "--db", graph).stdout)["paper"]["title"] == PREPRINT
    assert PUBLISHED in invoke("path", address, other, "--db", graph).stdout
    assert invoke("compare", address, other, "--db", graph).exit_code == 0
    curated = invoke("curate", "reject", "GSM8K", "--paper", address, "--overlay", "mine.toml", "--db", graph)
    assert curated.exit_code == 0
    assert 'paper = "arxiv/2402.01234"' in Path("mine.toml").read_text()
