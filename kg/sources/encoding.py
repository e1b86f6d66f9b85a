"""Text of any encoding as UTF-8, decided once over the whole of a source, so that no file is read half.

What is valid UTF-8 is left alone. A mark at the beginning tells UTF-16 and UTF-32. In anything else the bytes that are
no UTF-8 are looked at: if they are fewer than the sequences that are, the file is UTF-8 with damage, and each of them
stands for its letter of Windows-1252; if not, the file is in an older encoding, which it declares or which is guessed.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import BinaryIO, cast

from kg.sources.compression import DamagedError

__all__ = ["UTF_8", "Encoding", "as_utf8", "encoding_of", "is_binary"]

_BLOCK = 1 << 17  # bytes
_SAMPLE = 1 << 16  # bytes of lines that are not ASCII, which the guess goes by
_LEAST_AT_HOME = 0.5  # the share of letters and marks as texts have them; of one as it was written it is near 1
_MARKS = "\u2018\u2019\u201c\u201d\u201e\u2013\u2014\u2026"
_MAC_MARGIN = 0.3  # by how much that must be more in an encoding that hardly anybody uses any more
_MESS = 0.3  # how odd a text may look to charset-normalizer, of 1; its own 0.2 is for prose, and we have tables
_MANY = 200  # letters that are not ASCII, by which encodings of one script can be told apart
_LINE = 2_000  # bytes of each of them
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_JIS_ESCAPE = re.compile(rb"\x1b\$[@B]|\x1b\([J]")  # https://www.rfc-editor.org/rfc/rfc1468
_DECLARED = re.compile(rb"""(?:\bencoding|\bcharset)\s{0,9}=\s{0,9}["']?([A-Za-z][\w.:-]{1,30})""")
_STRAY = re.compile("[\udc80-\udcff]")  # bytes that are no UTF-8, as Python hands them on
_AT_LETTER = re.compile("(?<=[a-z])[^\x00-\x7f]|[^\x00-\x7f](?=[a-z])")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")  # but escape, which Japanese mail has
_LEGACY = "windows-1252"

# What papers are exported in, the more usual before the less. In the first, letters beyond ASCII stand alone among
# others; in the second, words are made of them.
_OF_LATIN = ("cp1252", "cp1250", "cp1254", "mac_roman")
_OF_OTHERS = (
    "gb18030", "cp932", "cp949", "big5", "euc_jp", "cp1251", "cp1253", "cp1255", "cp1256", "koi8_r", "cp874",
)  # fmt: skip
_DECLARABLE = frozenset((*_OF_LATIN, *_OF_OTHERS, "cp1257", "koi8_u")) | {
    f"iso8859_{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)
}
_MEANT = {  # what is declared, and what it is in truth: https://encoding.spec.whatwg.org/#names-and-labels
    "iso8859_1": "cp1252",
    "iso8859_9": "cp1254",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "tis_620": "cp874",
}
_NAMES = {"cp1252": "Windows-1252", "cp932": "Shift JIS", "cp949": "Korean (cp949)", "mac_roman": "Mac Roman"}


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a source is written: a codec of Python's, what becomes of bytes that it lacks, and what to tell of it."""

    codec: str
    errors: str = "strict"
    remark: str | None = None


UTF_8 = Encoding("utf-8")
"""Valid UTF-8, with or without a byte order mark: nothing is to be done."""

Open = Callable[[], AbstractContextManager[BinaryIO]]


def is_binary(head: bytes) -> bool:
    """Whether a source that begins so is no text in any encoding: every hundredth byte is a control, or more."""
    return _wide(head) is None and len(_CONTROLS.findall(head)) * 100 > len(head)


