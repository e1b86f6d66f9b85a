"""Tables of HTML, as pages, JATS and converters write them: rows of ``tr`` with ``td`` and ``th``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

from kg.sources.fulltext.grids import Entry, GridRow
from kg.sources.fulltext.inline import Lift, Role, RoleOf, read_inline
from kg.sources.xmltext import local

__all__ = ["fragment_of", "html_role", "outermost_tables", "rows_of", "source_of", "span_of"]

_GROUPS = frozenset(("thead", "tbody", "tfoot"))
_LONGEST_SOURCE = 500  # characters of a cell that is kept verbatim
_NAMESPACE = re.compile(r"\sxmlns(?::\w{1,20})?=\"[^\"]{0,200}\"|(?<=<)ns\d{1,3}:|(?<=</)ns\d{1,3}:")
_INDENT = re.compile(r"(?:padding|margin)-left:\s{0,3}(\d{1,3}(?:\.\d{1,4})?)(em|ex|pt|px)")
_UNITS = {"em": 1.0, "ex": 0.5, "pt": 0.1, "px": 0.08}


_BLOCKS = frozenset("p br div li tr td th".split())
_SKIPPED = frozenset("script style img svg".split())
_LIFTS = {"sup": Lift.UP, "sub": Lift.DOWN}


def rows_of(table: Any, role_of: RoleOf, *, grouped: bool = False) -> Iterator[GridRow]:
    """The rows of a table; with ``grouped`` a line is drawn between its groups, as publishers set them.

    A row that holds nothing but a line across (``<hr/>``) is that line.
    """
    head = False
    begins = False
    for row, group in _rows(table):
        in_head = group is not None and local(group.tag) == "thead"
        begins = begins or (grouped and group is not None and group[0] is row and (head or local(group.tag) != "thead"))
        head = head or in_head
        cells = [each for each in row if isinstance(each.tag, str) and local(each.tag) in ("td", "th")]
        if cells and all(_is_line(each) for each in cells):
            begins = True
            continue
        yield GridRow([_entry(each, in_head, role_of) for each in cells], ruled=begins)
        begins = False


def html_role(element: Any, parent: Any, number: int) -> Role:
    """What an element of HTML is in a text."""
    del parent, number
    name = local(element.tag)
    if name in _SKIPPED:
        return Role(skip=True)
    if name == "cite":
        return Role(cited=True)
    bold = True if name in ("b", "strong") else None
    return Role(block=name in _BLOCKS, bold=bold, lift=_LIFTS.get(name, Lift.NONE))


def fragment_of(text: str) -> Any:
    """A piece of HTML in an element around it; None where it is none that can be read."""
    from lxml import etree, html

    try:
        return html.fragment_fromstring(text, create_parent="div", parser=html.HTMLParser(huge_tree=False))
    except (etree.LxmlError, ValueError):
        return None


def outermost_tables(root: Any) -> Iterator[Any]:
    """The tables in an element, but for those in cells of others, whose text is that of the cell."""
    waiting = [iter(root)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif isinstance(child.tag, str) and local(child.tag) == "table":
            yield child
        else:
            waiting.append(iter(child))


def source_of(cell: Any) -> str:
    """A cell verbatim, where it holds more than text and is of a length to be kept."""
    if not len(cell) or sum(1 for _ in zip(cell.iter(), range(40), strict=False)) >= 40:
        return ""
    pieces = (
        [cell.text or "", *(ElementTree.tostring(each, "unicode") for each in cell)] if _is_plain(cell) else _lxml(cell)
    )
    source = _NAMESPACE.sub("", "".join(pieces)).strip()
    return source if len(source) <= _LONGEST_SOURCE else ""


def span_of(value: str | None) -> int:
    """How many rows or columns an attribute says; 1 where it says nothing that makes sense."""
    text = (value or "").strip()
    return max(1, int(text[:9])) if text.isascii() and text.isdigit() else 1


def _rows(table: Any) -> Iterator[tuple[Any, Any]]:
    for child in table:
        name = local(child.tag) if isinstance(child.tag, str) else ""
        if name == "tr":
            yield child, None
        elif name in _GROUPS:
            for row in child:
                if isinstance(row.tag, str) and local(row.tag) == "tr":
                    yield row, child


def _entry(cell: Any, in_head: bool, role_of: RoleOf) -> Entry:
    inline = read_inline(cell, role_of, cell=True)
    if not inline.indent and (match := _INDENT.search(cell.get("style") or "")):
        inline = replace(inline, indent=round(float(match.group(1)) * _UNITS[match.group(2)]))
    return Entry(
        inline,
        span_of(cell.get("rowspan")),
        span_of(cell.get("colspan")),
        head=in_head or local(cell.tag) == "th",
        source=source_of(cell),
    )


def _is_line(cell: Any) -> bool:
    return len(cell) == 1 and local(str(cell[0].tag)) == "hr" and not (cell.text or "").strip()


def _is_plain(cell: Any) -> bool:
    return isinstance(cell, ElementTree.Element)


def _lxml(cell: Any) -> list[str]:
    from lxml import etree

    return [cell.text or "", *(etree.tostring(each, encoding="unicode", method="html") for each in cell)]
