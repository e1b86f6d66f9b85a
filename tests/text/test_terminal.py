from __future__ import annotations

import io
import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.terminal import LOOKALIKES, fit_stream, harmless, one_line, spell, spelled_out

OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
HOSTILE = st.text(st.sampled_from("\x1b\x9b\x9d\x90\x07\x08\r\n\t[]\\;?0123m HJKPX^_\u202e\u2068\x9ca\xe9\ud800"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x9b31mred\x9bm", "red"),
        ("\x1b]8;;https://example.org/\x1b\\a link\x1b]8;;\x1b\\", "a link"),
        ("\x1b]52;c;cm0gLXJm\x07clipboard", "clipboard"),
        ("\x9d0;title\x9cwindow", "window"),
        ("\x1bP+q544e\x1b\\device", "device"),
        ("\x1bcreset \x1b(0charset", "reset charset"),
        ("ding\x07 dong\x08", "ding dong"),
        ("10 papers\r0", "10 papers 0"),
        ("line\r\nline", "line\nline"),
        ("safe\u202egpj.exe\u202c \u2066isolated\u2069", "safegpj.exe isolated"),
        ("an open \x1b]8;;https://example.org", "an open 8;;https://example.org"),
        ("an open \x1b[12", "an open 12"),
        ("plain\ttext\n", "plain\ttext\n"),
        ("\u05e9\u05dc\u05d5\u05dd \u200f\u0645\u0631", "\u05e9\u05dc\u05d5\u05dd \u200f\u0645\u0631"),
    ],
)  # fmt: skip
def test_what_a_terminal_would_obey_goes_and_what_it_shows_stays(text: str, shown: str) -> None:
    assert harmless(text) == shown


@given(HOSTILE | st.text())
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    assert not OBEYED.search(harmless(text))
    assert harmless(harmless(text)) == harmless(text)


@given(HOSTILE | st.text())
def test_one_line_is_one_line(text: str) -> None:
    assert one_line(text).splitlines() in ([], [one_line(text)])


@pytest.mark.parametrize("piece", ["\x1b[", "\x9b0;", "\x1b]", "\x9d", "\x90a", "\x1b(", "\r", "\x1b\\\x1b"])
def test_the_time_is_linear_in_repeated_beginnings(piece: str) -> None:
    assert len(harmless(piece * 200_000)) <= len(piece) * 200_000  # ends


@given(st.recursive(st.text() | HOSTILE, st.lists))
def test_json_says_the_same_with_its_orders_spelled_out(value: object) -> None:
    written = spelled_out(json.dumps(value, ensure_ascii=False))
    assert json.loads(written) == value
    assert not OBEYED.search(written)


@given(st.text(), st.sampled_from(["ascii", "cp1252", "latin-1", "cp437", "koi8-r", "shift_jis", "utf-8"]))
def test_every_text_can_be_spelt_in_every_encoding(text: str, encoding: str) -> None:
    assert spell(text, encoding).encode(encoding) == text.encode(encoding, LOOKALIKES)


@given(st.text(st.characters(codec="cp1252")))
def test_what_an_encoding_has_is_spelt_as_it_is(text: str) -> None:
    assert spell(text, "cp1252") == text


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("Gödel, Erdős, Čech", "Godel, Erdos, Cech"),
        ("“so” – it’s … done", '"so" - it\'s ... done'),
        ("10² ≠ 102, ½", "10\\xb2 \\u2260 102, \\xbd"),
        ("论文 🙂", "\\u8bba\\u6587 \\U0001f642"),
        ("caf\udce9.txt", "caf\\xe9.txt"),
        (unicodedata.normalize("NFD", "é"), "e"),
    ],
)
def test_other_letters_are_typed_bare_or_escaped_but_never_another_value(text: str, spelt: str) -> None:
    assert spell(text, "ascii") == spelt


@pytest.mark.parametrize(
    ("chosen", "written"), [("strict", b"na\\u8bba"), ("surrogateescape", b"na\\u8bba"), ("ignore", b"na")]
)
def test_a_stream_spells_what_it_lacks_unless_told_otherwise(chosen: str, written: bytes) -> None:
    below = io.BytesIO()
    stream = io.TextIOWrapper(below, encoding="ascii", errors=chosen)
    fit_stream(stream)
    stream.write("na论")
    stream.flush()
    assert below.getvalue() == written