def encoding_of(open_source: Open, head: bytes) -> Encoding | None:
    """The encoding of a source that begins with ``head``; None if that cannot be told.

    Each call of ``open_source`` gives the bytes anew.
    """
    if wide := _wide(head):
        return Encoding(wide, "replace")
    if _JIS_ESCAPE.search(head):
        return Encoding("iso2022_jp", "replace")
    if _is_utf8(open_source):
        return UTF_8
    seen = _look(open_source)
    if seen.stray <= seen.sequences:
        told = f"{seen.stray} bytes are no UTF-8, and were read as Windows-1252; the first is in line {seen.first_line}"
        return Encoding("utf-8", _LEGACY, told)
    codec = _declared(head)
    if codec and _fits(open_source, codec):
        return _legacy(codec, None)
    found = next((codec for codec in _guesses(seen.sample) if _fits(open_source, codec)), None)
    if found is None:
        return None
    name = _NAMES.get(found, found.upper().replace("CP", "Windows-"))
    return _legacy(found, f"the file is no UTF-8, and was read as {name}; if letters look wrong, save it as UTF-8")


def _legacy(codec: str, remark: str | None) -> Encoding:
    # Files that were put together from others are in both.
    return Encoding("utf-8", _LEGACY, remark) if codec == "cp1252" else Encoding(codec, "replace", remark)


def as_utf8(stream: BinaryIO, encoding: Encoding) -> BinaryIO:
    """The stream's text as UTF-8; one that is valid UTF-8 already is handed back as it is."""
    return stream if encoding == UTF_8 else cast(BinaryIO, io.BufferedReader(_Recoder(stream, encoding), _BLOCK))


class _Recoder(io.RawIOBase):
    """Decodes a stream and encodes it anew."""

    def __init__(self, stream: BinaryIO, encoding: Encoding) -> None:
        self._stream = stream
        self._decode = codecs.getincrementaldecoder(encoding.codec)(encoding.errors).decode
        self._ready = memoryview(b"")
        self._ended = False

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        """Fill the buffer as far as what was decoded goes."""
        while not self._ready and not self._ended:
            data = self._stream.read(_BLOCK)
            self._ended = not data
            # A half of a pair of UTF-16 that stands alone is no text, and UTF-8 cannot hold it.
            self._ready = memoryview(self._decode(data, self._ended).encode("utf-8", "replace"))
        taken = self._ready[: len(buffer)]
        buffer[: len(taken)] = taken
        self._ready = self._ready[len(taken) :]
        return len(taken)


def _stray(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8, as letters of Windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_LEGACY, _stray)


