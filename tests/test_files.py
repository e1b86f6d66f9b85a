"""Files and folders are there as a whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.files import whole_file, whole_folder, write_whole


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def accept(_: Path) -> None:
    pass


def test_a_file_is_written_with_the_folders_above_it(tmp_path: Path) -> None:
    write_whole(tmp_path / "new" / "folder" / "file", b"text")
    assert (tmp_path / "new" / "folder" / "file").read_bytes() == b"text"


def test_what_fails_half_way_leaves_the_file_of_before_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"before")
    with pytest.raises(ZeroDivisionError), whole_file(path) as stream:  # noqa: PT012
        stream.write(b"half")
        stream.flush()
        assert path.read_bytes() == b"before"
        raise ZeroDivisionError
    assert path.read_bytes() == b"before"
    assert names(tmp_path) == ["file"]


def test_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "file")
    write_whole(tmp_path / "link", b"text")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_bytes() == b"text"


def test_a_device_stays_one() -> None:
    before = Path(os.devnull).stat()
    write_whole(Path(os.devnull), b"text")
    assert Path(os.devnull).stat().st_rdev == before.st_rdev


def test_a_folder_cannot_be_a_file(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="directory"):
        write_whole(tmp_path, b"text")
    assert tmp_path.is_dir()


def test_a_folder_takes_the_place_of_that_of_before(tmp_path: Path) -> None:
    for name in ("first", "second"):
        with whole_folder(tmp_path / "folder", accept) as unfinished:
            (unfinished / name).touch()
    assert names(tmp_path / "folder") == ["second"]
    assert names(tmp_path) == ["folder"]


def test_a_folder_that_fails_half_way_leaves_that_of_before(tmp_path: Path) -> None:
    with whole_folder(tmp_path / "folder", accept) as unfinished:
        (unfinished / "first").touch()
    with pytest.raises(ZeroDivisionError), whole_folder(tmp_path / "folder", accept) as unfinished:  # noqa: PT012
        (unfinished / "second").touch()
        raise ZeroDivisionError
    assert names(tmp_path / "folder") == ["first"]
    assert names(tmp_path) == ["folder"]


def test_what_must_stay_stays(tmp_path: Path) -> None:
    def refuse(target: Path) -> None:
        raise PermissionError(str(target))

    with pytest.raises(PermissionError), whole_folder(tmp_path / "folder", refuse):
        raise AssertionError
    assert names(tmp_path) == []
