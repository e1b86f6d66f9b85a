from __future__ import annotations

import datetime
import gzip
import json
from pathlib import Path

import pytest

from kg.errors import FetchError
from kg.fetching import Fetched, FullTexts, fetch_arxiv, fetch_full_texts, fetch_huggingface, fetch_openalex
from kg.model import Paper
from kg.sources import SourceFile, find_sources, read_source
from tests.conftest import Invoke
from tests.fetching.conftest import Answer, Api, Request
from tests.sources.formats import ATOM, DAILY_PAPERS

TODAY = datetime.date(2024, 2, 20)
HEAD = ATOM.partition("  <entry>")[0]
ERROR = (
    HEAD + "<entry><id>http://arxiv.org/api/errors#incorrect_id</id><title>Error</title>"
    "<summary>malformed query</summary></entry></feed>"
)


def feed(start: int, count: int, total: int) -> bytes:
    entries = "".join(
        f"<entry><id>http://arxiv.org/abs/2402.{n:05}v1</id><title>Paper {n}</title><summary>A.</summary></entry>"
        for n in range(start, min(start + count, total))
    )
    return (HEAD.replace(">3</opensearch", f">{total}</opensearch") + entries + "</feed>\n").encode()


def arxiv_of(total: int) -> object:
    return lambda request: Answer(feed(int(request.query["start"]), int(request.query["max_results"]), total))


def openalex_of(total: int) -> object:
    def answer(request: Request) -> Answer:
        size = int(request.query["per_page"])
        start = (int(request.query["page"]) - 1) * size
        works = [
            {"id": f"https://openalex.org/W{n}", "title": f"Work {n}"} for n in range(start, min(start + size, total))
        ]
        return Answer(json.dumps({"meta": {"count": total}, "results": works}).encode())

    return answer


def titles(folder: Path) -> list[str]:
    found = []
    for source in find_sources([str(folder)]):
        assert isinstance(source, SourceFile)
        found += [row.title for row in read_source(source) if isinstance(row, Paper)]
    return found


def arxiv(api: Api, out: Path, most: int = 1000, *, refresh: bool = False, query: str = "cat:cs.LG") -> Fetched:
    return fetch_arxiv(api.client(), query, out, most=most, today=TODAY, refresh=refresh)


def test_arxiv_pages_become_files_that_build_reads(api: Api, tmp_path: Path) -> None:
    api.answer = arxiv_of(450)  # type: ignore[assignment]
    fetched = arxiv(api, tmp_path)
    assert (fetched.records, fetched.pages_new, fetched.pages_kept) == (450, 3, 0)
    assert titles(fetched.folder) == [f"Paper {n}" for n in range(450)]
    assert {request.query["search_query"] for request in api.requests} == {"cat:cs.LG"}


def test_what_is_there_is_not_fetched_again(api: Api, tmp_path: Path) -> None:
    api.answer = arxiv_of(450)  # type: ignore[assignment]
    arxiv(api, tmp_path)
    asked = len(api.requests)
    again = arxiv(api, tmp_path)
    assert (again.records, again.pages_new, again.pages_kept) == (450, 0, 3)
    assert len(api.requests) == asked
    assert arxiv(api, tmp_path, refresh=True).pages_new == 3


def test_an_interrupted_run_goes_on_where_it_stopped(api: Api, tmp_path: Path) -> None:
    full = arxiv_of(450)

    def stop_at_the_second(request: Request) -> Answer:
        return full(request) if request.query["start"] == "0" else Answer(status=503)  # type: ignore[operator]

    api.answer = stop_at_the_second
    with pytest.raises(FetchError, match="what has been fetched is kept"):
        arxiv(api, tmp_path)
    api.answer = full  # type: ignore[assignment]
    fetched = arxiv(api, tmp_path)
    assert (fetched.records, fetched.pages_new, fetched.pages_kept) == (450, 2, 1)


def test_no_more_than_asked_for_is_fetched_and_more_can_be_asked_for_later(api: Api, tmp_path: Path) -> None:
    api.answer = arxiv_of(5000)  # type: ignore[assignment]
    assert len(titles(arxiv(api, tmp_path, 250).folder)) == 250
    more = arxiv(api, tmp_path, 450)
    assert titles(more.folder) == [f"Paper {n}" for n in range(450)]
    assert (more.pages_new, more.pages_kept) == (2, 1)


