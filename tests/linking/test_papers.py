from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.linking import RecordKeys, group_records, merge_records
from kg.linking.papers import complete_date
from kg.model import Paper


def keys(*papers: Paper) -> list[RecordKeys]:
    return [RecordKeys.of(number, paper) for number, paper in enumerate(papers)]


def paper(title: str, abstract: str = "", **fields: object) -> Paper:
    return Paper(title, abstract, **fields)  # type: ignore[arg-type]


def partition(groups: dict[int, str]) -> set[frozenset[int]]:
    return {frozenset(r for r in groups if groups[r] == name) for name in groups.values()}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (paper("A Title"), paper("a  title!")),
        (paper(r"$\mathcal{B}$-Coder"), paper("B-Coder")),
        (paper("One", arxiv="2401.00001"), paper("Another", arxiv="2401.00001")),
        (paper("One", doi="10.1/x"), paper("Another", doi="10.1/x")),
        (paper("Same", arxiv="2401.00001"), paper("Same")),
    ],
)
def test_records_are_one_paper_when_they_share_an_identifier_or_the_folded_title(one: Paper, other: Paper) -> None:
    assert len(set(group_records(keys(one, other)).values())) == 1


def test_records_stay_apart_when_they_share_nothing() -> None:
    assert len(set(group_records(keys(paper("A"), paper("B"), paper("C", arxiv="2401.00001"))).values())) == 3


def test_records_are_one_paper_when_a_third_connects_them() -> None:
    groups = group_records(
        keys(paper("A", arxiv="2401.00001"), paper("B", doi="10.1/x"), paper("B", arxiv="2401.00001"))
    )
    assert set(groups.values()) == {"arxiv/2401.00001"}


def test_a_paper_is_named_by_its_best_identifier() -> None:
    assert group_records(keys(paper("A", doi="10.1/x", arxiv="2401.00001"))) == {0: "arxiv/2401.00001"}
    assert group_records(keys(paper("A", doi="10.1/x"))) == {0: "doi/10.1/x"}
    assert group_records(keys(paper("A")))[0].startswith("title/")


KEY = st.builds(
    lambda arxiv, doi, title: (arxiv, doi, title),
    st.none() | st.sampled_from(["2401.00001", "2401.00002", "2401.00003"]),
    st.none() | st.sampled_from(["10.1/a", "10.1/b", "10.1/c"]),
    st.sampled_from("stuvw"),
)


@given(st.lists(KEY, max_size=12).flatmap(lambda ks: st.tuples(st.just(ks), st.permutations(range(len(ks))))))
def test_grouping_does_not_depend_on_the_order_of_records(
    case: tuple[list[tuple[str | None, str | None, str]], list[int]],
) -> None:
    rows, order = case
    records = [RecordKeys(number, *row) for number, row in enumerate(rows)]
    assert group_records(records[i] for i in order) == group_records(records)


@given(st.lists(KEY, max_size=12))
def test_records_that_share_a_key_are_always_one_paper(rows: list[tuple[str | None, str | None, str]]) -> None:
    groups = group_records(RecordKeys(number, *row) for number, row in enumerate(rows))
    for i, one in enumerate(rows):
        for j, other in enumerate(rows):
            if any(a is not None and a == b for a, b in zip(one, other, strict=True)):
                assert groups[i] == groups[j]


def test_title_and_abstract_come_from_the_record_with_the_longest_abstract() -> None:
    merged = merge_records("x", [paper("Title One", "Short."), paper("TITLE ONE", "Rather longer.")])
    assert (merged.title, merged.abstract) == ("TITLE ONE", "Rather longer.")


def test_the_title_with_less_markup_wins_when_abstracts_are_the_same() -> None:
    assert merge_records("x", [paper(r"$\mathcal{B}$-Coder", "Same."), paper("B-Coder", "Same.")]).title == "B-Coder"


def test_fields_are_filled_from_any_record_that_states_them() -> None:
    merged = merge_records(
        "x",
        [
            paper("T", "Longest of all.", sources=("b.txt:2",)),
            paper(
                "T", "Short.", arxiv="2401.00001", date="2024-03-01", author_count=4, upvotes=2, sources=("a.txt:10",)
            ),
            paper("T", "S.", doi="10.1/x", date="2024-02-01", organisation="Lab", upvotes=9, sources=("a.txt:9",)),
        ],
    )
    assert merged == Paper(
        "T",
        "Longest of all.",
        "x",
        "2401.00001",
        "10.1/x",
        "2024-02-01",
        4,
        "Lab",
        9,
        ("a.txt:9", "a.txt:10", "b.txt:2"),
    )


@pytest.mark.parametrize(
    ("dates", "merged"),
    [
        (["2024", "2024-02-05"], "2024-02-05"),
        (["2024-02", "2024", "2024-02-05", "2024-03-01"], "2024-02-05"),
        (["2024-02-05", "2023"], "2023"),
        (["2024", "2024", None], "2024"),
    ],
)
def test_the_date_is_the_earliest_and_as_exact_as_any_source_has_it(dates: list[str | None], merged: str) -> None:
    assert merge_records("x", [paper("T", date=date) for date in dates]).date == merged


def test_a_date_without_its_year_is_no_date_of_the_merged_paper() -> None:
    assert merge_records("x", [paper("T", date="--06-02")]).date is None


RECORD = st.builds(
    Paper,
    title=st.sampled_from(["T", "t", "$T$"]),
    abstract=st.sampled_from(["", "One.", "Two.", "Longer one."]),
    arxiv=st.none() | st.sampled_from(["2401.00001", "2401.00002"]),
    date=st.none() | st.sampled_from(["2024", "2024-02", "2024-02-05", "2023-01-02", "--06-02"]),
    author_count=st.none() | st.integers(0, 3),
    organisation=st.none() | st.sampled_from(["A", "B"]),
    upvotes=st.none() | st.integers(0, 3),
)


@given(st.lists(RECORD, min_size=1, max_size=6), st.data())
def test_merging_does_not_depend_on_the_order_of_records(records: list[Paper], data: st.DataObject) -> None:
    distinct = [
        Paper(r.title, r.abstract, "", r.arxiv, r.doi, r.date, r.author_count, r.organisation, r.upvotes, (f"f:{n}",))
        for n, r in enumerate(records)
    ]
    assert merge_records("x", data.draw(st.permutations(distinct))) == merge_records("x", distinct)


@pytest.mark.parametrize(
    ("date", "latest", "complete"),
    [
        ("--06-02", 2024, "2025-06-02"),
        ("--06-02", None, None),
        ("--02-29", 2023, "2024-02-29"),
        ("--02-29", 2022, "2023-02"),
        ("--06-02", 9999, None),
        ("2023-10-04", 2024, "2023-10-04"),
        ("2023-10-04", None, "2023-10-04"),
        (None, 2024, None),
    ],
)
def test_a_date_without_its_year_is_of_the_year_after_the_latest_that_the_page_prints(
    date: str | None, latest: int | None, complete: str | None
) -> None:
    assert complete_date(date, latest) == complete
