"""Records broken: better than all before, told only where it is true."""

from __future__ import annotations

from pathlib import Path

from kg.questions.records import BrokenRecord, broken_records, records_among
from kg.questions.results import Claim, ResultsRequest, ask
from kg.store import GraphReader
from tests.questions.test_leaderboard import claim

OLD = claim("A", 70.0, "arxiv/1", own=True)


def broken(*new: Claim, old: tuple[Claim, ...] = (OLD,)) -> list[BrokenRecord]:
    return list(broken_records([*old, *new], lambda each: each in new))


def test_a_new_result_that_is_better_than_all_before_breaks_the_record() -> None:
    best = claim("B", 80.0, "arxiv/2", own=True, date="2024-02")
    (record,) = broken(best, claim("C", 75.0, "arxiv/2", own=True, date="2024-02"))
    assert (record.score, record.before, record.claim, record.beaten) == (80.0, 70.0, best, OLD)


def test_of_errors_the_smaller_breaks_it() -> None:
    old = claim("A", 7.0, better="lower", own=True)
    assert broken(claim("B", 6.0, "arxiv/2", own=True, better="lower"), old=(old,))
    assert not broken(claim("B", 8.0, "arxiv/2", own=True, better="lower"), old=(old,))


def test_shares_are_compared_with_percents_on_one_scale() -> None:
    assert not broken(claim("B", 0.69, "arxiv/2", own=True))
    (record,) = broken(claim("B", 0.71, "arxiv/2", own=True))
    assert record.score == 71.0


def test_no_record_is_broken_where_nothing_stood_or_nobody_tells_what_is_better() -> None:
    assert not broken(claim("B", 80.0, "arxiv/2", own=True), old=())
    assert not broken(claim("B", 80.0, "arxiv/2", own=True, better=None), old=(claim("A", 70.0, better=None),))


def test_what_a_paper_states_of_others_work_breaks_nothing() -> None:
    assert not broken(claim("B", 80.0, "arxiv/2", own=False))
    assert broken(claim("B", 80.0, "arxiv/2", own=None))


def test_a_system_that_stood_on_the_board_breaks_nothing_anew() -> None:
    cited = claim("B", 60.0, "arxiv/1")
    assert not broken(claim("B", 80.0, "arxiv/2", own=True), old=(OLD, cited))


def test_an_equal_number_and_an_older_paper_break_nothing() -> None:
    assert not broken(claim("B", 70.0, "arxiv/2", own=True))
    assert not broken(claim("B", 80.0, "arxiv/2", own=True, date="2023-12-31"))
    assert broken(claim("B", 80.0, "arxiv/2", own=True, date="2024"))


def test_a_better_number_that_another_paper_stated_of_the_best_stands_in_the_way() -> None:
    assert not broken(claim("B", 71.0, "arxiv/3", own=True), old=(OLD, claim("A", 72.0, "arxiv/2")))


def test_another_split_is_another_board() -> None:
    assert not broken(claim("B", 80.0, "arxiv/2", own=True, split="dev"))


def test_the_records_of_a_graph_are_those_of_the_boards_that_new_results_are_on(full_text_graph: Path) -> None:
    with GraphReader(full_text_graph) as reader:
        results = ask(reader, ResultsRequest())
        fresh = [each for each in results if each.paper_id == "arxiv/2503.00022"]
        (record,) = records_among(reader, fresh)
        assert (record.on, record.score, record.before) == ("GSM8K", 80.1, 78.2)
        assert (record.claim.of, record.beaten.of) == ("Undertow", "Tidewater")
        assert records_among(reader, [each for each in results if each not in fresh]) == ()
