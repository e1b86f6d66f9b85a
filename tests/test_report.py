"""What a build tells of its sources."""

from __future__ import annotations

import pytest

from kg.building import reasons_of
from kg.building.report import Tally
from kg.errors import SourceError
from kg.model import Paper, Reject

WHOLE = Paper("On Wool", "It is warm.", date="2024", sources=("a.csv:2",))


def test_reasons_are_of_one_kind_when_they_differ_in_what_they_quote_and_count() -> None:
    rejects = [Reject("a.txt", line, f"no abstract follows the title 'Paper {line}'") for line in (3, 7, 9)]
    (reason,) = reasons_of([*rejects])
    assert (reason.count, reason.kind) == (3, "no abstract follows the title")
    assert str(reason) == "3 x no abstract follows the title; first: a.txt:3: no abstract follows the title 'Paper 3'"


def test_reasons_about_two_fields_are_of_two_kinds_and_the_most_frequent_comes_first() -> None:
    rows = [("'doi' is no DOI: 'a'", 1), ("'date' is no date: 'b'", 2), ("'date' is no date: \"it's\"", 3)]
    found = reasons_of(Reject("a", line, reason) for reason, line in rows)
    assert [(reason.kind, reason.count) for reason in found] == [("'date' is no date", 2), ("'doi' is no DOI", 1)]


def test_a_reason_that_stands_alone_is_told_as_it_is() -> None:
    assert [str(reason) for reason in reasons_of([Reject("a", 1, "has no title")])] == ["a:1: has no title"]


def test_a_file_with_a_reason_of_its_own_for_each_record_fills_no_memory() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    found = reasons_of(Reject("a", 1, f"not {a}{b}{c}") for a in letters for b in letters for c in letters)
    assert sum(reason.count for reason in found) == 26**3
    assert len(found) <= 501


def test_a_tally_counts_what_passes_and_changes_nothing() -> None:
    bare = Paper("On Milk", "", sources=("a.csv:3",), remarks=("'date' is not understood: 'soon'",))
    rows: list[Paper | Reject] = [WHOLE, bare, Reject("a.csv", 4, "has no title")]
    tally = Tally("a.csv")
    assert list(tally.counted(rows)) == rows
    report = tally.report()
    assert (report.records, report.set_aside, report.without_abstract, report.without_date) == (2, 1, 1, 1)
    assert [str(remark) for remark in report.remarks] == ["a.csv:3: 'date' is not understood: 'soon'"]


def test_a_source_of_which_nothing_can_be_read_is_an_error_with_the_reasons() -> None:
    rows = [Reject("a.csv", 2, "has no title"), Reject("a.csv", 3, "has no title")]
    with pytest.raises(SourceError, match=r"a\.csv: nothing .* all 2 entries .* 2 x has no title; first"):
        list(Tally("a.csv").counted(rows))