def test_a_list_that_has_become_shorter_leaves_no_old_pages(api: Api, tmp_path: Path) -> None:
    api.answer = arxiv_of(450)  # type: ignore[assignment]
    arxiv(api, tmp_path)
    api.answer = arxiv_of(30)  # type: ignore[assignment]
    assert len(titles(arxiv(api, tmp_path, refresh=True).folder)) == 30


def test_an_empty_page_where_papers_are_due_is_asked_for_again(api: Api, tmp_path: Path) -> None:
    api.answer = arxiv_of(30)  # type: ignore[assignment]
    api.faults = [Answer(feed(30, 0, 30))]
    assert arxiv(api, tmp_path).records == 30


def test_a_feed_that_is_cut_off_is_asked_for_again(api: Api, tmp_path: Path) -> None:
    api.answer = arxiv_of(30)  # type: ignore[assignment]
    api.faults = [Answer(feed(0, 30, 30)[:2000])]
    assert arxiv(api, tmp_path).records == 30


def test_a_query_that_arxiv_refuses_is_told_in_its_words(api: Api, tmp_path: Path) -> None:
    api.answer = lambda request: Answer(ERROR.encode())
    with pytest.raises(FetchError, match=r"arXiv refuses the query: .*malformed query"):
        arxiv(api, tmp_path)
    assert list(tmp_path.rglob("*.xml")) == []


@pytest.mark.parametrize("query", ["../../etc/passwd", "a/b\\c", "\0", "", "x" * 500, "\udcff"])
def test_no_query_leads_out_of_the_folder(api: Api, tmp_path: Path, query: str) -> None:
    api.answer = arxiv_of(3)  # type: ignore[assignment]
    fetched = arxiv(api, tmp_path / "out", query=query)
    assert fetched.folder.resolve().parent.parent == (tmp_path / "out" / "arxiv").resolve()


def test_openalex_pages_become_files_that_build_reads(api: Api, tmp_path: Path) -> None:
    api.answer = openalex_of(230)  # type: ignore[assignment]
    fetched = fetch_openalex(api.client(), "sheep", tmp_path, most=1000, today=TODAY, api_key="secret")
    assert (fetched.records, fetched.pages_new) == (230, 3)
    assert titles(fetched.folder) == [f"Work {n}" for n in range(230)]
    assert api.requests[0].query["api_key"] == "secret"
    assert not any("secret" in path.read_text() for path in fetched.folder.iterdir())


def test_openalex_gives_no_more_than_asked_for(api: Api, tmp_path: Path) -> None:
    api.answer = openalex_of(5000)  # type: ignore[assignment]
    assert fetch_openalex(api.client(), "sheep", tmp_path, most=130, today=TODAY).records == 130


@pytest.mark.parametrize(("period", "value"), [("date", "2024-02-05"), ("week", "2024-W06"), ("month", "2024-01")])
def test_hugging_face_periods_become_files_that_build_reads(api: Api, tmp_path: Path, period: str, value: str) -> None:
    api.answer = lambda request: Answer(json.dumps(DAILY_PAPERS).encode())
    for _ in range(2):
        fetched = fetch_huggingface(api.client(), period, value, tmp_path, today=TODAY)  # type: ignore[arg-type]
        assert fetched.records == 3
        assert len(titles(fetched.folder)) == 3
    assert [request.query[period] for request in api.requests] == [value]


def test_a_period_that_is_not_over_is_fetched_anew(api: Api, tmp_path: Path) -> None:
    api.answer = lambda request: Answer(json.dumps(DAILY_PAPERS).encode())
    for _ in range(2):
        assert fetch_huggingface(api.client(), "month", "2024-02", tmp_path, today=TODAY).pages_new == 1


def test_an_api_that_knows_no_pages_is_not_asked_for_ever(api: Api, tmp_path: Path) -> None:
    many = [{"title": f"Paper {n}", "paper": {"id": f"2402.{n:05}"}} for n in range(100)]
    api.answer = lambda request: Answer(json.dumps(many).encode())
    assert fetch_huggingface(api.client(), "month", "2024-01", tmp_path, today=TODAY).records == 100
    assert len(api.requests) == 2


