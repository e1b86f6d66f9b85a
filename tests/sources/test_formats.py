"""What holds for every format alike: the papers that come out, and that damage never costs more than a record."""

from __future__ import annotations

import contextlib
import gzip
import random
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.model import Paper, Reject
from kg.sources import SourceFile, read_source
from tests.sources.formats import ABSTRACTS, BIBTEX, FORMATS, HEADINGS_PAGE, TITLES

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


def read(data: str | bytes, name: str = "papers") -> list[Paper | Reject]:
    data = data.encode() if isinstance(data, str) else data
    return list(read_source(SourceFile("key", name, None, data)))


def papers(data: str | bytes) -> list[Paper]:
    rows = read(data)
    assert all(isinstance(row, Paper) for row in rows), rows
    return [row for row in rows if isinstance(row, Paper)]


@pytest.fixture(params=list(FORMATS.values()), ids=list(FORMATS))
def content(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_titles_and_abstracts_are_read_in_order_without_line_breaks(content: str) -> None:
    assert [(paper.title, paper.abstract) for paper in papers(content)] == list(zip(TITLES, ABSTRACTS, strict=True))


def test_arxiv_ids_are_normalised(content: str) -> None:
    assert [paper.arxiv for paper in papers(content)] == ["2402.01234", "2311.00001", "cs/0112017"]


def test_dates_are_iso(content: str) -> None:
    dates = [paper.date for paper in papers(content)]
    assert dates == (
        ["2024-02", "2023", "2001-12-09"] if content == BIBTEX else ["2024-02-05", "2023-11-01", "2001-12-09"]
    )


def test_dois_are_normalised(content: str) -> None:
    # Hugging Face has no DOIs.
    assert papers(content)[2].doi in ("10.1234/wool.7", None if "upvotes" in content else "")


def test_each_paper_names_its_place_once(content: str) -> None:
    places = [paper.sources[0] for paper in papers(content)]
    assert len(set(places)) == 3
    assert all(place.startswith("papers:") for place in places)


@pytest.mark.parametrize("compress", [gzip.compress, zstd.compress], ids=["gzip", "zstd"])
def test_a_compressed_source_gives_the_same_rows(content: str, compress: object) -> None:
    assert callable(compress)
    assert read(compress(content.encode())) == read(content)


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(content: str) -> None:
    converted = "\ufeff" + content.replace("\r\n", "\n").replace("\n", "\r\n")
    assert [row.title for row in papers(converted)] == list(TITLES)


def test_headings_give_titles_and_ids_where_a_page_has_no_data() -> None:
    assert [(row.title, row.abstract, row.arxiv) for row in papers(HEADINGS_PAGE)] == [
        (TITLES[0], "", "2402.01234"), (TITLES[1], "", "2311.00001"), (TITLES[2], "", "cs/0112017"),
    ]  # fmt: skip


def damaged(data: bytes, seed: int) -> bytes:
    """Cut, flip, insert or drop bytes in a few places."""
    draw = random.Random(seed)
    changed = bytearray(data)
    for _ in range(draw.randint(1, 4)):
        place = draw.randrange(len(changed)) if changed else 0
        match draw.randrange(5):
            case 0:
                del changed[place:]
            case 1 if changed:
                changed[place] ^= 1 << draw.randrange(8)
            case 2:
                changed[place:place] = draw.choice(
                    [b"\x00", b"\xff", b'"', b"{", b"}", b"]", b"@a{", b"\n", b"<", b"&", b"\\", b","]
                )
            case 3:
                del changed[place : place + draw.randint(1, 40)]
            case 4:
                changed[place:place] = changed[draw.randrange(len(changed) + 1) :][:200]
    return bytes(changed)


@given(st.sampled_from(sorted(FORMATS)), st.integers(0, 10**9), st.sampled_from([bytes, gzip.compress, zstd.compress]))
def test_damage_gives_papers_and_rejects_or_a_source_error(name: str, seed: int, compress: object) -> None:
    assert callable(compress)
    for data in (damaged(compress(FORMATS[name].encode()), seed), compress(damaged(FORMATS[name].encode(), seed))):
        try:
            rows = read(data)
        except SourceError:
            continue
        assert rows
        for row in rows:
            assert isinstance(row, Paper | Reject)
            if isinstance(row, Paper):
                assert row.title.strip()


@given(st.binary(max_size=400))
def test_any_bytes_in_a_compressed_file_do(data: bytes) -> None:
    for start in (b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"):
        with contextlib.suppress(SourceError):
            assert read(start + data)


STARTS = [
    "<",
    "<?xml ",
    "<html>",
    "[",
    "[{",
    "{",
    '{"data":[',
    "@a{b,",
    "TY  - X\n",
    "title,abstract\n",
    "title\tdoi\n",
    '"title";x;doi\n',
]


@given(
    st.sampled_from(STARTS), st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace"))
)
def test_any_bytes_behind_the_marks_of_a_format_do(start: str, data: bytes) -> None:
    with contextlib.suppress(SourceError):
        assert read(start.encode() + data)
