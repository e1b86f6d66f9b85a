"""Workbooks of Excel and tables in Parquet: what is read of them, and what damage and hostility cost."""

from __future__ import annotations

import datetime
import gzip
import io
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.model import Paper, Reject
from kg.sources import SourceFile, find_sources, read_source

Sheets = dict[str, list[list[object]]]

HEADER: list[object] = ["Paper Title", "Abstract", "Date", "Authors", "DOI", "Year"]
HAY: list[object] = ["Hay", "We stack.", datetime.datetime(2031, 3, 4), "Ann Shepherd; Bo Lamb", "10.1234/x.1", 2031]
STRAW: list[object] = ["Straw", None, None, None, None, 2030.0]


def workbook(sheets: Sheets) -> bytes:
    book = openpyxl.Workbook()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def parquet(rows: list[dict[str, object]]) -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), stream)
    return stream.getvalue()


def read(data: bytes) -> list[Paper | Reject]:
    return list(read_source(SourceFile("key", "x", None, data)))


def titles(rows: list[Paper | Reject]) -> list[str]:
    return [row.title if isinstance(row, Paper) else "rejected" for row in rows]


@pytest.mark.parametrize("compress", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_a_workbook_is_read_by_the_names_of_its_columns(compress: Callable[[bytes], bytes]) -> None:
    hay, straw = read(compress(workbook({"Papers": [HEADER, HAY, [], STRAW]})))
    assert isinstance(hay, Paper)
    assert (hay.title, hay.abstract, hay.doi, hay.date) == ("Hay", "We stack.", "10.1234/x.1", "2031-03-04")
    assert (hay.author_count, hay.sources) == (2, ("x:2",))
    assert isinstance(straw, Paper)
    assert (straw.title, straw.date, straw.sources) == ("Straw", "2030", ("x:4",))


def test_every_sheet_is_read_and_one_without_titles_is_told() -> None:
    rows = read(workbook({
        "Read me": [["This is our list of hay", "and of", "straw"]],
        "2031": [["Reading list"], [], HEADER, HAY],
        "2030": [HEADER, STRAW, [None, "no title"]],
        "Empty": [],
    }))  # fmt: skip
    assert titles(rows) == ["rejected", "Hay", "Straw", "rejected"]
    assert isinstance(rows[0], Reject)
    assert rows[0].reason.startswith("the sheet 'Read me' has no column of titles")
    places = [row.sources[0] for row in rows if isinstance(row, Paper)]
    assert len(set(places)) == len(places)


def test_a_table_in_parquet_is_read_row_by_row_with_what_is_nested() -> None:
    hay, bad, straw = read(parquet([
        {"title": "Hay", "abstract": "We stack.", "authors": [{"name": "Ann Shepherd"}, {"name": "Bo Lamb"}],
         "date": datetime.datetime(2031, 3, 4), "categories": ["cs.LG"], "embedding": [0.5, 0.25], "pdf": b"x",
         "arxiv_id": "2402.01234"},
        {"title": None, "abstract": "We stack."},
        {"title": "Straw"},
    ]))  # fmt: skip
    assert isinstance(hay, Paper)
    assert (hay.title, hay.abstract, hay.date, hay.arxiv) == ("Hay", "We stack.", "2031-03-04", "2402.01234")
    assert ([author.name for author in hay.authors], hay.categories) == (["Ann Shepherd", "Bo Lamb"], ("cs.LG",))
    assert isinstance(bad, Reject)
    assert bad.line == 2
    assert isinstance(straw, Paper)
    assert straw.sources == ("x:3",)


def test_a_folder_is_searched_for_both(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(workbook({"Papers": [HEADER, HAY]}))
    (tmp_path / "b.parquet").write_bytes(parquet([{"title": "Straw", "abstract": "Dry."}]))
    found = [source for source in find_sources([str(tmp_path)]) if isinstance(source, SourceFile)]
    assert [titles(list(read_source(source))) for source in found] == [["Hay"], ["Straw"]]


@pytest.mark.parametrize(
    ("module", "data", "said"),
    [("openpyxl", workbook({"Papers": [HEADER, HAY]}), r"an Excel workbook; save it as CSV UTF-8.*'paperkg\[excel\]'"),
     ("pyarrow", parquet([{"title": "Hay"}]), r"a Parquet file; to read it, pip install 'paperkg\[parquet\]'")],
)  # fmt: skip
def test_without_the_library_the_remedy_is_named(
    module: str, data: bytes, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(SourceError, match=said):
        read(data)


def repacked(change: Callable[[str, bytes], bytes]) -> bytes:
    """A workbook whose parts were changed."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook({"Papers": [HEADER, HAY]}))) as parts,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as changed,
    ):
        for name in parts.namelist():
            changed.writestr(name, change(name, parts.read(name)))
    return stream.getvalue()


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_workbook_that_declares_entities_is_refused(encoding: str) -> None:
    def change(name: str, part: bytes) -> bytes:
        if "sheet1" not in name:
            return part
        return (LAUGHS + part).decode().replace("?>", "?> ").encode(encoding)

    with pytest.raises(SourceError, match="declares a document type"):
        read(repacked(change))


def test_a_workbook_that_swells_is_refused_before_it_is_unpacked() -> None:
    data = repacked(lambda name, part: part + b" " * 20_000_000 if "sheet1" in name else part)
    with pytest.raises(SourceError, match="expands to"):
        read(data)


def test_rows_beyond_what_a_sheet_states_of_its_size_are_read() -> None:
    data = repacked(lambda name, part: part.replace(b'ref="A1:F2"', b'ref="A1"') if "sheet1" in name else part)
    assert titles(read(data)) == ["Hay"]


def test_a_row_that_says_it_is_beyond_the_end_of_any_sheet_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kg.sources.workbook._MOST_ROWS", 1_000)
    data = repacked(
        lambda name, part: part.replace(b'<row r="2"', b'<row r="99999999999"') if "sheet1" in name else part
    )
    with pytest.raises(SourceError, match="holds no paper"):
        read(data)


def test_sheets_of_nothing_are_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.sources.workbook._MOST_IN_ALL", 1_000)
    data = repacked(lambda name, part: part.replace(b'<row r="2"', b'<row r="10000"') if "sheet1" in name else part)
    with pytest.raises(SourceError, match="more than 1,000 rows"):
        read(data)


def test_a_table_in_parquet_that_swells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.sources.parquet.FREE", 1_000_000)
    stream = io.BytesIO()
    repeated = pa.DictionaryArray.from_arrays(pa.array([0] * 200_000, pa.int32()), pa.array(["word " * 2_000]))
    pq.write_table(pa.table({"title": repeated}), stream)
    with pytest.raises(SourceError, match="expands to more than"):
        read(stream.getvalue())


FILES = {
    "workbook": workbook({"Papers": [HEADER, HAY, STRAW], "More": [HEADER, HAY]}),
    "parquet": parquet([{"title": "Hay", "abstract": "We stack.", "authors": ["Ann"]}] * 5),
}


@given(st.sampled_from(sorted(FILES)), st.data())
def test_any_damage_gives_papers_and_rejects_or_a_source_error(name: str, data: st.DataObject) -> None:
    damaged = bytearray(FILES[name])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(damaged) - 1))
        match data.draw(st.sampled_from(("cut", "flip", "insert"))):
            case "cut" if place > 100:
                del damaged[place : place + data.draw(st.integers(1, 60))]
            case "flip":
                damaged[place] ^= 1 << data.draw(st.integers(0, 7))
            case _:
                damaged[place:place] = data.draw(st.binary(min_size=1, max_size=8))
    try:
        rows = read(bytes(damaged))
    except SourceError:
        return
    assert all(isinstance(row, Reject) or row.title for row in rows)


@given(st.data())
def test_any_damage_within_a_part_of_a_workbook_does(data: st.DataObject) -> None:
    def change(name: str, part: bytes) -> bytes:
        if not data.draw(st.booleans()):
            return part
        place = data.draw(st.integers(0, len(part)))
        return part[:place] + data.draw(st.binary(max_size=4)) + part[place + data.draw(st.integers(0, 30)) :]

    try:
        rows = read(repacked(change))
    except SourceError:
        return
    assert all(isinstance(row, Reject) or row.title for row in rows)
