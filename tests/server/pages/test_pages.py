"""What each page shows, and that what is sorted, filtered and leafed through stands in its address."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.server.pages.conftest import served
from tests.server.pages.reading import Seen

PAGES = (
    "/", "/search", "/search?q=reward", "/entities", "/entities?type=method&sort=name&begins=g&min_papers=2",
    "/entity/benchmark/gsm8k", "/entity/method/ppo?relation=uses&sort=title", "/entity/method/ppo?exact=1",
    "/papers", "/papers?benchmark=GSM8K&relation=evaluates_on&since=2024&sort=surest", "/papers?dataset=zzz&text=",
    "/results/benchmark/gsm8k", "/results/benchmark/gsm8k?sort=-date&own=1&system=a", "/compare",
    "/compare?a=PPO&b=GRPO", "/review", "/review?what=uncertain+link", "/stats", "/query", "/login", "/corrections",
)  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_whole(client: TestClient, address: str) -> None:
    if "zzz" in address:
        assert client.get(address).status_code == 404
        return
    answer = client.get(address)
    assert answer.status_code == 200
    seen = Seen(answer.text)
    assert (seen.unclosed, seen.misplaced) == ([], [])
    assert len(seen.ids()) == len(set(seen.ids()))
    assert [tag for tag, _ in seen.elements].count("h1") == 1
    assert not any("style" in attrs or any(name.startswith("on") for name in attrs) for _, attrs in seen.elements)


def test_links_within_the_site_lead_somewhere(client: TestClient) -> None:
    known: set[str] = set()
    for address in PAGES[:6]:
        known |= {each.split("#")[0] for each in Seen(client.get(address).text).values("a", "href")}
    within = sorted(each for each in known if each.startswith("/") and not each.startswith("/map"))
    assert len(within) > 60
    assert [each for each in within[:150] if client.get(each).status_code != 200] == []


def test_an_address_of_nothing_is_told_on_a_page(client: TestClient) -> None:
    answer = client.get("/nope/at/all")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert "nope/at/all" in answer.text


def test_any_name_of_a_thing_leads_to_its_address(client: TestClient) -> None:
    answer = client.get("/entity/GRPO?relation=uses")
    assert str(answer.url).endswith("/entity/method/grpo?relation=uses")
    assert client.get("/search?q=grpo&go=1").url.path == "/entity/method/grpo"


def test_what_is_not_there_is_said_with_what_may_be_meant(client: TestClient) -> None:
    answer = client.get("/entity/GSM8KK")
    assert answer.status_code == 404
    assert "GSM8K" in Seen(answer.text).values("a", "href")[-2] or "GSM8K" in Seen(answer.text).text


@pytest.mark.parametrize(
    "address",
    ["/papers?since=soon", "/entities?type=cheese", "/papers?page=0", "/papers?page=99999999999", "/entities?sort=up",
     "/papers?size=5000", "/papers?format=pdf", "/papers?until=2020&since=2024", "/query?shipped=none"],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_with_a_reason(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert "cannot be asked" in answer.text


def test_a_page_of_rows_says_how_many_there_are(client: TestClient) -> None:
    seen = Seen(client.get("/entities?size=10&page=2").text)
    total = len(client.get("/entities?format=json").json())
    assert f"11–20 of {total}" in seen.text
    assert {"/entities?size=10", "/entities?size=10&page=3"} <= set(seen.values("a", "href"))


def test_pages_follow_each_other_without_gap(client: TestClient) -> None:
    whole = client.get("/entities?format=json").json()
    parts = [row for page in (1, 2) for row in client.get(f"/entities?format=json&size=7&page={page}").json()]
    assert parts == whole[:14]


def test_data_stand_at_the_same_address(client: TestClient) -> None:
    rows = client.get("/papers.json?benchmark=GSM8K").json()
    assert {"id", "title", "relation", "entity", "confidence", "evidence"} <= rows[0].keys()
    assert client.get("/papers?benchmark=GSM8K&format=json").json() == rows
    lines = client.get("/papers?benchmark=GSM8K&format=jsonl").text.splitlines()
    assert [json.loads(line) for line in lines] == rows
    table = list(csv.DictReader(io.StringIO(client.get("/papers.csv?benchmark=GSM8K").text)))
    assert [row["id"] for row in table] == [row["id"] for row in rows]
    assert client.get("/entity/benchmark/gsm8k.json").json()["total"] == len(rows)


def test_data_say_their_total_and_where_they_go_on(client: TestClient) -> None:
    answer = client.get("/entities.json?size=5")
    assert int(answer.headers["x-total-count"]) > 5
    assert answer.headers["link"] == '</entities.json?size=5&page=2>; rel="next"'


def test_an_answer_is_not_sent_again_while_the_graph_is_as_it_was(client: TestClient) -> None:
    first = client.get("/entity/benchmark/gsm8k")
    again = client.get("/entity/benchmark/gsm8k", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/entity/method/ppo", headers={"if-none-match": first.headers["etag"]})
    assert other.status_code == 200


def test_the_graph_that_moves_on_is_seen_at_once(small_source: Path, tmp_path: Path) -> None:
    from kg.building import build_graph

    db = tmp_path / "kg.db"
    build_graph([str(small_source)], db)
    with served(db) as client:
        before = client.get("/entities.json")
        more = tmp_path / "more.jsonl"
        more.write_text(json.dumps({"title": "More PPO", "abstract": "We train with PPO and evaluate on GSM8K."}))
        build_graph([str(more)], db)
        after = client.get("/entities.json", headers={"if-none-match": before.headers.get("etag", "")})
    assert after.status_code == 200
    assert {"GSM8K": 3, "PPO": 3}.items() <= {row["name"]: row["papers"] for row in after.json()}.items()


def test_pages_are_read_while_a_build_runs(small_source: Path, tmp_path: Path) -> None:
    from threading import Thread

    from kg.building import build_graph, remove_sources

    db = tmp_path / "kg.db"
    build_graph([str(small_source)], db)
    more = tmp_path / "more.jsonl"
    papers = [{"title": f"Paper {n} on PPO", "abstract": "We train with PPO and test on GSM8K."} for n in range(20)]
    more.write_text("".join(json.dumps(paper) + "\n" for paper in papers))
    over: list[bool] = []

    def build() -> None:
        for _ in range(3):
            build_graph([str(more)], db)
            remove_sources([str(more)], db)
        over.append(True)

    with served(db) as client:
        writing = Thread(target=build)
        writing.start()
        seen = set()
        while not over:
            for address in ("/", "/entity/benchmark/gsm8k", "/papers?method=PPO", "/stats", "/suggest?q=pp"):
                assert client.get(address).status_code == 200
            seen.add(len(client.get("/papers.json").json()))
        writing.join()
    assert seen <= {4, 24}  # a graph of before or after, nothing between


def test_sorting_is_in_the_address_and_told_to_readers_of_screens(client: TestClient) -> None:
    seen = Seen(client.get("/entities?type=benchmark&sort=name").text)
    assert "ascending" in seen.values("th", "aria-sort")
    assert "/entities?type=benchmark&sort=papers" in seen.values("a", "href")
    names = [row["name"] for row in client.get("/entities.json?type=benchmark&sort=name").json()]
    assert names == sorted(names, key=str.lower)


def test_a_leaderboard_is_filtered_by_its_address(client: TestClient) -> None:
    every = client.get("/results/benchmark/gsm8k.json").json()
    system = every["standings"][0]["result"]["of"]
    rows = list(csv.DictReader(io.StringIO(client.get(f"/results/benchmark/gsm8k?system={system}&format=csv").text)))
    assert rows
    assert {row["system"] for row in rows} == {system}
    assert client.get("/results/benchmark/gsm8k?metric=nonesuch").status_code == 404


def test_a_paper_has_its_mentions_marked_and_linked(client: TestClient) -> None:
    paper = client.get("/papers.json?method=GRPO&benchmark=GSM8K").json()[0]["id"]
    answer = client.get(f"/paper/{paper}")
    seen = Seen(answer.text)
    marks = [attrs["href"] for tag, attrs in seen.elements if tag == "a" and "mention" in (attrs.get("class") or "")]
    assert {"/entity/benchmark/gsm8k", "/entity/method/grpo"} <= set(marks)
    abstract = client.get(f"/paper/{paper}?format=json").json()["paper"]["abstract"]
    assert " ".join(abstract.split()[:8]) in seen.text


def test_a_paper_is_found_by_what_people_call_it(authored: TestClient) -> None:
    answer = authored.get("/paper/https://arxiv.org/abs/2401.00001")
    assert answer.url.path == "/paper/arxiv/2401.00001"
    seen = Seen(answer.text)
    assert "Journal of Wool" in seen.text
    assert "https://arxiv.org/abs/2401.00001" in seen.values("a", "href")
    assert authored.get("/paper/arxiv/2401.00002").text.count("RETRACTED") >= 1


def test_an_author_has_papers_companions_and_things(authored: TestClient) -> None:
    seen = Seen(authored.get("/author/Ada%20Apple").text)
    assert {"/paper/arxiv/2401.00001", "/author/Bo%20Berry", "/entity/method/ppo"} <= set(seen.values("a", "href"))
    assert "ORCID 0000-0002-1825-0097" in seen.text
    assert authored.get("/author/0000-0002-1825-0097").status_code == 200
    assert authored.get("/author/Nobody").status_code == 404


def test_papers_that_a_filter_cannot_judge_are_counted(authored: TestClient) -> None:
    assert "no authors are left out" in Seen(authored.get("/papers?author=Apple").text).text


def test_search_finds_things_titles_and_people(authored: TestClient) -> None:
    rows = authored.get("/suggest?q=ap").json()
    assert {"kind": "author", "name": "Ada Apple", "papers": 1, "address": "/author/Ada%20Apple"}.items() <= next(
        row for row in rows if row["kind"] == "author"
    ).items()
    assert any(row["kind"] == "paper" for row in authored.get("/suggest?q=counting").json())
    assert authored.get("/suggest?q=").json() == []


def test_a_query_is_answered_as_a_table_whose_names_are_links(client: TestClient) -> None:
    answer = client.get("/query", params={"query": "SELECT ?b WHERE { ?p kg:evaluatesOn ?b } ORDER BY ?b LIMIT 3"})
    seen = Seen(answer.text)
    assert "3 rows" in seen.text
    assert any(each.startswith("/entity/benchmark/") for each in seen.values("a", "href"))
    refused = client.get("/query?query=SELECT+nothing")
    assert "Not answered" in refused.text
    assert refused.status_code == 400
    assert "Yes" in Seen(client.get("/query?query=ASK+%7B%7D").text).text
    wanted = {"query": "SELECT ?b WHERE { ?p kg:evaluatesOn ?b } LIMIT 2", "format": "csv"}
    assert client.get("/query", params=wanted).text.splitlines()[0] == "b"


def test_the_queries_that_ship_are_offered_and_can_be_asked(client: TestClient) -> None:
    from kg.server.queries import shipped_queries

    assert len(shipped_queries()) > 20
    seen = Seen(client.get("/query").text)
    assert {f"/query?shipped={each.name}" for each in shipped_queries()} <= set(seen.values("a", "href"))
    assert "GSM8K" in client.get("/query?shipped=papers-on-benchmark&run=1").text


def test_the_map_comes_with_its_own_policy_and_a_way_back(client: TestClient) -> None:
    answer = client.get("/map?focus=benchmark/gsm8k")
    policy = answer.headers["content-security-policy"]
    assert "script-src 'sha256-" in policy
    assert "frame-ancestors 'none'" in policy
    assert "/entity/benchmark/gsm8k" in Seen(answer.text).values("a", "href")
    again = client.get("/map?focus=benchmark/gsm8k", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304
    assert "content-security-policy" not in again.headers  # it would take the place of the map's own


@pytest.fixture
def whole(full_text_graph: Path) -> Iterator[TestClient]:
    with served(full_text_graph) as found:
        yield found


def test_papers_with_full_texts_show_their_parts_and_cells(whole: TestClient) -> None:
    papers = whole.get("/papers.json").json()
    for paper in papers:
        answer = whole.get(f"/paper/{paper['id']}")
        assert answer.status_code == 200
        assert "Full text" in answer.text
    boards = whole.get("/entities.json?type=benchmark").json()
    assert all(whole.get(f"/results/{each['id']}").status_code == 200 for each in boards)