def _wide(head: bytes) -> str | None:
    """UTF-16 or UTF-32, by its byte order mark, or by where the zeros lie that ASCII has in it."""
    for bom, codec in _BOMS:
        if head.startswith(bom):
            return codec
    start = head[: len(head) // 4 * 4][:4096]
    if not start:
        return None
    zeros = [start[place::4].count(0) * 4 / len(start) for place in range(4)]
    for codec, pattern in (
        ("utf-32-le", (0, 1, 1, 1)),
        ("utf-32-be", (1, 1, 1, 0)),
        ("utf-16-le", (0, 1, 0, 1)),
        ("utf-16-be", (1, 0, 1, 0)),
    ):
        if all(share > 0.5 if zero else share == 0 for share, zero in zip(zeros, pattern, strict=True)):
            return codec
    return None


def _blocks(open_source: Open) -> Iterator[bytes]:
    """The bytes of a source; of one that is damaged further on, as many as there are."""
    with open_source() as stream:
        try:
            while data := stream.read(_BLOCK):
                yield data
        except DamagedError:
            return


def _is_utf8(open_source: Open) -> bool:
    decode = codecs.getincrementaldecoder("utf-8")().decode
    try:
        for data in _blocks(open_source):
            decode(data)
    except UnicodeDecodeError:
        return False
    return True  # what is cut off within its last letter is cut off, not in another encoding


@dataclass(slots=True)
class _Seen:
    """What is not ASCII in a source: letters in UTF-8, bytes that are none, and some of the lines."""

    sequences: int = 0
    stray: int = 0
    first_line: int = 0
    sample: bytes = b""


def _look(open_source: Open) -> _Seen:
    seen, lines = _Seen(), 1
    decode = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode
    for data in _blocks(open_source):
        text = decode(data)
        stray = len(text) - len(text.encode("utf-8", "ignore").decode())
        seen.sequences += _not_ascii(text) - stray
        if stray and (first := _STRAY.search(text)):
            seen.stray += stray
            seen.first_line = seen.first_line or lines + text.count("\n", 0, first.start())
        lines += text.count("\n")
        if len(seen.sample) < _SAMPLE:
            high = (line[:_LINE] for line in data.splitlines(keepends=True) if not line.isascii())
            seen.sample = (seen.sample + b"".join(high))[:_SAMPLE]
    return seen


def _not_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _declared(head: bytes) -> str | None:
    """The encoding that a document of XML or HTML says it is in."""
    match = _DECLARED.search(head[:4096]) if head.lstrip().startswith(b"<") else None
    if match is None:
        return None
    try:
        name = codecs.lookup(match.group(1).decode("ascii")).name.replace("-", "_")
    except LookupError:
        return None
    name = _MEANT.get(name, name)
    return name if name in _DECLARABLE else None


def _fits(open_source: Open, codec: str) -> bool:
    """Whether nearly all that is not ASCII is text in an encoding."""
    decode = codecs.getincrementaldecoder(codec)("replace").decode
    lost = letters = 0
    for data in _blocks(open_source):
        text = decode(data)
        letters += _not_ascii(text)
        lost += text.count("\ufffd")
    return lost * 100 <= letters


def _guesses(sample: bytes) -> Iterator[str]:
    """The encodings that a sample may be in, the likeliest first."""
    runs = _HIGH_RUN.findall(sample)
    if 2 * sum(len(run) == 1 for run in runs) > len(runs):
        yield from _guesses_of_latin(sample, len(runs))
    odd = {codec: (chaos, -coherence) for codec, chaos, coherence in _judged(sample, _OF_OTHERS)}
    yield from sorted(odd, key=lambda codec: (odd[codec], _OF_OTHERS.index(codec)))


def _guesses_of_latin(sample: bytes, letters: int) -> list[str]:
    """What is at a letter is a small letter or a quotation mark in the right encoding, and in wrong ones often a sign.

    What that leaves open, the language tells where there is text enough; else it is in the usual encoding.
    """
    coherent: dict[str, float] = {}
    if letters >= _MANY:
        coherent = {codec: coherence for codec, _, coherence in _judged(sample, _OF_LATIN)}

    likely = {codec: _at_home(sample, codec) for codec in _OF_LATIN}
    likely["mac_roman"] -= _MAC_MARGIN

    def order(codec: str) -> tuple[float, float, int]:
        return -likely[codec], -coherent.get(codec, 0), _OF_LATIN.index(codec)

    return sorted((codec for codec in _OF_LATIN if likely[codec] >= _LEAST_AT_HOME), key=order)


def _at_home(sample: bytes, codec: str) -> float:
    """The share of small letters, quotation marks and dashes among what is not ASCII and at a letter, in tenths."""
    found = _AT_LETTER.findall(sample.decode(codec, "replace"))
    return round(sum(char.islower() or char in _MARKS for char in found) / len(found), 1) if found else 1


def _judged(sample: bytes, codecs_asked: tuple[str, ...]) -> list[tuple[str, float, float]]:
    """For each encoding in which the sample is text, how odd it looks, and how much like a language, of 1."""
    from charset_normalizer import from_bytes

    matches = from_bytes(sample, cp_isolation=list(codecs_asked), threshold=_MESS)
    return [
        (codec, match.chaos, match.coherence)
        for match in matches
        for codec in match.could_be_from_charset
        if codec in codecs_asked
    ]
