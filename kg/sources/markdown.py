"""Digests of papers in Markdown: headings, list items or rows of tables that name a paper each.

A paper is told by a link to where papers are, or by a label that says that its abstract follows. A heading has its
paper's paragraphs below it, an item what is indented under it. A page in which most headings, items and rows are no
papers is no digest, however many it mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kg.errors import SourceError
from kg.identifiers import arxiv_id, doi
from kg.model import Paper, Reject
from kg.sources.fields import RecordError, make_paper
from kg.sources.synonyms import column_of

__all__ = ["LONGEST_PAGE", "detect", "read"]

LONGEST_PAGE = 8_000_000
"""Bytes: a year of daily digests takes about 5 million."""

_LEAST_SHARE = 0.6  # of headings, items and rows that must be papers; taste
_MOST_UNREADABLE = 0.25  # of papers whose title cannot be told; taste
_PROSE = 80  # characters of a paragraph that is an abstract, if it says no less
_BEFORE_TITLE = 12  # characters, of a number or a mark
_LEAST_WORDS = 3  # of a title: see kg.sources.layout
_HOSTS = re.compile(
    r"https?://(?:www\.)?(?:openreview\.net/(?:forum|pdf)|aclanthology\.org/|(?:papers|proceedings)\.n(?:eur)?ips\.cc/|"
    r"proceedings\.mlr\.press/|openaccess\.thecvf\.com/|(?:www\.)?semanticscholar\.org/paper/|"
    r"(?:www\.)?(?:bio|med)rxiv\.org/content|dl\.acm\.org/doi|ieeexplore\.ieee\.org/|papers\.ssrn\.com/)",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"\W*(?:paper|pdf|arxiv|link|abs|abstract|html|doi|code|project(?: page)?|page|website|github|data|dataset|model|"
    r"video|slides|blog|demo|here|read|source|[\d.]{4,}(?:v\d+)?)\W*\Z",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\W{0,3}([A-Za-z][A-Za-z ();/-]{1,28}?)\s{0,3}[:\uff1a]\s{0,3}(.*)\Z", re.DOTALL)
_ABSTRACT = re.compile(
    r"\W{0,3}(?:paper )?(?:abstract|summary)\s{0,3}[:\uff1a]\s{0,3}(.*)\Z", re.DOTALL | re.IGNORECASE
)
_NUMBER = re.compile(r"\s{0,3}(?:\[?\d{1,4}[\].)]\s{1,3}|#\d{1,4}\s{1,3})")
_DATE = re.compile(
    r"\W{0,4}(\d{4}-\d\d(?:-\d\d)?|\d{1,2} [A-Z][a-z]{2,8} \d{4}|[A-Z][a-z]{2,8} \d{1,2}, \d{4})\W{0,3}\Z"
)
_WRITERS = re.compile(
    r"\s{0,3}(?:[\u270d\U0001f464\U0001f465\U0001f9d1\U0001f4dd]\ufe0f?\s{0,3}|(?i:by)\s{1,3})(.{2,2000})"
)
_CATEGORY = re.compile(r"[a-z-]{2,12}(?:\.[A-Za-z-]{2,10})?\Z")
_TAG = re.compile(r"<[^<>]{0,1000}>")
_SENTENCE_END = re.compile(r"[.!?\u2026\u3002]\W{0,3}\Z")


@dataclass(slots=True)
class _Line:
    """A line of text without its marks, and what stood in it."""

    text: str
    links: list[tuple[str, str]] = field(default_factory=list)  # (text, address)
    strong: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Unit:
    """A heading, an item, a row, or a paragraph that begins with a paper, and the paragraphs that belong to it."""

    number: int
    head: _Line
    level: int = 0  # of a heading; 0 for all else
    paragraphs: list[list[_Line]] = field(default_factory=list)
    holds_others: bool = False
    columns: dict[str, str] | None = None  # of a row

    @property
    def lines(self) -> list[_Line]:
        """All lines below the first."""
        return [line for lines in self.paragraphs for line in lines]

    @property
    def links(self) -> list[tuple[str, str]]:
        """All links, those of the first line first."""
        return [*self.head.links, *(link for line in self.lines for link in line.links)]


def detect(head: str) -> bool:
    """Whether a text that begins so is a digest of papers."""
    if "](" not in head and "**" not in head and "\n[" not in head:
        return False
    return _papers(_units(head)) is not None


def read(stream: BinaryIO, source: str) -> Iterator[Paper | Reject]:
    """One paper or reject for each paper that the page names, at the line on which it begins.

    Raises:
        SourceError: the page is too long to be one, or is no digest once all of it is seen.
    """
    data = stream.read(LONGEST_PAGE + 1)
    if len(data) > LONGEST_PAGE:
        raise SourceError(f"{source}: is longer than {LONGEST_PAGE:,} bytes, which no digest of papers is; part it")
    units = _papers(_units(data.decode("utf-8", "replace")))
    if units is None:
        raise SourceError(f"{source}: is Markdown in which most is no paper; keep the part that lists the papers")
    for unit in units:
        try:
            yield _paper(unit, f"{source}:{unit.number}")
        except RecordError as error:
            yield Reject(source, unit.number, str(error))


# From Markdown to headings, items and rows


def _units(text: str) -> list[_Unit]:
    folder = _Folder()
    items: list[int] = []
    tokens = iter(MarkdownIt("commonmark").enable("table").parse(text))
    for token in tokens:
        match token.type:
            case "heading_open":
                folder.heading(_number(token), int(token.tag[1:]), _whole(next(tokens)))
            case "list_item_open":
                items.append(id(token))
            case "list_item_close":
                items.pop()
            case "table_open":
                folder.table(tokens)
            case "hr":
                folder.rule()
            case "inline" | "html_block":
                lines = _lines(token) if token.type == "inline" else _lines_of_html(token.content)
                if lines and items:
                    folder.item(_number(token), items, lines)
                elif lines:
                    folder.paragraph(_number(token), lines)
    return folder.units


class _Folder:
    """Puts each paragraph to what it belongs to."""

    def __init__(self) -> None:
        self.units: list[_Unit] = []
        self._owners: dict[int, _Unit] = {}  # of list items
        self._open: list[_Unit] = []  # headings, each below the one before
        self._current: _Unit | None = None  # the heading or paragraph that what comes next is below
        self._label = ""  # what the next paragraph is, by the heading right above it

    def heading(self, number: int, level: int, head: _Line) -> None:
        while self._open and self._open[-1].level >= level:
            self._open.pop()
        above = self._open[-1] if self._open else None
        if above is not None and above is self._current and column_of(head.text.strip(" :")):
            self._label = head.text.strip(" :")  # a section of its paper's own
            return
        self._label = ""
        if above is not None:
            above.holds_others = True
        self._current = _Unit(number, head, level)
        self._open.append(self._current)
        self.units.append(self._current)

    def rule(self) -> None:
        if self._current is not None and not self._current.level:
            self._current = None

    def paragraph(self, number: int, lines: list[_Line]) -> None:
        if _begins_with_paper(lines[0]):
            if self._current is not None and self._current.level:
                self._current.holds_others = True
            self._current = _Unit(number, lines[0])
            self.units.append(self._current)
            lines = lines[1:]
        if self._label and lines:
            lines[0].text, self._label = f"{self._label}: {lines[0].text}", ""
        if self._current is not None and lines:
            self._current.paragraphs.append(lines)

    def item(self, number: int, items: Sequence[int], lines: list[_Line]) -> None:
        owner = self._owners.get(items[-1])
        if owner is None:
            owner, lines = self._owner_of_new(number, items, lines)
            self._owners[items[-1]] = owner
        if lines:
            owner.paragraphs.append(lines)

    def _owner_of_new(self, number: int, items: Sequence[int], lines: list[_Line]) -> tuple[_Unit, list[_Line]]:
        """Whose the lines of an item are that begins: those of the heading or item above, or its own."""
        outer = self._owners.get(items[-2]) if len(items) > 1 else self._current
        about = outer is not None and (len(items) > 1 or outer.level) and _is_about(lines)
        if outer is not None and len(items) > 1 and _begins_with_paper(lines[0]) and not _has_paper(outer.head.links):
            outer.holds_others = True
        elif outer is not None and (about or len(items) > 1):
            return outer, lines
        unit = _Unit(number, lines[0])
        self.units.append(unit)
        return unit, lines[1:]

    def table(self, tokens: Iterator[Token]) -> None:
        """Take the tokens of a table."""
        names: list[_Line] = []
        cells: list[_Line] = []
        number = 1
        for token in tokens:
            if token.type == "table_close":
                return
            if token.type == "tr_open":
                number, cells = _number(token), []
            elif token.type == "inline":
                cells.append(_whole(token))
            elif token.type == "tr_close" and not names:
                names = cells
            elif token.type == "tr_close":
                self.units.append(_unit_of_row(number, names, cells))


def _number(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def _unit_of_row(number: int, names: list[_Line], cells: list[_Line]) -> _Unit:
    columns: dict[str, str] = {}
    head = _Line("")
    for name, cell in zip(names, cells, strict=False):
        head.links += cell.links
        if (column := column_of(name.text)) and cell.text:
            columns.setdefault(column, cell.text)
    head.text = columns.get("title", "")
    return _Unit(number, head, columns=columns)


def _begins_with_paper(line: _Line) -> bool:
    """Whether a line is the title of a paper, with a link to it, and little more."""
    link = next(iter(line.links), None)
    if link is None or _GENERIC.match(link[0]) or not _leads_to_paper(link):
        return False
    return line.text.find(link[0]) < _BEFORE_TITLE and 2 * len(link[0]) >= len(line.text[:_PROSE])


def _is_about(lines: list[_Line]) -> bool:
    """Whether an item says something of the paper above it: it has a label, or links of the usual names alone."""
    match = _LABEL.match(lines[0].text[:200])
    if match and (column_of(match.group(1)) or _GENERIC.match(match.group(1))):
        return True
    rest = lines[0].text
    for text, _ in lines[0].links:
        rest = rest.replace(text, "", 1) if _GENERIC.match(text) else rest
    return bool(lines[0].links) and not re.search(r"\w", rest)


def _has_paper(links: list[tuple[str, str]]) -> bool:
    return any(map(_leads_to_paper, links))


def _lines_of_html(content: str) -> list[_Line]:
    """Text in a block of HTML; what folds open there is labelled by what it says when it is folded."""
    parts = re.split(r"</summary>", content, maxsplit=1, flags=re.IGNORECASE)
    text = ": ".join(" ".join(_TAG.sub(" ", part).split()) for part in parts)
    return [_Line(text)] if text.strip(" :") else []


def _whole(token: Token) -> _Line:
    """An inline token as one line."""
    lines = _lines(token)
    return _Line(
        " ".join(line.text for line in lines),
        [link for line in lines for link in line.links],
        [text for line in lines for text in line.strong],
        [text for line in lines for text in line.codes],
    )


def _lines(token: Token) -> list[_Line]:
    """The lines of an inline token, without those that hold nothing."""
    lines = [_Line("")]
    link: tuple[str, int] | None = None
    strong: int | None = None
    for child in token.children or []:
        line = lines[-1]
        if child.type in ("softbreak", "hardbreak") and link is None and strong is None:
            lines.append(_Line(""))
        elif child.type in ("softbreak", "hardbreak"):
            line.text += " "
        elif child.type in ("text", "code_inline"):
            line.text += child.content
            line.codes += [child.content] if child.type == "code_inline" else []
        elif child.type == "link_open":
            link = str(child.attrGet("href") or ""), len(line.text)
        elif child.type == "link_close" and link is not None:
            line.links.append((line.text[link[1] :].strip(), link[0]))
            link = None
        elif child.type == "strong_open":
            strong = len(line.text)
        elif child.type == "strong_close" and strong is not None:
            line.strong.append(line.text[strong:].strip())
            strong = None
    for line in lines:
        line.text = " ".join(line.text.split())
    return [line for line in lines if line.text or line.links]


# Which of them are papers


def _papers(units: list[_Unit]) -> list[_Unit] | None:
    """The units that are papers; None if this is no digest."""
    found = [unit for unit in units if _is_paper(unit)]
    others = sum(not _is_paper(unit) and _counts(unit) for unit in units)
    unreadable = sum(_title(unit) is None for unit in found)
    labelled = any(_abstract(unit)[1] for unit in found)
    if len(found) < (1 if labelled else 2) or len(found) < _LEAST_SHARE * (len(found) + others):
        return None
    return found if unreadable <= _MOST_UNREADABLE * len(found) else None


def _is_paper(unit: _Unit) -> bool:
    if unit.holds_others:
        return False
    if _has_paper(unit.head.links):
        return True
    if unit.columns is not None:
        return "title" in unit.columns and "abstract" in unit.columns
    text, is_labelled = _abstract(unit)
    return is_labelled or (_has_paper(unit.links) and bool(text or not unit.level))


def _counts(unit: _Unit) -> bool:
    """Whether a unit that is no paper speaks against a digest: headings above others and ways about the page do not."""
    to_self = any(address.startswith("#") for _, address in unit.head.links)
    return not unit.holds_others and not to_self and (not unit.level or bool(unit.paragraphs))


def _leads_to_paper(link: tuple[str, str]) -> bool:
    address = link[1][:2000]
    return _HOSTS.match(address) is not None or (
        "://" in address and (arxiv_id(address) is not None or doi(address) is not None)
    )


def _title(unit: _Unit) -> str | None:
    """What a unit calls its paper; None if that cannot be told from what else it says."""
    head = unit.head
    if unit.columns is not None:
        return unit.columns.get("title")
    linked = [text for text, address in head.links if not _GENERIC.match(text) and _leads_to_paper((text, address))]
    named = linked or [text for text in head.strong if not _GENERIC.match(text)]
    if not named and unit.level:
        named = [head.text]
    if not named and unit.links:
        # Text, and then links: all of the text, if it is one thing.
        end = head.text.find(head.links[0][0]) if head.links else len(head.text)
        before = head.text[: max(end, 0)].strip(" -\u2013\u2014:|[(,.")
        named = [before] if not re.search(r"[.?!] \w|\bet al\b", before) else []
    title = _NUMBER.sub("", named[0], count=1).strip(' *[]\u201c\u201d"') if named else ""
    return title if unit.level or len(title.split()) >= _LEAST_WORDS else None


def _labels(unit: _Unit) -> Iterator[tuple[str, str]]:
    """What lines say of themselves: the column that a label names, and the text behind it."""
    for line in unit.lines:
        if (match := _LABEL.match(line.text[:20_000])) and (column := column_of(match.group(1))):
            yield column, match.group(2)


def _abstract(unit: _Unit) -> tuple[str, bool]:
    """The abstract, and whether a label says that it is one."""
    if unit.columns is not None:
        return unit.columns.get("abstract", ""), False
    labelled: list[str] | None = None
    prose: list[str] = []
    goes_on = False  # whether the paragraphs of a labelled abstract may go on
    for lines in unit.paragraphs:
        text = " ".join(line.text for line in lines)
        begin = next((place for place, line in enumerate(lines) if _ABSTRACT.match(line.text)), None)
        if begin is not None:
            first = _ABSTRACT.sub(r"\1", lines[begin].text)
            labelled, goes_on = [" ".join([first, *(line.text for line in lines[begin + 1 :])]).strip()], True
        elif labelled is not None:
            goes_on = goes_on and (labelled == [""] or _reads_as_prose(text))
            labelled += [text] if goes_on else []
        elif _reads_as_prose(text):
            prose.append(text)
    if labelled is not None and (found := "\n".join(filter(None, labelled))):
        return found, True
    return "\n".join(prose) or _behind(unit), False


def _reads_as_prose(text: str) -> bool:
    return len(text) >= _PROSE and _SENTENCE_END.search(text) is not None and _LABEL.match(text[:60]) is None


def _behind(unit: _Unit) -> str:
    """The prose behind an item's title, on the same line."""
    title = _title(unit)
    if unit.level or not title:
        return ""
    rest = unit.head.text.partition(title)[2].lstrip(" -\u2013\u2014:.)]*")
    return rest if _reads_as_prose(rest) else ""


