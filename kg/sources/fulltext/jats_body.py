"""The text of articles in JATS: sections, tables of XHTML or CALS, footnotes, appendices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.sources.fulltext.body import BodyWriter
from kg.sources.fulltext.cals import cals_rows
from kg.sources.fulltext.captions import read_caption
from kg.sources.fulltext.grids import GridRow, lay_out
from kg.sources.fulltext.htmlcells import outermost_tables, rows_of
from kg.sources.fulltext.inline import PLAIN, Lift, Role, joined, read_inline
from kg.sources.fulltext.mathml import math_role
from kg.sources.xmltext import Element, local
from kg.text.reading import render

__all__ = ["write_body"]

_FLOATS = frozenset("table-wrap table-wrap-group fig fig-group boxed-text supplementary-material media array".split())
_APART = frozenset((*_FLOATS, "list", "def-list", "disp-quote", "verse-group"))
_CONTAINERS = frozenset(
    "list list-item def-list def-item def disp-quote boxed-text app-group verse-group glossary".split()
)
_PARAGRAPHS = frozenset("p disp-formula disp-formula-group verse-line term speech attrib".split())
_SKIPPED = frozenset(
    "label object-id graphic inline-graphic alt-text ref-list media inline-supplementary-material".split()
)
_BLOCKS = frozenset("p break disp-formula list-item td th tr entry list title".split())
_MOVED = {"sup": Lift.UP, "sub": Lift.DOWN}
_TEX = frozenset(("tex-math", "texmath"))
_LONGEST_TEX = 2_000  # characters
_MOST_ALTERNATIVES = 10
_MARKS = frozenset(("fn", "table-fn", "author-notes"))


def write_body(article: Element, body: BodyWriter) -> None:
    """All that is in the body of an article, behind it and floating beside it."""
    for part in article:
        name = local(part.tag)
        if name in ("body", "back", "floats-group"):
            _write(part, body)
            body.close(0)


def _write(part: Any, body: BodyWriter) -> None:
    """The parts in an element, without recursion; a section ends where its element does."""
    waiting: list[tuple[Iterator[Any], int]] = [(iter(part), 0)]
    while waiting:
        children, level = waiting[-1]
        child = next(children, None)
        if child is None:
            waiting.pop()
            if level:
                body.close(level)
            continue
        name = local(child.tag)
        if name in ("sec", "app", "ack", "notes", "fn-group", "bio"):
            if name == "app":
                body.begin_appendix()
            inner = 1 + sum(1 for _, each in waiting if each)
            body.heading(inner, _text(child.find("title")) or ("Acknowledgements" if name == "ack" else ""))
            waiting.append((iter(child), inner))
        elif name in ("table-wrap", "table-wrap-group"):
            _table(child, body)
        elif name in ("fig", "fig-group"):
            body.caption(read_caption(_caption(child)).text)
        elif name == "fn":
            body.footnotes([_text(child)])
        elif name in _PARAGRAPHS:
            _paragraph(child, body)
            waiting.append((_apart_in(child), 0))
        elif name in _CONTAINERS:
            waiting.append((iter(child), 0))


def _apart_in(paragraph: Any) -> Iterator[Any]:
    """What stands in a paragraph and is none of its text: tables, figures, lists; not what is in those."""
    waiting = [iter(paragraph)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif local(child.tag) in _APART:
            yield child
        else:
            waiting.append(iter(child))


def _paragraph(element: Any, body: BodyWriter) -> None:
    inline = read_inline(element, _role)
    body.paragraph(inline.text)
    body.footnotes(inline.notes)


def _table(wrap: Any, body: BodyWriter) -> None:
    """A table, or several below one caption."""
    said = read_caption(joined([_text(wrap.find("label")), " ", _caption(wrap)]))
    inner = [each for each in wrap if local(each.tag) == "table-wrap"]
    number = said.number or _text(wrap.find("label")).rpartition(" ")[2].strip(".:") or None
    body.caption(said.text)
    notes = [text for foot in wrap.iterfind("table-wrap-foot") for each in foot if (text := _note(each))]
    for each in inner:
        _grids(each, body, said.text, number, joined([_text(each.find("label")), " ", _caption(each)]), notes)
    if not inner:
        _grids(wrap, body, said.text, number, "", notes)


def _grids(wrap: Any, body: BodyWriter, caption: str, number: str | None, panel: str, notes: list[str]) -> None:
    rows = list(_tables(wrap))
    if not rows:
        is_image = any(local(each.tag) in ("graphic", "media") for each in wrap.iter())
        body.lacks_table("of which there is only an image" if is_image else "without rows")
    for each in rows:
        grid = lay_out(each)
        body.grid(grid, caption=caption, number=number, label=wrap.get("id"), panel=panel, notes=tuple(notes))


def _tables(wrap: Any) -> Iterator[list[GridRow]]:
    """The tables in a wrap, in either model; of alternatives the first that is one."""
    found = list(outermost_tables(wrap))
    alone = any(local(each.tag) == "alternatives" for each in wrap)
    for table in found[:1] if alone else found:
        groups = [each for each in table if local(each.tag) == "tgroup"]
        for group in groups:
            yield list(cals_rows(group, _role))
        if not groups:
            yield list(rows_of(table, _role, grouped=True))


def _note(element: Any) -> str:
    """A footnote of a table, behind its mark."""
    label = "".join((element.findtext("label") or "").split())
    return joined([label, " ", _text(element)]) if label else _text(element)


def _caption(element: Any) -> str:
    found = element.find("caption")
    return joined([f"{_text(each)} " for each in found]) if found is not None and len(found) else _text(found)


def _text(element: Any) -> str:
    return "" if element is None else read_inline(element, _role).text


def _role(element: Any, parent: Any, number: int) -> Role:
    if (role := math_role(element, parent, number)) is not None:
        return role
    name = local(element.tag)
    if name in _TEX:
        return Role(text=_of_tex("".join(element.itertext())))
    if local(parent.tag) == "alternatives" and element is not _best(parent):
        return Role(skip=True)
    if name in _SKIPPED or (name in _APART and local(parent.tag) not in ("td", "th", "entry")):
        return Role(skip=True)
    if name == "fn":
        return Role(note=True)
    if name == "xref":
        return _reference(element)
    if name in _MOVED and _is_mark(element):
        return Role(mark=True, lift=Lift.UP)
    return Role(block=name in _BLOCKS, bold=True if name in ("bold", "b") else None, lift=_MOVED.get(name, Lift.NONE))


def _reference(element: Any) -> Role:
    kind = element.get("ref-type")
    if kind in _MARKS:
        return Role(mark=True, lift=Lift.UP)
    if kind != "bibr":
        return PLAIN
    text = "".join(element.itertext()).strip()
    return PLAIN if text[:1].isalpha() and text.endswith(")") and "(" in text else Role(cited=True)


def _is_mark(element: Any) -> bool:
    """Whether something raised is but a reference to a footnote or to literature."""
    return (
        len(element) > 0
        and all(local(each.tag) == "xref" and each.get("ref-type") in _MARKS for each in element)
        and not (element.text or "").strip()
    )


def _best(alternatives: Any) -> Any:
    """Of several ways to write a formula, MathML, else TeX, else the first."""
    ranked = sorted(
        alternatives, key=lambda each: 0 if local(each.tag) == "math" else 1 if local(each.tag) in _TEX else 2
    )
    return ranked[0] if ranked else None


def _of_tex(text: str) -> str:
    """A formula in TeX as people read it; publishers wrap a whole document around each."""
    if r"\begin{document}" in text:
        text = text.partition(r"\begin{document}")[2].partition(r"\end{document}")[0]
    text = text.strip().strip("$").strip()
    return render(f"${text}$").text if 0 < len(text) <= _LONGEST_TEX else text
