"""Whether a text is a list of papers, each a title and an abstract below it, and how its lines are laid out.

Only positive signs count: the banner or the lines of metadata that a page of papers bears, or nearly all of the text
falling into titles and abstracts, again and again, that read like those of papers. The limits were measured on 20,000
papers of arXiv: 0.2% of the titles have fewer than three words and none ends in a full stop; all abstracts have 300
characters or more and 99.3% say one of ``_SAYS`` (see also the tests).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise

from kg.model import Paper, Reject
from kg.sources import huggingface_text, listing
from kg.sources.lines import LONGEST_LINE, Line, read_lines

__all__ = ["Layout", "layout_of", "read"]

_ENOUGH = 65_000  # bytes of a head that seems to be cut off: its last line and entry do not count
_LEAST_PAIRS = 2
_LEAST_SHARE = 0.75  # of entries that are whole, and of those that read like papers; taste
_TITLE_WORDS = (3, 40)
_ABSTRACT = (80, 10_000)  # characters; users write shorter ones than arXiv has
_SAYS = re.compile(
    r"\b(?:we|our|this (?:paper|work|study|article|survey|report|thesis|letter|research|review)|the (?:paper|authors)|"
    r"propos\w{1,10}|experiments?|results)\b",
    re.IGNORECASE,
)
_NO_TITLE_END = tuple(".;,{}()[]:=>")
_NARROWEST, _WIDEST = 40, 200  # characters of a line that was wrapped
_FULL = 0.6  # of the width: a line as long as that goes on in the next


@dataclass(frozen=True, slots=True)
class Layout:
    """How a page is written: at which width its lines were wrapped (0: not at all), whether titles then stand right
    above their abstracts, and whether it is a whole page of Hugging Face's, with what is around the papers there."""

    width: int = 0
    is_headed: bool = False
    page: huggingface_text.Page | None = None


def read(lines: Iterable[Line], source: str, layout: Layout) -> Iterator[Paper | Reject]:
    """The papers of a listing that is laid out so; see ``listing.read``."""
    if layout.page is not None:
        lines = huggingface_text.papers_part(lines, layout.page)
    return listing.read(_unwrapped(lines, layout), source)


def layout_of(head: str) -> Layout | None:
    """How the listing is laid out that begins so; None for a text that is none."""
    lines = list(read_lines(BytesIO(head.encode("utf-8", "replace"))))
    is_whole = len(head) < _ENOUGH
    if not is_whole:
        lines = lines[:-1]
    page = huggingface_text.page_of(lines)
    part = lines if page is None else list(huggingface_text.papers_part(lines, page))
    width = _width(part)
    headed = Layout(width, is_headed=True, page=page)
    wrapped = (headed,) if width and _is_headed(part, width) else (Layout(width, page=page),)
    for layout in dict.fromkeys((Layout(page=page), *wrapped)):
        rows = list(listing.read(_unwrapped(part, layout), "head"))
        if _is_list(rows if is_whole else rows[:-1], marked=page is not None or _has_metadata(part)):
            return layout
    return Layout(page=page) if page is not None else None


def _has_metadata(lines: list[Line]) -> bool:
    """Whether there are lines of metadata as only pages of papers have them: so many authors, a dot, a date."""
    return any(listing.AUTHORS.match(line.text.strip()) for line in lines)


def _is_list(rows: list[Paper | Reject], *, marked: bool) -> bool:
    papers = [row for row in rows if isinstance(row, Paper)]
    if len(papers) < _LEAST_SHARE * len(rows):
        return False
    if marked:
        return bool(papers)
    alike = sum(_reads_like_one(paper) for paper in papers)
    return len(papers) >= _LEAST_PAIRS and alike >= _LEAST_SHARE * len(papers)


def _reads_like_one(paper: Paper) -> bool:
    least, most = _TITLE_WORDS
    shortest, longest = _ABSTRACT
    return (
        least <= len(paper.title.split()) <= most
        and not paper.title.endswith(_NO_TITLE_END)
        and shortest <= len(paper.abstract) <= longest
        and _SAYS.search(paper.abstract) is not None
    )


def _width(lines: list[Line]) -> int:
    """The width at which lines were wrapped, or 0: hardly a line is longer, and those that go on come near to it."""
    lengths = [len(line.text.rstrip()) for line in lines]
    if sum(length > _WIDEST for length in lengths) > 0.05 * len(lengths):
        return 0
    going_on = [length for length, below in pairwise(lengths) if below and _NARROWEST <= length <= _WIDEST]
    width = max(going_on, default=0)
    return width if sum(length >= 0.8 * width for length in going_on) >= 0.6 * len(going_on) else 0


def _unwrapped(lines: Iterable[Line], layout: Layout) -> Iterable[Line]:
    """The lines with those joined that were one before they were wrapped, each at the line where it begins."""
    if not layout.width:
        return lines
    return _joined_blocks(lines, layout)


def _joined_blocks(lines: Iterable[Line], layout: Layout) -> Iterator[Line]:
    for block in _blocks(lines):
        if layout.is_headed and len(block) > 1:
            end = _title_end(block, layout.width)
            yield from (_joined(block[:end]), _joined(block[end:]))
            continue
        begin = 0
        for place, line in enumerate(block):
            if len(line.text.rstrip()) < _FULL * layout.width or place == len(block) - 1:
                yield _joined(block[begin : place + 1])
                begin = place + 1


def _blocks(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """The lines between those that are blank, which are left out; a damaged line is a block of its own."""
    block: list[Line] = []
    size = 0
    for line in lines:
        if block and (line.problem or not line.text.strip() or size > LONGEST_LINE):
            yield block
            block, size = [], 0
        if line.problem:
            yield [line]
        elif line.text.strip():
            block.append(line)
            size += len(line.text)
    if block:
        yield block


def _title_end(block: list[Line], width: int) -> int:
    """Where the title ends that a block begins with: at the first line that had room for the next word."""
    ends = (place for place, (line, below) in enumerate(pairwise(block), 1) if _has_room(line, below, width))
    return next(ends, 1)


def _has_room(line: Line, below: Line, width: int) -> bool:
    return len(line.text.rstrip()) + 1 + len(below.text.split(maxsplit=1)[0]) <= width


def _is_headed(lines: list[Line], width: int) -> bool:
    """Whether most blocks are a line or two with room at their end, and then more."""
    blocks = list(_blocks(lines))
    headed = sum(len(block) > 2 and _title_end(block, width) <= 2 and _has_break(block, width) for block in blocks)
    return headed >= 0.6 * len(blocks)


def _has_break(block: list[Line], width: int) -> bool:
    return any(_has_room(line, below, width) for line, below in pairwise(block[:3]))


def _joined(parts: list[Line]) -> Line:
    text = " ".join(part.text.strip() for part in parts)
    return parts[0]._replace(text=text, link=next((part.link for part in parts if part.link is not None), None))
