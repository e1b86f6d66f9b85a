from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.linking import RecordKeys, group_records, merge_records
from kg.linking.people import Company, People, company
from kg.linking.rules import OnePaper, TwoPapers
from kg.model import Paper
from kg.sources.authors import authors_of
from kg.text.dates import complete_date


def keys(*papers: Paper) -> list[RecordKeys]:
    return [RecordKeys.of(number, paper) for number, paper in enumerate(papers)]


def paper(title: str, abstract: str = "", **fields: object) -> Paper:
    return Paper(title, abstract, **fields)  # type: ignore[arg-type]


def groups_of(rows: Iterable[RecordKeys]) -> Mapping[int, str]:
    return group_records(rows).papers


def partition(groups: Mapping[int, str]) -> set[frozenset[int]]:
    return {frozenset(r for r in groups if groups[r] == name) for name in groups.values()}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (paper("A Title"), paper("a  title!")),
        (paper(r"$\mathcal{B}$-Coder"), paper("B-Coder")),
        (paper("One", arxiv="2401.00001"), paper("Another", arxiv="2401.00001")),
        (paper("Counting Sheep", doi="10.1/x"), paper("Counting Sheep at Night", doi="10.1/x")),
        (paper("Same", arxiv="2401.00001"), paper("Same")),
    ],
)
def test_records_are_one_paper_when_they_share_an_identifier_or_the_folded_title(one: Paper, other: Paper) -> None:
    assert len(set(groups_of(keys(one, other)).values())) == 1


def test_records_stay_apart_when_they_share_nothing() -> None:
    assert len(set(groups_of(keys(paper("A"), paper("B"), paper("C", arxiv="2401.00001"))).values())) == 3


def test_records_are_one_paper_when_a_third_connects_them() -> None:
    groups = groups_of(keys(paper("A", arxiv="2401.00001"), paper("B", doi="10.1/x"), paper("B", arxiv="2401.00001")))
    assert set(groups.values()) == {"arxiv/2401.00001"}


def test_a_paper_is_named_by_its_best_identifier() -> None:
    assert groups_of(keys(paper("A", doi="10.1/x", arxiv="2401.00001"))) == {0: "arxiv/2401.00001"}
    assert groups_of(keys(paper("A", doi="10.1/x"))) == {0: "doi/10.1/x"}
    assert groups_of(keys(paper("A")))[0].startswith("title/")


def test_different_papers_of_one_title_stay_apart() -> None:
    groups = groups_of(keys(paper("Attention", arxiv="2401.00001"), paper("Attention", arxiv="2501.00002")))
    assert groups == {0: "arxiv/2401.00001", 1: "arxiv/2501.00002"}


def test_a_record_that_could_be_either_of_two_papers_is_neither() -> None:
    one, two = paper("T", arxiv="2401.00001"), paper("T", arxiv="2501.00002")
    groups = groups_of(keys(one, two, paper("T"), paper("t")))
    assert partition(groups) == {frozenset({0}), frozenset({1}), frozenset({2, 3})}
    assert groups[2].startswith("title/")


def test_a_record_with_the_titles_of_two_papers_unites_neither_with_the_other() -> None:
    one, other = "Counting Sheep", "Counting Sheep at Night"
    bridge = (paper(one, doi="10.1/x"), paper(other, doi="10.1/x"))
    groups = groups_of(keys(paper(one, arxiv="2401.00001"), *bridge, paper(other, arxiv="2501.00002")))
    assert groups == {0: "arxiv/2401.00001", 1: "doi/10.1/x", 2: "doi/10.1/x", 3: "arxiv/2501.00002"}


def test_preprint_and_publication_meet_by_their_title_though_their_dois_differ() -> None:
    preprint = paper("T", arxiv="2401.00001", doi="10.48550/arxiv.2401.00001")
    groups = groups_of(keys(preprint, paper("T", doi="10.1/journal"), paper("T", doi="10.2/repository")))
    assert set(groups.values()) == {"arxiv/2401.00001"}


def test_a_title_with_more_dois_than_a_paper_has_unites_none() -> None:
    groups = groups_of(keys(*(paper("Introduction", doi=f"10.1/{number}") for number in range(4))))
    assert len(set(groups.values())) == 4


