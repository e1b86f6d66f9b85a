from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st

from kg.sources.lines import LONGEST_LINE, Line, read_lines


def lines(data: bytes) -> list[Line]:
    return list(read_lines(io.BytesIO(data)))


def test_lines_are_numbered_from_one() -> None:
    assert lines(b"a\n\nb") == [Line(1, "a"), Line(2, ""), Line(3, "b")]


def test_a_line_of_just_the_longest_length_is_read() -> None:
    assert [len(line.text) for line in lines(b"a" * (LONGEST_LINE - 1) + b"\nb")] == [LONGEST_LINE - 1, 1]


def test_numbers_go_on_behind_a_line_that_is_too_long() -> None:
    found = lines(b"a" * (3 * LONGEST_LINE) + b"\nnext\n")
    assert [(line.number, line.text, bool(line.problem)) for line in found] == [(1, "", True), (2, "next", False)]


def test_damage_stays_within_its_line() -> None:
    assert [bool(line.problem) for line in lines(b"good\nb\xffd\ngood")] == [False, True, False]


def test_a_problem_says_which_byte_and_what_to_do() -> None:
    assert lines(b"ab\xffcd")[0].problem == "byte 3 of the line is not UTF-8; save the file as UTF-8"


def test_control_characters_become_spaces() -> None:
    assert lines(b"a\x00b\x1b[0mc\td")[0].text == "a b [0mc\td"


@given(st.binary(max_size=300))
def test_there_are_as_many_lines_as_line_ends(data: bytes) -> None:
    expected = data.count(b"\n") + (not data.endswith(b"\n") and bool(data))
    assert [line.number for line in lines(data)] == list(range(1, expected + 1))
