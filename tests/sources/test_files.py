from __future__ import annotations

import hashlib
import io
import os
import sys
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.model import Paper
from kg.sources import SourceFile, files, find_sources, read_source
from tests.samples import COMPACT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.jsonl", "deep/er/c.md", ".hidden.txt", ".git/d.txt", "picture.png"):
        path = tmp_path / "pages" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(COMPACT)
    return tmp_path / "pages"


def found(*names: str | Path) -> list[str]:
    sources = list(find_sources(str(name) for name in names))
    assert all(isinstance(source, SourceFile) for source in sources), sources
    return [source.name for source in sources if isinstance(source, SourceFile)]


def error(name: str | Path) -> str:
    (only,) = find_sources([str(name)])
    assert isinstance(only, SourceError), only
    return str(only)


def test_a_file_is_named_without_its_folder(folder: Path) -> None:
    assert found(folder / "b.txt") == ["b.txt"]


def test_a_folder_gives_its_readable_files_by_name_and_none_that_is_hidden(folder: Path) -> None:
    assert found(folder) == ["a.jsonl", "b.txt", "deep/er/c.md"]


def test_a_glob_gives_what_it_matches(folder: Path) -> None:
    assert found(folder / "*.txt") == ["b.txt"]


def test_a_bad_match_of_a_glob_costs_only_itself(folder: Path) -> None:
    os.mkfifo(folder / "a.txt")
    error, source = find_sources([str(folder / "*.txt")])
    assert isinstance(error, SourceError)
    assert isinstance(source, SourceFile)


def test_a_glob_does_not_run_in_circles(folder: Path) -> None:
    for number in range(3):
        (folder / "deep" / f"loop{number}").symlink_to(folder)
    assert found(folder / "**" / "*.txt") == ["b.txt"]


def test_long_standard_input_is_read_from_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_HELD", 100)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(COMPACT.encode())))
    (stdin,) = find_sources(["-"])
    assert isinstance(stdin, SourceFile)
    assert stdin.data == b""
    assert stdin.digest() == stdin.digest() == hashlib.sha256(COMPACT.encode()).hexdigest()
    assert [len(list(read_source(stdin))) for _ in range(2)] == [3, 3]


def test_a_glob_reaches_into_folders_with_two_stars(folder: Path) -> None:
    assert found(folder / "**" / "*.md") == ["c.md"]


def test_a_file_with_the_characters_of_a_glob_in_its_name_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text(COMPACT)
    assert found(tmp_path / "a[1].txt") == ["a[1].txt"]


def test_the_order_given_is_kept(folder: Path) -> None:
    assert found(folder / "b.txt", folder / "a.jsonl") == ["b.txt", "a.jsonl"]


def test_a_file_counts_once_when_it_is_named_twice(folder: Path) -> None:
    assert found(folder / "b.txt", folder, folder / "deep" / ".." / "b.txt") == ["b.txt", "a.jsonl", "deep/er/c.md"]


def test_a_file_counts_once_when_a_symlink_leads_to_it_too(folder: Path) -> None:
    (folder / "z.txt").symlink_to(folder / "b.txt")
    assert found(folder) == ["a.jsonl", "b.txt", "deep/er/c.md"]


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(COMPACT.encode())))
    (stdin,) = find_sources(["-"])
    assert isinstance(stdin, SourceFile)
    assert stdin.name == "stdin"
    assert len(list(read_source(stdin))) == 3


def test_standard_input_is_known_by_its_content(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = []
    for text in ("one", "one", "two"):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        keys += [source.key for source in find_sources(["-"]) if isinstance(source, SourceFile)]
    assert keys[0] == keys[1] != keys[2]


@pytest.mark.parametrize(
    "address", ["https://example.org/papers.txt", "ftp://example.org/x", "file:///etc/hosts", "S3://bucket/x"]
)
def test_an_address_is_refused_with_the_remedy(address: str) -> None:
    assert error(address) == f"{address}: is an address, not a file; use 'kg fetch', or download it and name the file"


@pytest.mark.parametrize("name", ["missing.txt", "missing/", "*.nothing", "", "a\0b", "x" * 5000])
def test_a_name_that_leads_nowhere_is_an_error_that_begins_with_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if name:
        assert error(name).startswith(f"{name}: ")
    else:
        assert "an empty name is no source" in error(name)


def test_a_folder_without_papers_says_what_was_looked_for(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"x")
    assert "holds no file of papers (looked for .atom .bib" in error(tmp_path)


def test_a_folder_that_links_to_itself_is_read_once(folder: Path) -> None:
    (folder / "deep" / "loop").symlink_to(folder)
    assert found(folder) == ["a.jsonl", "b.txt", "deep/er/c.md"]


def test_a_symlink_to_itself_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    assert error(tmp_path / "loop.txt").startswith(str(tmp_path / "loop.txt"))


def test_a_dangling_symlink_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    assert "is a link that leads nowhere" in error(tmp_path / "gone.txt")


def test_a_folder_passes_over_dangling_symlinks_and_pipes(folder: Path) -> None:
    (folder / "gone.txt").symlink_to(folder / "nowhere")
    os.mkfifo(folder / "pipe.txt")
    assert found(folder) == ["a.jsonl", "b.txt", "deep/er/c.md"]


def test_a_pipe_is_refused_rather_than_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "is no regular file" in error(tmp_path / "pipe.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_an_error_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(COMPACT)
    path.chmod(0)
    (source,) = find_sources([str(path)])
    assert isinstance(source, SourceFile)
    with pytest.raises(SourceError, match="check the file and its rights"):
        source.digest()


@pytest.mark.skipif(sys.platform == "darwin", reason="names are UTF-8 there")
def test_a_file_name_that_is_not_utf8_is_read_under_a_name_that_is(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(path)).write_text(COMPACT)
    assert found(tmp_path) == ["caf\\xe9.txt"]


def test_a_file_name_is_shown_without_what_commands_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m\nb\x9b.txt"
    path.write_text(COMPACT)
    (source,) = find_sources([str(path)])
    assert isinstance(source, SourceFile)
    assert source.name == "a [31m b .txt"
    assert source.key == str(path)
    assert {p.sources[0].rpartition(":")[0] for p in read_source(source) if isinstance(p, Paper)} == {source.name}
    path.unlink()
    with pytest.raises(SourceError) as caught:
        source.digest()
    assert str(caught.value).isprintable()


def test_one_bad_name_costs_only_itself(folder: Path) -> None:
    kinds = [type(source) for source in find_sources(["missing", str(folder / "b.txt"), "http://x"])]
    assert kinds == [SourceError, SourceFile, SourceError]


def test_the_digest_follows_the_content(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    digests = []
    for text in ("one", "one", "two"):
        path.write_text(text)
        digests += [source.digest() for source in find_sources([str(path)]) if isinstance(source, SourceFile)]
    assert digests[0] == digests[1] != digests[2]