def test_the_doi_of_the_proceedings_does_not_make_them_one_paper() -> None:
    entries = [paper(f"Title {number}", doi="10.1/proceedings") for number in range(9)]
    groups = groups_of(keys(*entries, paper("Title 1", arxiv="2401.00001")))
    assert len(set(groups.values())) == 9
    assert groups[1] == "arxiv/2401.00001"
    assert groups[0].startswith("title/")


def test_papers_with_an_arxiv_id_each_are_not_one_by_a_doi() -> None:
    one, two = paper("A", arxiv="2401.00001", doi="10.1/x"), paper("B", arxiv="2401.00002", doi="10.1/x")
    assert partition(groups_of(keys(one, two, paper("C", doi="10.1/x")))) == {
        frozenset({0}), frozenset({1}), frozenset({2}),
    }  # fmt: skip


def written(title: str, by: str = "", year: int | None = None, **fields: Any) -> Paper:
    return paper(title, authors=authors_of(by).named, date=year and str(year), **fields)


def doubts(*papers: Paper) -> list[str]:
    return [doubt.reason for doubt in group_records(keys(*papers)).doubts]


APPLE, BERRY = "Ada Apple; Bo Birch", "Bea Berry; Cy Cress"
ONE = written("Slow Sums in Public", APPLE, 2022, doi="10.1/a")


@pytest.mark.parametrize(
    ("other", "doubt"),
    [
        (written("Slow sums in public", BERRY, 2022, doi="10.2/b"), None),
        (written("Slow sums in public", BERRY, 2022), None),
        (written("Slow sums in public", BERRY, 2022, arxiv="2201.00001"), None),
        (written("Slow sums in public", "", 2025, doi="10.2/b"), "years far apart"),
        (written("Slow sums in public", APPLE, 2026, doi="10.2/b"), "years far apart"),
        (written("Words of Another Kind", APPLE, 2022, doi="10.1/a"), "little in common"),
        (written("Words of Another Kind", "", 2022, doi="10.1/a"), "little in common"),
        (written("Words of Another Kind", BERRY, 2022, doi="10.1/a"), None),
    ],
)
def test_two_papers_are_told_by_who_wrote_them_and_when(other: Paper, doubt: str | None) -> None:
    assert len(set(groups_of(keys(ONE, other)).values())) == 2
    found = doubts(ONE, other)
    assert [doubt in reason for reason in found] == [True] if doubt else found == []


@pytest.mark.parametrize(
    "other",
    [
        written("Slow sums in public", "A. Apple", 2025, doi="10.2/b"),
        written("Slow sums in public", "", 2024, doi="10.2/b"),
        written("Slow sums in public", "", 2019),
        written("Slow sums in public", APPLE, 2010, arxiv="1001.00001"),
        written("Slow Sums, Done in the Open", APPLE, 2022, doi="10.1/a"),
        written("Slow sums in public: a study", "", 2022, doi="10.1/a"),
        written("RETRACTED: Slow Sums in Public", "", 2022),
    ],
)
def test_one_paper_is_told_by_who_wrote_it_and_when(other: Paper) -> None:
    assert len(set(groups_of(keys(ONE, other)).values())) == 1
    assert doubts(ONE, other) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A Model of 1.5B Weights", "A Model of 15B Weights"),
        ("Translating C to Rust", "Translating C# to Rust"),
        ("Sums of 2 4-Bit Numbers", "Sums of 24-Bit Numbers"),
        ("On .NET Programs", "On Net Programs"),
    ],
)
def test_titles_that_differ_in_a_telling_sign_are_two(one: str, other: str) -> None:
    for fields in ({}, {"doi": ("10.1/a", "10.2/b")}):
        first, second = ({key: value[place] for key, value in fields.items()} for place in (0, 1))
        groups = groups_of(keys(paper(one, **first), paper(other, **second), paper(one.upper())))
        assert partition(groups) == {frozenset({0, 2}), frozenset({1})}


