from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.model import Paper, Reject
from kg.sources import SourceFile, read_source
from tests.samples import COMPACT, SMALL_PAPERS, TITLES, jsonl


def source(data: bytes) -> SourceFile:
    return SourceFile("key", "some.txt", None, data)


def titles(data: bytes) -> list[str]:
    return [row.title for row in read_source(source(data)) if isinstance(row, Paper)]


def test_a_listing_is_told_by_its_content() -> None:
    assert titles(COMPACT.encode()) == list(TITLES)


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf", b"\n \n"])
def test_json_lines_are_told_by_their_content(before: bytes) -> None:
    assert titles(before + jsonl(SMALL_PAPERS).encode()) == [paper["title"] for paper in SMALL_PAPERS]


@pytest.mark.parametrize("data", [b"", b"   \n\n\t", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
def test_an_empty_source_is_an_error_that_says_so(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"some\.txt: is empty"):
        list(read_source(source(data)))


@pytest.mark.parametrize("data", [b"\x7fELF\x00\x00", b"\x01\x02 what is this \x00", bytes(range(256))])
def test_a_binary_source_is_an_error_that_says_so(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"some\.txt: is a binary file"):
        list(read_source(source(data)))


def test_a_source_with_a_banner_and_no_paper_is_an_error_that_says_so() -> None:
    with pytest.raises(SourceError, match=r"some\.txt: holds no paper"):
        list(read_source(source(b"new\n\nSubscribe\n\nDaily Papers\n")))


def test_a_source_that_is_gone_is_an_error_that_says_so(tmp_path: Path) -> None:
    gone = SourceFile("key", "gone.txt", tmp_path / "gone.txt")
    with pytest.raises(SourceError, match="cannot be read"):
        list(read_source(gone))


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
@example(b"{")
@example(b"\xef\xbb\xbf{}")
@example(b"\x85\n")
@example("\u00b7".encode())
@example(json.dumps({"title": "\ud800", "abstract": ""}).encode())
def test_any_bytes_give_papers_and_rejects_or_a_source_error(data: bytes) -> None:
    try:
        rows = list(read_source(source(data)))
    except SourceError:
        return
    assert rows
    assert all(isinstance(row, Paper | Reject) for row in rows)