def _paper(unit: _Unit, origin: str) -> Paper:
    title = _title(unit)
    if title is None:
        raise RecordError(f"names no title that can be told from the rest: {unit.head.text[:60]!r}")
    known = dict(unit.columns or {})
    for column, text in _labels(unit):
        known.setdefault(column, text)
    for column, text in _byline(unit):
        known.setdefault(column, text)
    described: dict[str, Any] = {
        key: text for key, text in known.items() if key not in ("title", "abstract", "identifier", "date")
    }
    papers = [address for text, address in unit.links if _leads_to_paper((text, address))]
    return make_paper(
        origin,
        title,
        _abstract(unit)[0],
        identifiers=[*papers, known.get("identifier", "")],
        dates=[known["date"]] if "date" in known else [],
        urls=papers,
        **described,
    )


def _byline(unit: _Unit) -> Iterator[tuple[str, str]]:
    """What short lines without labels say: a day, who wrote it (behind a sign), categories set as code."""
    for line in unit.lines:
        if _reads_as_prose(line.text):
            continue
        if line.codes and all(map(_CATEGORY.match, line.codes)):
            yield "categories", "; ".join(line.codes)
        for part in re.split(r"[\u00b7|\u2022]", line.text[:2_000]):
            if match := _DATE.match(part):
                yield "date", match.group(1)
            elif match := _WRITERS.match(part):
                yield "authors", match.group(1).strip()
