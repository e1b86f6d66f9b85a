from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import KgError
from kg.exports.folder import output_folder

FILES = ("a.csv", "b.csv")


def write(folder: Path, text: str = "new") -> None:
    with output_folder(folder, FILES) as unfinished:
        for name in FILES:
            (unfinished / name).write_text(text)


def fail_half_way(folder: Path) -> None:
    with output_folder(folder, FILES) as unfinished:
        (unfinished / "a.csv").write_text("half")
        raise ZeroDivisionError


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_appears_when_all_is_written(tmp_path: Path) -> None:
    with output_folder(tmp_path / "deep" / "out", FILES) as unfinished:
        (unfinished / "a.csv").write_text("x")
        assert not (tmp_path / "deep" / "out").exists()
    assert names(tmp_path / "deep" / "out") == ["a.csv"]
    assert names(tmp_path / "deep") == ["out"]


def test_an_earlier_export_is_replaced(tmp_path: Path) -> None:
    write(tmp_path / "out", "old")
    write(tmp_path / "out")
    assert (tmp_path / "out" / "a.csv").read_text() == "new"
    assert names(tmp_path) == ["out"]


def test_a_failure_leaves_the_earlier_export(tmp_path: Path) -> None:
    write(tmp_path / "out", "old")
    with pytest.raises(ZeroDivisionError):
        fail_half_way(tmp_path / "out")
    assert (tmp_path / "out" / "a.csv").read_text() == "old"
    assert names(tmp_path) == ["out"]


def test_a_failure_leaves_nothing_where_nothing_was(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        fail_half_way(tmp_path / "out")
    assert names(tmp_path) == []


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.tex").write_text("mine")
    with pytest.raises(KgError, match=r"holds other files \(thesis\.tex\); name a new or empty folder"):
        write(tmp_path / "out")
    assert names(tmp_path / "out") == ["thesis.tex"]
    assert names(tmp_path) == ["out"]


def test_files_that_come_while_it_writes_are_not_lost(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(KgError, match="other files"), output_folder(tmp_path / "out", FILES):
        (tmp_path / "out" / "thesis.tex").write_text("mine")
    assert names(tmp_path / "out") == ["thesis.tex"]


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(KgError, match="is a file"):
        write(tmp_path / "out")


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "real")
    write(tmp_path / "out")
    assert (tmp_path / "out").is_symlink()
    assert names(tmp_path / "real") == list(FILES)