@pytest.mark.parametrize(
    ("period", "value"),
    [
        ("date", "2024-02-30"),
        ("date", "../x"),
        ("week", "2024-W54"),
        ("week", "2024-06"),
        ("month", "2024-13"),
        ("month", ""),
    ],
)
def test_a_period_that_does_not_exist_is_refused(api: Api, tmp_path: Path, period: str, value: str) -> None:
    with pytest.raises(FetchError, match=f"is no {period}; write it as"):
        fetch_huggingface(api.client(), period, value, tmp_path, today=TODAY)  # type: ignore[arg-type]


@pytest.mark.parametrize("body", [b'[{"title": "A', b'{"error": "x"}', b"<html>", b""])
def test_an_answer_that_is_no_list_is_asked_for_again(api: Api, tmp_path: Path, body: bytes) -> None:
    api.answer = lambda request: Answer(json.dumps(DAILY_PAPERS).encode())
    api.faults = [Answer(body)]
    assert fetch_huggingface(api.client(), "date", "2024-02-05", tmp_path, today=TODAY).records == 3


def test_the_command_prints_the_folder_for_build(api: Api, invoke: Invoke) -> None:
    api.answer = arxiv_of(3)  # type: ignore[assignment]
    options = ("--base-url", api.base, "--pause", "0")
    result = invoke("fetch", "arxiv", "ti:sheep", "--max", "100", *options)
    assert result.exit_code == 0
    assert result.stderr.startswith("3 records; 1 pages fetched, 0 were there; build the graph with: kg build")
    assert invoke("build", result.stdout.strip(), "--db", "kg.db").exit_code == 0


def test_the_command_finds_nothing_with_exit_code_1(api: Api, invoke: Invoke) -> None:
    api.answer = openalex_of(0)  # type: ignore[assignment]
    result = invoke("fetch", "openalex", "sheep", "--base-url", api.base, "--pause", "0")
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", "kg: nothing found\n")


@pytest.mark.parametrize("arguments", [[], ["--date", "2024-02-05", "--week", "2024-W06"], ["--date", "soon"]])
def test_the_command_wants_one_period(invoke: Invoke, arguments: list[str]) -> None:
    result = invoke("fetch", "huggingface", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")


SHEEP = rb"\documentclass{article}\title{Paper 0}\begin{document}\section{Experiments}Sheep graze.\end{document}"


def sources_of(total: int) -> object:
    """arXiv with a list of papers, the sources of two of them, and a PDF."""
    contents = {"2402.00000": gzip.compress(SHEEP), "2402.00001": SHEEP, "2402.00002": b"%PDF-1.7 sheep"}

    def answer(request: Request) -> Answer:
        if request.path.startswith("/e-print/"):
            content = contents.get(request.path.removeprefix("/e-print/"))
            return Answer(b"no such paper", 404) if content is None else Answer(content)
        return Answer(feed(int(request.query["start"]), int(request.query["max_results"]), total))

    return answer


def test_sources_of_papers_are_fetched_once_and_what_is_not_there_is_remembered(api: Api, tmp_path: Path) -> None:
    api.answer = sources_of(4)  # type: ignore[assignment]
    folder = arxiv(api, tmp_path).folder
    assert fetch_full_texts(api.client(), folder) == FullTexts(new=3, kept=0, absent=1)
    assert sorted(path.name for path in (folder / "full-text").iterdir()) == [
        "2402.00000.gz",
        "2402.00001.tex",
        "2402.00002.pdf",
        "2402.00003.none",
    ]
    asked = len(api.requests)
    assert fetch_full_texts(api.client(), folder) == FullTexts(new=0, kept=3, absent=1)
    assert len(api.requests) == asked


def test_the_command_fetches_full_texts_that_build_reads(api: Api, invoke: Invoke) -> None:
    api.answer = sources_of(2)  # type: ignore[assignment]
    options = ("--base-url", api.base, "--pause", "0", "--full-text")
    result = invoke("fetch", "arxiv", "ti:sheep", *options)
    assert "2 full texts fetched, 0 were there\n" in result.stderr
    built = invoke("build", result.stdout.strip(), "--db", "kg.db")
    assert built.exit_code == 0
    assert "2 papers" in built.stdout + built.stderr