def test_papers_of_one_title_have_ids_that_tell_them_apart_whatever_comes_beside() -> None:
    apple, berry = written("Slow Sums", APPLE, 2020), written("Slow Sums", BERRY, 2021)
    alone = groups_of(keys(apple))[0]
    groups = groups_of(keys(apple, berry, paper("Slow Sums")))
    assert [groups[0], groups[1]] == [f"{alone}-apple-2020", f"{alone}-berry-2021"]
    assert groups[2].startswith(f"{alone}-")  # not the id that each of the others has alone
    more = groups_of(keys(written("Slow Sums", "Dee Dill", 2019), berry, apple))
    assert {groups[0], groups[1]} < set(more.values())


def test_a_generic_title_needs_more_than_itself() -> None:
    one, other = paper("Editorial", doi="10.1/a"), paper("Editorial", doi="10.1/b")
    assert len(set(groups_of(keys(one, other)).values())) == 2
    assert doubts(one, other) == ["a title that many papers have"]
    assert (
        len(set(groups_of(keys(written("Editorial", APPLE, doi="10.1/a"), written("Editorial", APPLE))).values())) == 1
    )


def test_publications_of_the_same_people_do_not_keep_a_record_without_authors_away() -> None:
    others = (
        written("Slow sums in public", APPLE, 2023, doi="10.2/b"),
        written("Slow sums in public", "", 2023, doi="10.3/c"),
    )
    assert len(set(groups_of(keys(ONE, *others)).values())) == 1


def test_authors_who_differ_are_not_united_over_a_record_without_any() -> None:
    apple, berry = written("Sums", APPLE, doi="10.1/a"), written("Sums at Night", BERRY, doi="10.2/b")
    bridge = (paper("Sums", doi="10.3/c"), paper("Sums at Night", doi="10.3/c"))
    groups = groups_of(keys(apple, *bridge, berry))
    assert groups[0] != groups[3]


def test_a_volume_is_none_of_its_papers_beyond_doubt() -> None:
    volume = paper("Proceedings of the 5th Workshop on Sums", doi="10.1/p")
    others = (written("Slow Sheep", APPLE, doi="10.1/p"), written("Goats Adding Up", BERRY, doi="10.1/p"))
    assert len(set(groups_of(keys(volume, *others)).values())) == 3
    assert doubts(volume, *others) == []


def test_what_people_say_of_papers_holds() -> None:
    berry = written("Slow sums in public", BERRY, 2022, doi="10.2/b")
    one = group_records(keys(ONE, berry), [OnePaper("doi/10.2/b", "doi/10.1/a")])
    assert set(one.papers.values()) == {"doi/10.1/a"}
    same = written("Slow sums in public", APPLE, 2022, doi="10.2/b")
    two = group_records(keys(ONE, same), [TwoPapers("doi/10.1/a", "doi/10.2/b")])
    assert set(two.papers.values()) == {"doi/10.1/a", "doi/10.2/b"}
    by_doi = [paper("Slow Sums", doi="10.1/a"), paper("Slow Sums at Night", doi="10.1/a")]
    title = [each.ids[-1] for each in keys(*by_doi)]
    parted = group_records(keys(*by_doi), [TwoPapers(title[0], title[1])])
    assert [parted.papers[0], parted.papers[1]] == title
    missed = OnePaper("doi/10.9/z", "doi/10.1/a")
    assert group_records(keys(ONE), [missed]).idle == (missed,)


def test_a_rule_holds_when_a_paper_gets_a_better_id() -> None:
    rule = OnePaper(groups_of(keys(paper("Old Name")))[0], "arxiv/2401.00001")
    published = paper("Old Name", doi="10.1/x")
    groups = group_records(keys(published, paper("New Name", arxiv="2401.00001")), [rule]).papers
    assert set(groups.values()) == {"arxiv/2401.00001"}


def test_work_grows_with_the_records_and_not_with_their_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0

    def counting(one: People | None, other: People | None) -> Company:
        nonlocal asked
        asked += 1
        return company(one, other)

    monkeypatch.setattr("kg.linking.titles.company", counting)
    counts = []
    for size in (200, 400):
        asked = 0
        names = [f"Person{chr(97 + n % 26)} Name{chr(97 + n // 26)}" for n in range(size)]
        rows = keys(*(written("Introduction", name, 2000 + n % 20, doi=f"10.1/{n}") for n, name in enumerate(names)))
        assert len(set(groups_of(rows).values())) == size
        counts.append(asked)
    assert counts[1] <= 3 * counts[0] + 100


