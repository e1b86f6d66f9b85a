from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.sources.stored import stored_sources

FILES = ("a/papers.txt", "b/papers.txt", "pages/1.txt", "pages/old/2.txt", "data[1].txt", "data1.txt", "once.bib")


@pytest.fixture
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Sources as a graph has them; none of their files exists any more."""
    monkeypatch.chdir(tmp_path)
    return [(str(tmp_path / file), Path(file).name) for file in FILES] + [("stdin:1", "stdin"), ("stdin:2", "stdin")]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("a/papers.txt", ["a/papers.txt"]),
        ("pages", ["pages/1.txt", "pages/old/2.txt"]),
        ("pages/*.txt", ["pages/1.txt"]),
        ("pages/**/*.txt", ["pages/1.txt", "pages/old/2.txt"]),
        ("*/papers.txt", ["a/papers.txt", "b/papers.txt"]),
        ("data[1].txt", ["data[1].txt"]),
        ("data?.txt", ["data1.txt"]),
        ("2.txt", ["pages/old/2.txt"]),
    ],
)
def test_a_name_stands_for_what_it_stood_for_in_a_build(
    stored: list[tuple[str, str]], tmp_path: Path, name: str, meant: list[str]
) -> None:
    assert stored_sources(name, stored) == [str(tmp_path / file) for file in meant]


def test_a_dash_is_all_of_standard_input(stored: list[tuple[str, str]]) -> None:
    assert stored_sources("-", stored) == ["stdin:1", "stdin:2"]


def test_a_file_goes_before_others_that_are_shown_so(
    stored: list[tuple[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").mkdir()
    monkeypatch.chdir(tmp_path / "a")
    assert stored_sources("papers.txt", stored) == [str(tmp_path / "a" / "papers.txt")]


@pytest.mark.parametrize("name", ["", "nothing.txt", "a\0b", "*.nothing", "[", "pap"])
def test_what_stands_for_nothing_is_told_with_what_there_is(stored: list[tuple[str, str]], name: str) -> None:
    with pytest.raises(SourceError, match=r"is no source of this graph; it was built from papers\.txt, "):
        stored_sources(name, stored)


def test_a_shown_name_of_several_is_told_with_their_paths(stored: list[tuple[str, str]], tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"may be .*a/papers\.txt, .*b/papers\.txt; name one by its path"):
        stored_sources("papers.txt", stored)
