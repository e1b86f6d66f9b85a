"""Input that is made to hurt: bombs, archives, depths, lengths. Each is refused or set aside in one clear line."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.model import Paper, Reject
from kg.sources import SourceFile, find_sources, jsontext, read_source
from kg.sources.compression import FREE
from tests.sources.formats import ATOM, BIBTEX, JSON_LINES, TITLES, compact_json

GOOD = {"title": "A Good Paper", "abstract": "It is good."}


def read(data: bytes | str, name: str = "papers") -> list[Paper | Reject]:
    data = data.encode() if isinstance(data, str) else data
    return list(read_source(SourceFile("key", name, None, data)))


def kinds(data: bytes | str) -> list[str]:
    return [row.title if isinstance(row, Paper) else "rejected" for row in read(data)]


def reasons(data: bytes | str) -> list[str]:
    return [row.reason for row in read(data) if isinstance(row, Reject)]


LAUGHS = '<?xml version="1.0"?>\n<!DOCTYPE lolz [<!ENTITY a "ha">{}]>\n<feed xmlns="http://www.w3.org/2005/Atom">&j;</feed>'.format(
    "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
)


@pytest.mark.parametrize(
    "document",
    [
        LAUGHS,
        LAUGHS.replace('<?xml version="1.0"?>\n', ""),
        '<!DOCTYPE feed SYSTEM "file:///etc/passwd"><feed xmlns="http://www.w3.org/2005/Atom"/>',
        '<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY x SYSTEM "file:///etc/passwd">]><feed>&x;</feed>',
        '<?xml version="1.0"?><!-- a --><!DOCTYPE feed><feed xmlns="http://www.w3.org/2005/Atom"/>',
    ],
)
def test_xml_with_a_document_type_is_refused(document: str) -> None:
    with pytest.raises(SourceError, match="papers: declares a document type"):
        read(document)


def test_an_entity_that_is_not_declared_sets_its_entry_aside() -> None:
    rows = kinds(ATOM.replace("Is a Fence", "Is &x; Fence"))
    assert rows == [TITLES[0], "rejected", TITLES[2]]


def test_xml_without_a_record_is_refused_by_the_name_of_its_root() -> None:
    with pytest.raises(SourceError, match=r"is XML but in no format that kg knows \(its root is 'rss'\)"):
        read('<?xml version="1.0"?><rss version="2.0"><channel/></rss>')


def bomb(unit: bytes, size: int, start: bytes = b"") -> bytes:
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as stream:
        stream.write(start)
        block = unit * (1_000_000 // len(unit))
        for _ in range(size // len(block) + 1):
            stream.write(block)
    return packed.getvalue()


@pytest.mark.parametrize(
    "start",
    [b"", JSON_LINES.encode(), b'[{"title":"', b'{"data":[{"title":"x"},', BIBTEX.encode(), b"TY  - X\nTI  - ",
     b"title,abstract\n", b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>'],
    ids=["text", "lines", "list", "answer", "bibtex", "ris", "csv", "atom"],
)  # fmt: skip
def test_a_file_that_expands_beyond_measure_is_refused_with_the_limit_and_the_remedy(start: bytes) -> None:
    packed = bomb(b"a", 8 * FREE, start)
    assert len(packed) < FREE / 50
    tracemalloc.start()
    with pytest.raises(SourceError, match=r"papers: expands to more than 16,000,000 bytes .* decompress it first"):
        read(packed)
    assert tracemalloc.get_traced_memory()[1] < 150_000_000
    tracemalloc.stop()


def test_text_that_repeats_itself_is_no_bomb() -> None:
    lines = "".join(
        json.dumps({"title": f"Paper {n}", "abstract": "We count sheep. " * 20}) + "\n" for n in range(20_000)
    )
    assert len(read(gzip.compress(lines.encode()))) == 20_000


def archive(kind: str) -> bytes:
    packed = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(packed, "w") as zipped:
            zipped.writestr("../../etc/passwd", JSON_LINES)
        return packed.getvalue()
    with tarfile.open(fileobj=packed, mode="w:gz" if kind == "tar.gz" else "w") as tarred:
        member = tarfile.TarInfo("../../etc/passwd")
        member.size = len(JSON_LINES)
        tarred.addfile(member, io.BytesIO(JSON_LINES.encode()))
    return packed.getvalue()


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz"])
def test_an_archive_is_refused_whatever_its_names(kind: str) -> None:
    with pytest.raises(SourceError, match=r"papers: is a (zip|tar) archive; unpack it"):
        read(archive(kind))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (gzip.compress(gzip.compress(b"text", mtime=0), mtime=0), "compressed more than once"),
        (b"BZh91AY&SY", "bzip2"),
        (b"\xfd7zXZ\x00\x00", "xz"),
        (b"%!PS-Adobe-3.0\n", "is PostScript"),
        (bytes(range(256)) * 20, "is a binary file"),
        (b'{"results": []}', "holds no paper"),
        (b"[]", "holds no paper"),
        (b"<html><body><p>Nothing here.</p></body></html>", "holds no paper"),
        (gzip.compress(b"", mtime=0), "is empty"),
        (gzip.compress(b"abc", mtime=0)[:12], "is damaged"),
    ],
)
def test_what_is_no_source_is_refused_in_one_line(data: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said) as caught:
        read(data)
    assert str(caught.value).startswith("papers: ")


def test_what_a_compressed_file_holds_before_it_breaks_off_is_kept() -> None:
    lines = "".join(json.dumps({"title": f"Paper {n} {hash(str(n))}", "abstract": ""}) + "\n" for n in range(5_000))
    packed = gzip.compress(lines.encode())
    rows = read(packed[: len(packed) // 2])
    assert len(rows) > 100
    assert all(isinstance(row, Paper) for row in rows[:-1])
    assert "breaks off" in reasons(packed[: len(packed) // 2])[-1]


DEEP = "[" * 200_000


@pytest.mark.parametrize(
    "bad", [DEEP, '{"a":' * 100_000, "1" * 10_000, '"' + "x" * 20_000_000 + '"', "[" + "[]," * 3_000_000 + "[]]"],
    ids=["deep lists", "deep objects", "a huge number", "a huge string", "a huge list"],
)  # fmt: skip
def test_a_bad_line_costs_only_itself(bad: str) -> None:
    good = json.dumps(GOOD)
    assert kinds(f'{good}\n{{"title": {bad}}}\n{good}\n') == ["A Good Paper", "rejected", "A Good Paper"]


@pytest.fixture
def _short_records(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsontext, "LONGEST_RECORD", 250_000)


@pytest.mark.usefixtures("_short_records")
@pytest.mark.parametrize(
    "bad",
    [
        DEEP + "]" * 200_000,
        '{"a":' * 100_000 + "1" + "}" * 100_000,
        "1" * 10_000,
        '"' + 'x\\"' * 200_000 + '"',
        "[" + "[]," * 100_000 + "[]]",
        "nonsense",
        "{'single': 'quotes'}",
        '{"title" "no colon"}',
        "null",
        "[]",
        '{"abstract": "no title"}',
        '{"title": "\ufffe"}',
    ],
    ids=str.__len__,
)
def test_a_bad_record_in_a_list_costs_only_itself(bad: str) -> None:
    good = compact_json(GOOD)
    assert kinds(f"[{good},{bad},{good}]") == ["A Good Paper", "rejected", "A Good Paper"]
    assert kinds(f'{{"meta":{{}},"results":[{good},\n{bad},\n{good}],"x":1}}') == [
        "A Good Paper",
        "rejected",
        "A Good Paper",
    ]


def test_a_list_that_is_cut_off_gives_what_it_had_and_says_so() -> None:
    good = compact_json(GOOD)
    assert kinds(f"[{good},{good}") == ["A Good Paper", "A Good Paper", "rejected"]
    assert kinds(f'[{good},{{"title": "A Go') == ["A Good Paper", "rejected", "rejected"]


def test_an_inverted_index_with_absurd_places_is_read() -> None:
    work = {
        "id": "https://openalex.org/W1",
        "title": "T",
        "abstract_inverted_index": {"b": [10**18], "a": [-5], "c": ["x", None]},
    }
    (row,) = read(compact_json([work]))
    assert isinstance(row, Paper)
    assert row.abstract == "a b"


def test_a_quote_that_is_never_closed_costs_one_row() -> None:
    rows = "".join(f"Paper {n},Text {n}\n" for n in range(3))
    assert kinds(f'title,abstract\n{rows}"Open,never closed\n{rows}') == [
        "Paper 0", "Paper 1", "Paper 2", "rejected", "Paper 0", "Paper 1", "Paper 2",
    ]  # fmt: skip


def test_an_entry_that_is_never_closed_costs_one_entry() -> None:
    rows = read(BIBTEX.replace("year = 2023,\n", "year = {2023,\n"))
    assert [type(row) for row in rows] == [Paper, Reject, Paper]
    assert isinstance(rows[1], Reject)
    assert rows[1].line == BIBTEX[: BIBTEX.index("@misc")].count("\n") + 1


def test_a_million_nested_tags_are_read_in_little_stack() -> None:
    with pytest.raises(SourceError, match="holds no paper"):
        read("<html>" + "<div>" * 300_000)
    with pytest.raises(SourceError, match="holds no paper"):
        read('<feed xmlns="http://www.w3.org/2005/Atom">' + "<a>" * 300_000 + "</a>" * 300_000 + "</feed>")


class Endless(io.RawIOBase):
    """A stream of records that is made as it is read, to see that memory does not grow with it."""

    def __init__(self, start: bytes, unit: bytes, end: bytes, count: int) -> None:
        self._parts = self._make(start, unit, end, count)
        self._left = b""

    @staticmethod
    def _make(start: bytes, unit: bytes, end: bytes, count: int) -> Iterator[bytes]:
        if start:
            yield start
        for _ in range(count):
            yield unit
        if end:
            yield end

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = self._left or next(self._parts, b"")
        self._left = data[len(buffer) :]
        buffer[: len(data[: len(buffer)])] = data[: len(buffer)]
        return len(data[: len(buffer)])


STREAMS = {
    "list": (b"[", json.dumps(GOOD | {"abstract": "word " * 4_000}).encode() + b",\n", b"]"),
    "lines": (b"", json.dumps(GOOD | {"abstract": "word " * 4_000}).encode() + b"\n", b""),
    "atom": (
        b'<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<entry><title>A</title><summary>{'word ' * 4_000}</summary></entry>".encode(),
        b"</feed>",
    ),
    "bibtex": (b"", f"@article{{k, title={{A}}, abstract={{{'word ' * 4_000}}}}}\n".encode(), b""),
    "ris": (b"", f"TY  - JOUR\nTI  - A\nAB  - {'word ' * 4_000}\nER  - \n".encode(), b""),
    "csv": (b"title,abstract\n", f'A,"{"word " * 4_000}"\n'.encode(), b""),
}


@pytest.mark.parametrize("parts", STREAMS.values(), ids=STREAMS)
def test_memory_does_not_grow_with_the_number_of_records(
    parts: tuple[bytes, bytes, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    count = 500  # 10 megabytes
    monkeypatch.setattr(SourceFile, "open", lambda self: io.BufferedReader(_Rewindable(*parts, count)))
    source = SourceFile("key", "papers", None)
    tracemalloc.start()
    try:
        found = sum(isinstance(row, Paper) for row in read_source(source))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found == count
    assert peak < 5_000_000


class _Rewindable(Endless):
    """The first bytes are looked at and put back before the reading begins."""

    def __init__(self, start: bytes, unit: bytes, end: bytes, count: int) -> None:
        super().__init__(start, unit, end, count)
        self._again = (start, unit, end, count)

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        assert offset == 0
        super().__init__(*self._again)
        return 0


def test_a_folder_of_any_mix_is_read_file_by_file(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text(BIBTEX)
    (tmp_path / "b.xml").write_text(ATOM)
    (tmp_path / "part_000.gz").write_bytes(gzip.compress(JSON_LINES.encode()))
    (tmp_path / "z.tar.gz").write_bytes(archive("tar.gz"))
    counts: list[object] = []
    for source in find_sources([str(tmp_path)]):
        assert isinstance(source, SourceFile)
        try:
            counts.append(len(list(read_source(source))))
        except SourceError as error:
            counts.append(str(error))
    assert counts == [3, 3, 3, "z.tar.gz: is a tar archive; unpack it and name its files"]
