"""Where papers are in JSON: whatever container they come in, they are read, and nothing else is taken for one."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.model import Paper, Reject
from kg.sources import SourceFile, jsontext, read_source
from kg.sources.jsonrecords import read
from kg.sources.jsontext import read_json

A: dict[str, object] = {"title": "Counting Sheep at Night", "abstract": "We count sheep.", "authors": ["Ann Shepherd"]}
B: dict[str, object] = {"title": "Is a Fence Necessary?", "abstract": "It is.", "year": 2023}
TITLES = [A["title"], B["title"]]


def read_text(text: str) -> list[Paper | Reject]:
    return list(read_source(SourceFile("key", "papers", None, text.encode())))


def titles(rows: list[Paper | Reject]) -> list[str]:
    return [row.title if isinstance(row, Paper) else row.reason for row in rows]


def without_title(paper: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in paper.items() if key != "title"}


CONTAINERS = {
    "a list": [A, B],
    "records": {"schema_version": "0.1", "count": 2, "records": [A, B]},
    "a name of one's own": {"venue": "Night School", "year": 2024, "talks": [A, B]},
    "a title of its own": {"title": "Sheep, a reading list", "papers": [A, B]},
    "by day": {"2024-03-05": [A], "2024-03-06": [B]},
    "a list by day": {"generatedAt": "2024-03-07", "history": [{"date": "2024-03-05", "papers": [A]},
                                                               {"date": "2024-03-06", "papers": [B]}]},
    "by topic": {"counting": {"name": "Counting", "papers": [A]}, "fences": {"name": "Fences", "papers": [B]}},
    "by key": {"shepherd2024": A, "lamb2023": B},
    "by title": {str(A["title"]): without_title(A), str(B["title"]): without_title(B)},
    "in a wrapper": [{"paper": A, "rank": 1}, {"paper": B, "rank": 2}],
    "rows of a viewer": {"features": [{"name": "title", "type": "string"}],
                         "rows": [{"row_idx": 0, "row": A}, {"row_idx": 1, "row": B}]},
    "hits of a search": {"took": 3, "hits": {"total": 2, "hits": [{"_id": "1", "_source": A},
                                                                  {"_id": "2", "_source": B}]}},
    "GraphQL": {"data": {"search": {"edges": [{"node": A}, {"node": B}]}}},
    "Solr": {"responseHeader": {"status": 0}, "response": {"numFound": 2, "docs": [A, B]}},
    "pages": [[A], [B]],
    "columns of lists": {"title": [A["title"], B["title"]], "abstract": [A["abstract"], B["abstract"]]},
    "columns of objects": {"title": {"0": A["title"], "1": B["title"]}, "abstract": {"0": A["abstract"], "1": ""}},
    "a split frame": {"columns": ["title", "abstract"], "index": [0, 1],
                      "data": [[A["title"], A["abstract"]], [B["title"], B["abstract"]]]},
    "a table frame": {"schema": {"fields": [{"name": "title", "type": "string"}]}, "data": [A, B]},
    "rows under a header": [["title", "abstract"], [A["title"], A["abstract"]], [B["title"], B["abstract"]]],
    "deep": {"a": {"b": {"c": {"d": {"papers": [A, B]}}}}},
}  # fmt: skip


@pytest.mark.parametrize("value", CONTAINERS.values(), ids=CONTAINERS)
@pytest.mark.parametrize("indent", [None, 1])
def test_papers_are_read_from_any_container(value: object, indent: int | None) -> None:
    assert titles(read_text(json.dumps(value, indent=indent))) == TITLES
    assert titles(read_text("\ufeff" + json.dumps(value, indent=indent).replace("\n", "\r\n"))) == TITLES


@pytest.mark.parametrize("value", CONTAINERS.values(), ids=CONTAINERS)
def test_a_container_may_be_larger_than_what_is_read_as_a_whole(value: object, monkeypatch: pytest.MonkeyPatch) -> None:
    if value in (CONTAINERS["columns of lists"], CONTAINERS["columns of objects"]):
        pytest.skip("columns are read as a whole, or told to be too long")
    for whole in (20, 120, 250):
        monkeypatch.setattr(jsontext, "_WHOLE", whole)
        monkeypatch.setattr(jsontext, "_STEP", 16)
        rows = list(read(read_json(io.BytesIO(json.dumps(value).encode())), "papers"))
        assert [title for title in titles(rows) if "is missing" not in title and "not read" not in title] == TITLES


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(A) + json.dumps(B),
        json.dumps(A) + "\n" + json.dumps(B),
        json.dumps([A]) + "\n" + json.dumps([B]),
        json.dumps(A, indent=2) + "\n" + json.dumps(B, indent=2),
        '["title", "abstract"]\n' + "".join(json.dumps([each["title"], each["abstract"]]) + "\n" for each in (A, B)),
        json.dumps({"papers": [A]}) + "\n" + json.dumps({"papers": [B]}),
    ],
)
def test_documents_may_follow_each_other(text: str) -> None:
    assert titles(read_text(text)) == TITLES


def test_a_first_line_about_the_file_is_set_aside_alone() -> None:
    rows = read_text("".join(json.dumps(each) + "\n" for each in ({"_meta": {"count": 2}}, A, B)))
    assert [type(row) for row in rows] == [Reject, Paper, Paper]


def test_what_an_api_does_not_know_is_set_aside() -> None:
    rows = read_text(json.dumps([None, A, None]))
    assert [type(row) for row in rows] == [Reject, Paper, Reject]


def test_the_name_that_a_paper_goes_by_is_its_id_or_its_title() -> None:
    rows = read_text(json.dumps({"2403.00011": A, "10.1234/fence": B, "On the Colour of Wool": without_title(A)}))
    assert [(row.title, row.arxiv, row.doi) for row in rows if isinstance(row, Paper)] == [
        (A["title"], "2403.00011", None), (B["title"], None, "10.1234/fence"), ("On the Colour of Wool", None, None),
    ]  # fmt: skip


def test_fields_around_a_wrapped_paper_are_its_own_too() -> None:
    (row,) = read_text(json.dumps([{"node": without_title(A) | {"title": "A"}, "date": "2024-03-05", "note": "x"}]))
    assert isinstance(row, Paper)
    assert row.date == "2024-03-05"


def test_lists_beside_the_papers_are_told_and_not_read() -> None:
    rows = read_text(
        json.dumps({"papers": [A], "sponsors": [{"url": "x"}, {"url": "y"}], "tags": ["a"], "meta": {"n": 1}})
    )
    assert titles(rows) == [A["title"], "'sponsors' holds 2 objects without a title; they are not read"]


@pytest.mark.parametrize(
    "row",
    [
        A | {"references": [B], "citations": [B]},
        A | {"related": {"papers": [B]}},
        {"title": "Counting Sheep", "results": [{"title": "Table 1"}], "sections": [{"title": "Introduction"}]},
        {"title": "Counting Sheep", "authors": [{"name": "Ann", "title": "Dr"}], "venue": {"name": "Night School"}},
    ],
    ids=str,
)
def test_what_a_paper_holds_is_no_paper(row: dict[str, object]) -> None:
    assert titles(read_text(json.dumps([row]))) == [row["title"]]
    assert titles(read_text(json.dumps(row))) == [row["title"]]


def test_an_answer_without_papers_holds_none() -> None:
    with pytest.raises(SourceError, match="holds no paper"):
        read_text(json.dumps({"total": 0, "papers": []}))


def test_damage_in_a_container_costs_only_what_it_stands_in() -> None:
    a, b = json.dumps(A), json.dumps(B)
    rows = read_text(f'{{"monday": [{a}, {{"title" "x"}}, {b}], "tuesday": {{"papers": [{b}, nonsense]}}, "n": 1}}')
    assert [type(row) for row in rows] == [Paper, Reject, Paper, Paper, Reject]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.just(A) | st.just(B),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["papers", "title", "data", "columns", "x", "a b", "2403.00011"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(JSON, st.integers(0, 400), st.sampled_from([16, 64, 1 << 18]))
def test_any_json_cut_anywhere_gives_papers_and_rejects(value: object, cut: int, whole: int) -> None:
    text = json.dumps(value).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jsontext, "_WHOLE", whole)
        for data in (text, text[:cut], text[:cut] + text[cut + 1 :]):
            for row in read(read_json(io.BytesIO(data)), "papers"):
                assert isinstance(row, Paper | Reject)


@given(JSON)
def test_what_is_walked_through_gives_the_papers_of_what_is_read_as_a_whole(value: object) -> None:
    data = json.dumps([value, A]).encode()
    found = [row.title for row in read(read_json(io.BytesIO(data)), "papers") if isinstance(row, Paper)]
    assert A["title"] in found


@pytest.mark.parametrize(
    "text",
    [
        '{"a":' * 200_000,
        "[" * 200_000,
        '{"papers":[' * 50_000,
        '[{"a":[' * 50_000,
        '{"a":{},' * 100_000,
        '{"a"' * 100_000,
    ],
    ids=lambda text: text[:10],
)
def test_hostile_nesting_costs_time_in_proportion(text: str) -> None:
    assert all(isinstance(row, Reject) for row in read(read_json(io.BytesIO(text.encode())), "papers"))
