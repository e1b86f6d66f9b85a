from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from kg.exporting import FORMATS
from tests.conftest import Invoke

FOLDERS = [name for name, found in FORMATS.items() if found.folder]
FILES = [name for name in FORMATS if name not in FOLDERS]


@pytest.mark.parametrize("output_format", FILES)
def test_a_file_is_the_same_packed_and_on_standard_output(
    invoke: Invoke, sample_graph: Path, tmp_path: Path, output_format: str
) -> None:
    piped = invoke("export", "--format", output_format, "--db", sample_graph)
    packed = tmp_path / "graph.gz"
    assert invoke("export", "--format", output_format, "-o", packed, "--db", sample_graph).exit_code == 0
    assert piped.stdout_bytes
    assert gzip.decompress(packed.read_bytes()) == piped.stdout_bytes


@pytest.mark.parametrize("output_format", FOLDERS)
def test_a_folder_has_several_files_that_are_the_same_each_time(
    invoke: Invoke, sample_graph: Path, tmp_path: Path, output_format: str
) -> None:
    def files() -> dict[str, bytes]:
        assert invoke("export", "--format", output_format, "-o", folder, "--db", sample_graph).exit_code == 0
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    folder = tmp_path / "new" / "graph"
    first = files()
    assert len(first) > 1
    assert files() == first


@pytest.mark.parametrize("output_format", FOLDERS)
def test_a_folder_cannot_go_to_standard_output(invoke: Invoke, sample_graph: Path, output_format: str) -> None:
    result = invoke("export", "--format", output_format, "--db", sample_graph)
    assert result.exit_code == 2
    assert "-o FOLDER" in result.stderr


@pytest.mark.parametrize("output_format", FOLDERS)
def test_a_folder_with_other_files_is_left_alone(
    invoke: Invoke, sample_graph: Path, tmp_path: Path, output_format: str
) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    result = invoke("export", "--format", output_format, "-o", tmp_path, "--db", sample_graph)
    assert result.exit_code == 2
    assert "mine.txt" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