PEOPLE = st.sampled_from(["", APPLE, "A. Apple", BERRY, "Zorp Team"])
WORDS = st.sampled_from(["Slow Sums of 1.5B", "Slow sums of 15B", "Slow Sums of 15B", "Editorial", "Fast Sums"])
STATED = st.builds(
    written,
    WORDS,
    PEOPLE,
    st.none() | st.integers(2015, 2024),
    arxiv=st.none() | st.sampled_from(["2401.00001", "2401.00002"]),
    doi=st.none() | st.sampled_from([f"10.1/{letter}" for letter in "abcde"]),
)


@given(st.lists(STATED, max_size=9).flatmap(lambda p: st.tuples(st.just(p), st.permutations(range(len(p))))))
def test_grouping_by_all_that_records_say_does_not_depend_on_their_order(case: tuple[list[Paper], list[int]]) -> None:
    papers, order = case
    rows = keys(*papers)
    found = group_records(rows)
    assert group_records([rows[number] for number in order]) == found
    assert len({name for name in found.papers.values() if name.startswith("arxiv/")}) == len(
        {each.arxiv for each in papers if each.arxiv}
    )
    assert all(doubt.paper < doubt.other for doubt in found.doubts)


def test_titles_of_which_folding_leaves_nothing_are_told_apart() -> None:
    groups = groups_of(keys(paper("???"), paper("!!!"), paper("???")))
    assert partition(groups) == {frozenset({0, 2}), frozenset({1})}


_Key = tuple[str | None, str | None, str]
ARXIV = ("2401.00001", "2401.00002", "2401.00003")


def some_keys(arxiv: tuple[str, ...], dois: str, titles: str) -> st.SearchStrategy[list[_Key]]:
    one: st.SearchStrategy[_Key] = st.tuples(
        st.none() | st.sampled_from(arxiv),
        st.none() | st.sampled_from([f"10.1/{doi}" for doi in dois]),
        st.sampled_from(titles),
    )
    return st.lists(one, max_size=14)


KEYS = some_keys(ARXIV, "abcde", "qrstuvw")


@given(KEYS.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(range(len(rows))))))
def test_grouping_does_not_depend_on_the_order_of_records(case: tuple[list[_Key], list[int]]) -> None:
    rows, order = case
    records = [RecordKeys(number, *row) for number, row in enumerate(rows)]
    assert groups_of(records[i] for i in order) == groups_of(records)


@given(KEYS)
def test_records_are_one_paper_with_their_arxiv_id_and_with_no_other(rows: list[_Key]) -> None:
    groups = groups_of(RecordKeys(number, *row) for number, row in enumerate(rows))
    stated = {(groups[number], arxiv) for number, (arxiv, _, _) in enumerate(rows) if arxiv}
    assert stated == {(f"arxiv/{arxiv}", arxiv) for _, arxiv in stated}


@given(KEYS)
def test_a_paper_is_named_by_a_key_of_one_of_its_records(rows: list[_Key]) -> None:
    groups = groups_of(RecordKeys(number, *row) for number, row in enumerate(rows))
    for name in set(groups.values()):
        records = [rows[number] for number in groups if groups[number] == name]
        ids = {key for arxiv, doi, title in records for key in (f"arxiv/{arxiv}", f"doi/{doi}", f"title/{title}")}
        others = {rows[number][2] for number in groups if groups[number] != name}
        assert name in ids or any(name.startswith(f"title/{title}-") for _, _, title in records if title in others)
        assert not (name.startswith("title/") and name.removeprefix("title/") in others)


@given(some_keys(ARXIV[:1], "abc", "tuv"))
def test_records_that_share_any_key_are_one_paper_when_nothing_speaks_against_it(rows: list[_Key]) -> None:
    groups = groups_of(RecordKeys(number, *row) for number, row in enumerate(rows))
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
        "T", "Longest of all.", "x", arxiv="2401.00001", doi="10.1/x", date="2024-02-01", organisation="Lab",
        author_count=4, upvotes=9, sources=("a.txt:9", "a.txt:10", "b.txt:2"),
    )  # fmt: skip


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
    distinct = [replace(r, sources=(f"f:{n}",)) for n, r in enumerate(records)]
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
