"""The lines of a PDF's pages as they stand there: words with their places, sizes and weights.

PDFium (https://pypdfium2.readthedocs.io) says where each character stands, in the order in which the page was written,
which is that of reading, column by column, in all but few papers.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

__all__ = ["PdfLine", "Word", "lines_of_page", "text_of"]

_MOST_CHARACTERS = 60_000  # of a page; the fullest have 12,000
_BOLD = re.compile(r"bold|black|heavy|semib|demi|medi(?!um)|CMB|-B\b|NimbusRomNo9L-Medi|\.B$", re.IGNORECASE)
_NAME = 128  # bytes of the name of a font
_WIDEST = 200  # points of a letter
_OTHER_SIZE = 0.12  # of a size: a larger difference parts what is raised from what it stands at
_GAP = 0.15  # of the size of letters: a wider one parts words
_LIGATURES = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st",
    0x00A0: " ", 0x2002: " ", 0x2003: " ", 0x0002: "-", 0xFFFE: "-", 0x00AD: "-",
}  # fmt: skip


@dataclass(slots=True)
class Word:
    """A word and where it stands, in points from the lower left of the page; ``glued`` where no gap parts it from the
    one before, which is set in another size."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    bold: bool = False
    glued: bool = False


@dataclass(slots=True)
class PdfLine:
    """A line of words; ``page`` is its number from 0."""

    page: int
    words: list[Word] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words with blanks between them."""
        return text_of(self.words)

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(word.right for word in self.words)

    @property
    def bottom(self) -> float:
        """How low most of it reaches."""
        return max(self.words, key=_length).bottom

    @property
    def size(self) -> float:
        """The size of most letters."""
        return max(self.words, key=_length).size

    @property
    def bold(self) -> bool:
        """Whether most of its letters are."""
        return sum(_length(word) for word in self.words if word.bold) * 2 > sum(map(_length, self.words))


def text_of(words: Iterable[Word]) -> str:
    """Words with blanks where gaps are."""
    return "".join(word.text if word.glued else f" {word.text}" for word in words).strip()


def lines_of_page(page: Any, number: int, raw: Any) -> Iterator[PdfLine]:
    """The lines of a page; those that are turned, as stamps in margins, are left out."""
    text = page.get_textpage()
    try:
        line: PdfLine | None = None
        for word in _words(text, raw):
            if line is not None and _goes_on(line.words[-1], word):
                line.words.append(word)
                continue
            if line is not None:
                yield line
            line = PdfLine(number, [word])
        if line is not None:
            yield line
    finally:
        text.close()


def _length(word: Word) -> int:
    return len(word.text)


def _goes_on(last: Word, word: Word) -> bool:
    """Whether a word stands on the line of the last one: beside it, raised or lowered by less than its height."""
    if word.left < last.right - 0.6 * max(last.size, word.size):
        return False
    overlap = min(last.top, word.top) - max(last.bottom, word.bottom)
    return overlap > 0.3 * min(last.top - last.bottom, word.top - word.bottom)


def _words(text: Any, raw: Any) -> Iterator[Word]:
    box = raw.FS_RECTF()
    word: Word | None = None
    said = 0.0  # the size of the word at hand as its font has it
    handle = text.raw
    for index in range(min(text.count_chars(), _MOST_CHARACTERS)):
        code = raw.FPDFText_GetUnicode(handle, index)
        letter = _LIGATURES.get(code) or (chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "")
        if not letter.strip() or not letter.isprintable():
            if word is not None and word.text:
                yield word
            word = None
            continue
        raw.FPDFText_GetLooseCharBox(handle, index, box)  # as wide as it is set, however narrow the letter
        if box.right - box.left > _WIDEST or abs(raw.FPDFText_GetCharAngle(handle, index)) > 0.1:
            continue
        size = raw.FPDFText_GetFontSize(handle, index)
        glued = word is not None and _belongs(word, box.left, box.bottom, box.top)
        if word is not None and not (glued and abs(size - said) <= _OTHER_SIZE * said):
            yield word
            word = None
        if word is None:
            said = size
            size *= _scale(handle, index, raw)
            bold = _is_bold(handle, index, raw)
            word = Word("", box.left, box.right, box.bottom, box.top, size, bold, glued)
        word.text += letter
        word.right = max(word.right, box.right)
        word.bottom, word.top = min(word.bottom, box.bottom), max(word.top, box.top)
    if word is not None and word.text:
        yield word


def _belongs(word: Word, left: float, bottom: float, top: float) -> bool:
    if not -1.0 * word.size <= left - word.right <= _GAP * max(word.size, 4):
        return False
    return min(word.top, top) - max(word.bottom, bottom) > -0.2 * word.size


def _scale(handle: Any, index: int, raw: Any) -> float:
    """How much larger a font is set than it says: some programs say 1 and enlarge the page."""
    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(handle, index, matrix):
        return 1.0
    return float(abs(matrix.d) or abs(matrix.b) or 1.0)


def _is_bold(handle: Any, index: int, raw: Any) -> bool:
    name = ctypes.create_string_buffer(_NAME)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(handle, index, name, _NAME, flags)
    return _BOLD.search(name.value.decode("utf-8", "replace").rpartition("+")[2]) is not None
