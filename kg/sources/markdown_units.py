"""Markdown as headings, list items, rows of tables and paragraphs, each with what belongs to it.

A heading has its paragraphs below it, an item what is indented under it; a paragraph that begins with a link to a paper
has those that follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kg.identifiers import arxiv_id, doi
from kg.sources.synonyms import column_of

__all__ = ["GENERIC", "LABEL", "Line", "Unit", "has_paper", "leads_to_paper", "units_of"]

_BEFORE_TITLE = 12  # characters, of a number or a mark
_SHOWN = 80  # characters of a line of which the link to a paper is most
_HOSTS = re.compile(
    r"https?://(?:www\.)?(?:openreview\.net/(?:forum|pdf)|aclanthology\.org/|(?:papers|proceedings)\.n(?:eur)?ips\.cc/|"
    r"proceedings\.mlr\.press/|openaccess\.thecvf\.com/|(?:www\.)?semanticscholar\.org/paper/|"
    r"(?:www\.)?(?:bio|med)rxiv\.org/content|dl\.acm\.org/doi|ieeexplore\.ieee\.org/|papers\.ssrn\.com/)",
    re.IGNORECASE,
)
GENERIC = re.compile(
    r"\W*(?:paper|pdf|arxiv|link|abs|abstract|html|doi|code|project(?: page)?|page|website|github|data|dataset|model|"
    r"video|slides|blog|demo|here|read|source|[\d.]{4,}(?:v\d+)?)\W*\Z",
    re.IGNORECASE,
)
"""Texts of links that say what is behind them, and not what it is called."""
LABEL = re.compile(r"\W{0,3}([A-Za-z][A-Za-z ();/-]{1,28}?)\s{0,3}[:\uff1a]\s{0,3}(.*)\Z", re.DOTALL)
"""A line that begins with the name of what it says."""
_TAG = re.compile(r"<[^<>]{0,1000}>")


@dataclass(slots=True)
class Line:
    """A line of text without its marks, and what stood in it."""

    text: str
    links: list[tuple[str, str]] = field(default_factory=list)  # (text, address)
    strong: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Unit:
    """A heading, an item, a row, or a paragraph that begins with a paper, and the paragraphs that belong to it."""

    number: int
    head: Line
    level: int = 0  # of a heading; 0 for all else
    paragraphs: list[list[Line]] = field(default_factory=list)
    holds_others: bool = False
    columns: dict[str, str] | None = None  # of a row

    @property
    def lines(self) -> list[Line]:
        """All lines below the first."""
        return [line for lines in self.paragraphs for line in lines]

    @property
    def links(self) -> list[tuple[str, str]]:
        """All links, those of the first line first."""
        return [*self.head.links, *(link for line in self.lines for link in line.links)]


def units_of(text: str) -> list[Unit]:
    """The units of a text, in its order."""
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
        self.units: list[Unit] = []
        self._owners: dict[int, Unit] = {}  # of list items
        self._open: list[Unit] = []  # headings, each below the one before
        self._current: Unit | None = None  # the heading or paragraph that what comes next is below
        self._label = ""  # what the next paragraph is, by the heading right above it

    def heading(self, number: int, level: int, head: Line) -> None:
        while self._open and self._open[-1].level >= level:
            self._open.pop()
        above = self._open[-1] if self._open else None
        if above is not None and above is self._current and column_of(head.text.strip(" :")):
            self._label = head.text.strip(" :")  # a section of its paper's own
            return
        self._label = ""
        if above is not None:
            above.holds_others = True
        self._current = Unit(number, head, level)
        self._open.append(self._current)
        self.units.append(self._current)

    def rule(self) -> None:
        if self._current is not None and not self._current.level:
            self._current = None

    def paragraph(self, number: int, lines: list[Line]) -> None:
        if _begins_with_paper(lines[0]):
            if self._current is not None and self._current.level:
                self._current.holds_others = True
            self._current = Unit(number, lines[0])
            self.units.append(self._current)
            lines = lines[1:]
        if self._label and lines:
            lines[0].text, self._label = f"{self._label}: {lines[0].text}", ""
        if self._current is not None and lines:
            self._current.paragraphs.append(lines)

    def item(self, number: int, items: Sequence[int], lines: list[Line]) -> None:
        owner = self._owners.get(items[-1])
        if owner is None:
            owner, lines = self._owner_of_new(number, items, lines)
            self._owners[items[-1]] = owner
        if lines:
            owner.paragraphs.append(lines)

    def _owner_of_new(self, number: int, items: Sequence[int], lines: list[Line]) -> tuple[Unit, list[Line]]:
        """Whose the lines of an item are that begins: those of the heading or item above, or its own."""
        outer = self._owners.get(items[-2]) if len(items) > 1 else self._current
        about = outer is not None and (len(items) > 1 or outer.level) and _is_about(lines)
        if outer is not None and len(items) > 1 and _begins_with_paper(lines[0]) and not has_paper(outer.head.links):
            outer.holds_others = True
        elif outer is not None and (about or len(items) > 1):
            return outer, lines
        unit = Unit(number, lines[0])
        self.units.append(unit)
        return unit, lines[1:]

    def table(self, tokens: Iterator[Token]) -> None:
        """Take the tokens of a table."""
        names: list[Line] = []
        cells: list[Line] = []
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


def _unit_of_row(number: int, names: list[Line], cells: list[Line]) -> Unit:
    columns: dict[str, str] = {}
    head = Line("")
    for name, cell in zip(names, cells, strict=False):
        head.links += cell.links
        if (column := column_of(name.text)) and cell.text:
            columns.setdefault(column, cell.text)
    head.text = columns.get("title", "")
    return Unit(number, head, columns=columns)


def _begins_with_paper(line: Line) -> bool:
    """Whether a line is the title of a paper, with a link to it, and little more."""
    link = next(iter(line.links), None)
    if link is None or GENERIC.match(link[0]) or not leads_to_paper(link):
        return False
    return line.text.find(link[0]) < _BEFORE_TITLE and 2 * len(link[0]) >= len(line.text[:_SHOWN])


def _is_about(lines: list[Line]) -> bool:
    """Whether an item says something of the paper above it: it has a label, or links of the usual names alone."""
    match = LABEL.match(lines[0].text[:200])
    if match and (column_of(match.group(1)) or GENERIC.match(match.group(1))):
        return True
    rest = lines[0].text
    for text, _ in lines[0].links:
        rest = rest.replace(text, "", 1) if GENERIC.match(text) else rest
    return bool(lines[0].links) and not re.search(r"\w", rest)


def has_paper(links: list[tuple[str, str]]) -> bool:
    """Whether one of some links leads to a paper."""
    return any(map(leads_to_paper, links))


def _lines_of_html(content: str) -> list[Line]:
    """Text in a block of HTML; what folds open there is labelled by what it says when it is folded."""
    parts = re.split(r"</summary>", content, maxsplit=1, flags=re.IGNORECASE)
    text = ": ".join(" ".join(_TAG.sub(" ", part).split()) for part in parts)
    return [Line(text)] if text.strip(" :") else []


def _whole(token: Token) -> Line:
    """An inline token as one line."""
    lines = _lines(token)
    return Line(
        " ".join(line.text for line in lines),
        [link for line in lines for link in line.links],
        [text for line in lines for text in line.strong],
        [text for line in lines for text in line.codes],
    )


def _lines(token: Token) -> list[Line]:
    """The lines of an inline token, without those that hold nothing."""
    lines = [Line("")]
    link: tuple[str, int] | None = None
    strong: int | None = None
    for child in token.children or []:
        line = lines[-1]
        if child.type in ("softbreak", "hardbreak") and link is None and strong is None:
            lines.append(Line(""))
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


def leads_to_paper(link: tuple[str, str]) -> bool:
    """Whether a link, text and address, leads to where papers are."""
    address = link[1][:2000]
    return _HOSTS.match(address) is not None or (
        "://" in address and (arxiv_id(address) is not None or doi(address) is not None)
    )
