from __future__ import annotations

import gzip
import io
from pathlib import Path
from typing import IO

import pytest

from kg.errors import KgError
from kg.exporting import compressed, write_export, write_export_folder
from kg.plugins import load_target, offered_exporters
from kg.rdf import RDF_FORMATS
from kg.store import GraphReader

OFFERED = {offer.value.name: offer for offer in offered_exporters()}


def test_every_format_of_rdf_is_one_of_export() -> None:
    assert {name for name, offer in OFFERED.items() if "evidence" in offer.value.options} == set(RDF_FORMATS)


@pytest.mark.parametrize("name", OFFERED)
def test_every_writer_can_be_loaded(name: str) -> None:
    assert callable(load_target(OFFERED[name].value.write, OFFERED[name]))


@pytest.mark.parametrize("name", [name for name, offer in OFFERED.items() if not offer.value.folder])
def test_a_format_of_one_stream_writes_the_same_bytes_twice(name: str, reader: GraphReader) -> None:
    first, second = io.BytesIO(), io.BytesIO()
    write_export(reader, name, first)
    write_export(reader, name, second)
    assert first.getvalue() == second.getvalue() != b""


def test_a_format_of_one_stream_fills_no_folder(reader: GraphReader, tmp_path: Path) -> None:
    with pytest.raises(KgError, match="one file"):
        write_export_folder(reader, "turtle", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_format_of_several_files_fills_a_folder(reader: GraphReader, tmp_path: Path) -> None:
    write_export_folder(reader, "csv", tmp_path / "new" / "out")
    assert len(list((tmp_path / "new" / "out").iterdir())) > 1


def test_a_format_of_several_files_fits_no_stream(reader: GraphReader) -> None:
    with pytest.raises(KgError, match="name a folder"):
        write_export(reader, "csv", io.BytesIO())


def test_compressed_bytes_hold_neither_time_nor_name() -> None:
    def packed() -> bytes:
        stream: IO[bytes] = io.BytesIO()
        with compressed(stream, "graph.nt.gz") as inner:
            inner.write(b"text")
        assert isinstance(stream, io.BytesIO)
        return stream.getvalue()

    data = packed()
    assert gzip.decompress(data) == b"text"
    assert data[4:8] == b"\0\0\0\0"
    assert b"graph" not in data


def test_other_names_are_not_compressed() -> None:
    stream = io.BytesIO()
    with compressed(stream, "graph.nt") as inner:
        assert inner is stream
