"""What the lines of a PDF are: title, abstract and text, without what repeats on pages and numbers of lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from kg.sources.fulltext.pdf_lines import PdfLine, text_of
from kg.sources.fulltext.pdf_tables import is_row

__all__ = ["Layout", "continues", "heading_of", "layout_of", "without_breaks"]

_MARGIN = 0.09  # of the height of a page, above and below
_REPEATED = 3  # pages
_ABSTRACT = re.compile(r"\s?(?:abstract|a b s t r a c t|summary)\s?[:.\u2014\u2013-]{0,2}(?:\s|\Z)", re.IGNORECASE)
_BEGINS = re.compile(
    r"(?:(?:1|I)[.\s]{1,3})?\s?(?:introduction|i n t r o d u c t i o n|keywords?\b|key words|index terms|ccs concepts|"
    r"categories and subject|acm reference|general terms|contents\b)",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"(?:(\d{1,2}(?:\.\d{1,2}){0,3})\.?|([A-Z](?:\.\d{1,2}){0,3})\.?|([IVX]{1,5})\.)\s{1,3}(?=[^\W\d_a-z])"
)
_KNOWN = re.compile(
    r"(?:abstract|introduction|related works?|background|methods?|methodology|approach|experiments?|results|discussion|"
    r"conclusions?(?: and future work)?|acknowledge?ments?|references|bibliography|appendix|appendices|limitations|"
    r"ethics statement|broader impacts?|supplementary materials?|reproducibility statement)\W{0,2}\Z",
    re.IGNORECASE,
)
_LONGEST_HEADING = 90  # characters
_LARGER = 1.08  # of the size of the text
_STAMPS = re.compile(
    r"arxiv:|published (?:as|in)|under review|proceedings of|preprint|journal of|accepted|vol\.|https?:", re.I
)
_SHORTEST_LINE = 40  # characters of an abstract's
_FEWEST_LINES = 4
_FEWEST_NUMBERS = 15  # of lines, one after the other, that tell a draft
_MARKS = re.compile(r"[\d*†‡§¶∗♠♢♡♣♦✉\u0370-\u03ff]{1,9}")
_HYPHEN = re.compile(r"([^\W\d_]{2,})-\Z")


@dataclass(slots=True)
class Layout:
    """A document in its parts; ``size`` is that of its text, ``words`` are all that occur in it."""

    title: str = ""
    byline: str = ""
    abstract: str = ""
    lines: list[PdfLine] = field(default_factory=list)
    size: float = 10.0
    words: frozenset[str] = frozenset()


def layout_of(lines: Sequence[PdfLine], heights: Sequence[float]) -> Layout:
    """The parts of a document from its lines, page by page."""
    kept = list(_without_numbers(_without_repeated(lines, heights)))
    layout = Layout(
        size=_usual_size(kept),
        words=frozenset(word.text.strip(",.;:()").lower() for line in kept for word in line.words),
    )
    first = [line for line in kept if line.page == 0]
    title = _title(first, layout.size)
    if not title:
        layout.lines = kept
        return layout
    layout.title = without_breaks([line.text for line in title], layout.words)
    rest = kept[kept.index(title[-1]) + 1 :]
    begin = next((place for place, line in enumerate(rest[:200]) if _ABSTRACT.match(line.text)), None)
    end = next(
        (place for place, line in enumerate(rest[:400]) if _BEGINS.match(line.text) and place > (begin or 0)), None
    )
    if begin is not None:
        end = begin + 60 if end is None or end < begin else end
        own = _ABSTRACT.sub("", rest[begin].text, count=1)
        abstract = [own, *(line.text for line in rest[begin + 1 : end] if not _is_footnote(line, layout))]
        layout.abstract = without_breaks([text for text in abstract if text], layout.words)
        layout.byline = "\n".join(_names_of(line) for line in rest[:begin])
    elif end is not None:  # one without a heading: long lines before what follows an abstract
        last = rest[max(end - 2, 0)]
        begin = next((place + 1 for place in range(end - 2, -1, -1) if not _is_like(rest[place], last)), 0)
        begin = begin if end - begin >= _FEWEST_LINES else end
        layout.abstract = without_breaks([line.text for line in rest[begin:end]], layout.words)
        layout.byline = "\n".join(_names_of(line) for line in rest[: min(begin, 40)])
    layout.lines = rest[end or begin or 0 :]
    return layout


def heading_of(line: PdfLine, size: float) -> tuple[int, str] | None:
    """How deep a heading is and what it says, if the line is one: set apart from the text, and numbered or known."""
    text = line.text
    if len(text) > _LONGEST_HEADING or text.endswith((",", ";")) or _is_of_cells(line):
        return None
    apart = line.bold or line.size > _LARGER * size or text.isupper() or _is_small_capitals(line)
    match = _HEADING.match(text)
    if match and apart:
        number = match.group(1) or match.group(2) or "I"
        return number.count(".") + 1, text[match.end() :]
    return (1, text) if apart and _KNOWN.match(text) else None


def _is_of_cells(line: PdfLine) -> bool:
    """Whether a line is one of heads or numbers, as tables have them, rather than of words."""
    return sum(len(word.text) < 3 or word.text[0].isdigit() for word in line.words[1:]) * 2 > len(line.words)


def continues(heading: PdfLine, line: PdfLine) -> bool:
    """Whether a heading goes on in the next line, which is set as it is."""
    alike = heading.bold and line.bold and abs(line.size - heading.size) < 0.3 and heading.page == line.page
    return alike and 0 < heading.bottom - line.bottom < 1.6 * line.size and not _HEADING.match(line.text)


def without_breaks(lines: Sequence[str], words: frozenset[str]) -> str:
    """Lines as one text; a word that was parted at the end of one is whole again, if it occurs so or nowhere."""
    text = ""
    for line in lines:
        if (match := _HYPHEN.search(text[-60:])) and line[:1].islower():
            begin, end = match.group(1), re.split(r"[^\w'’]", line, maxsplit=1)[0]
            both = f"{begin}-{end}".lower()
            text = (text if both in words and both.replace("-", "") not in words else text[:-1]) + line
        else:
            text += f" {line}" if text else line
    return " ".join(text.split())


def _without_repeated(lines: Sequence[PdfLine], heights: Sequence[float]) -> Iterator[PdfLine]:
    """The lines without those at the edges of pages that stand on several, and without numbers of pages."""
    pages: Counter[str] = Counter()
    for _, page in groupby(lines, key=lambda line: line.page):
        pages.update({_folded(line) for line in page if _is_at_edge(line, heights)})
    for line in lines:
        if not _is_at_edge(line, heights) or (
            pages[_folded(line)] < _REPEATED and not re.fullmatch(r"\W{0,3}(?:\d{1,5}|[ivxl]{1,6})\W{0,3}", line.text)
        ):
            yield line


def _is_at_edge(line: PdfLine, heights: Sequence[float]) -> bool:
    height = heights[line.page]
    return not _MARGIN * height < line.bottom < (1 - _MARGIN) * height


def _folded(line: PdfLine) -> str:
    return re.sub(r"\d+", "0", line.text)


def _without_numbers(lines: Iterator[PdfLine]) -> Iterator[PdfLine]:
    """The lines without the numbers that drafts have in their margins, a line each or before each."""
    for _, group in groupby(lines, key=lambda line: line.page):
        page = list(group)
        values = [number for line in page if (number := _number_of(line)) is not None]
        rising = sum(after - before == 1 for before, after in pairwise(values))
        is_draft = rising >= _FEWEST_NUMBERS and rising >= 0.6 * len(values)
        for line in page:
            if not is_draft or _number_of(line) is None:
                yield line
            elif len(line.words) > 1:
                yield PdfLine(line.page, line.words[1:])


def _number_of(line: PdfLine) -> int | None:
    """The number that a line is, or begins with, apart from the rest."""
    first, *rest = line.words
    apart = not rest or rest[0].left - first.right > 0.8 * first.size
    return int(first.text) if apart and re.fullmatch(r"\d{1,4}", first.text, re.ASCII) else None


def _usual_size(lines: Sequence[PdfLine]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return max(sizes.items(), key=lambda each: (each[1], each[0]), default=(10.0, 0))[0]


def _title(lines: Sequence[PdfLine], size: float) -> list[PdfLine]:
    """The largest lines before the abstract on the first page, one after the other; else those that are bold."""
    end = next((place for place, line in enumerate(lines) if _ABSTRACT.match(line.text)), min(len(lines), 40))
    found = [
        line
        for line in lines[:end]
        if len(line.text) > 3 and not _STAMPS.match(line.text) and any(map(str.isalpha, line.text))
    ]
    if not found:
        return []
    wanted = max((line.size for line in found if len(line.text) > 8), default=0.0)
    title: list[PdfLine] = []
    for line in found:
        fits = line.size > 0.93 * wanted if wanted > size * 1.02 else line.bold and not is_row(line)
        if fits:
            title.append(line)
        elif title:
            break
    return title[:8]


def _names_of(line: PdfLine) -> str:
    """A line of names without the marks behind them, which are smaller."""
    words = (word if word.size > 0.8 * line.size else replace(word, text=",") for word in line.words)
    return _MARKS.sub(",", text_of(words))


def _is_like(line: PdfLine, other: PdfLine) -> bool:
    return len(line.text) >= _SHORTEST_LINE and abs(line.size - other.size) < 0.3


def _is_footnote(line: PdfLine, layout: Layout) -> bool:
    return line.size < 0.88 * layout.size


def _is_small_capitals(line: PdfLine) -> bool:
    letters = [letter for letter in line.text if letter.isalpha()]
    return len(letters) > 3 and all(map(str.isupper, letters))
