"""Text of Markdown as elements, so that it is read as that of any document: marks, tags of HTML, formulas in TeX."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kg.sources.fulltext.htmlcells import html_role
from kg.sources.fulltext.inline import Inline, joined, read_inline
from kg.text.reading import render

__all__ = ["inline_of"]

_MARKDOWN = MarkdownIt("commonmark").enable("table")
_LONGEST = 20_000  # characters: brackets that never close take a time that grows with their square
_OPENED = {"strong_open": "b", "em_open": "i", "link_open": "a", "s_open": "s"}
_TAG = re.compile(r"<(/?)(sup|sub|b|strong|br|i|em|u|span)\b[^>]{0,300}>", re.IGNORECASE)
_MATHS = re.compile(r"(?<!\\)\$\$?([^$\n]{1,2000}?)\$\$?")
_LIFTED = re.compile(r"(?<!\\)([_^])(?:\{((?:[^{}]|\{[^{}]{0,200}\}){0,400})\}|(\\?[^\s{}$\\]))")
_FONTS = re.compile(r"\\(?:math|text)bf\s?\{|\\(?:bm|boldsymbol)\s?\{|\\bf\b")
_CITATION = re.compile(
    r"\s?\[\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,30}\]|\s?\\\[\d{1,3}[^\]]{0,99}\\\]|\s?\[@[^\]]{1,200}\]"
)
_DEEPEST = 60  # tags, one in the other


def inline_of(text: str, *, cell: bool = False) -> Inline:
    """What people read in a paragraph, a heading or a cell; one that is longer than any is taken as it stands."""
    if len(text) > _LONGEST:
        return Inline(joined([text]))
    return read_inline(_element(_MARKDOWN.parseInline(text)[0].children or ()), html_role, cell=cell)


def _element(tokens: Sequence[Token]) -> Element:
    root = Element("root")
    open_ = [root]
    for token in tokens:
        if token.type in _OPENED and len(open_) < _DEEPEST:
            open_.append(SubElement(open_[-1], _OPENED[token.type]))
        elif token.type.endswith("_close") and len(open_) > 1:
            open_.pop()
        elif token.type == "html_inline":
            _tag(token.content, open_)
        elif token.type in ("softbreak", "hardbreak"):
            _append(open_[-1], " ")
        elif token.type in ("text", "code_inline"):
            _text(token.content, open_[-1])
    return root


def _tag(tag: str, open_: list[Element]) -> None:
    match = _TAG.match(tag)
    if match is None:
        return
    name = match.group(2).lower()
    if name == "br":
        _append(open_[-1], " ")
    elif not match.group(1) and len(open_) < _DEEPEST:
        open_.append(SubElement(open_[-1], name))
    elif match.group(1) and len(open_) > 1 and open_[-1].tag == name:
        open_.pop()


def _text(text: str, parent: Element) -> None:
    """Text with formulas between dollar signs and references by number."""
    at = 0
    for match in _MATHS.finditer(text):
        _plain(text[at : match.start()], parent)
        _formula(match.group(1), parent)
        at = match.end()
    _plain(text[at:], parent)


def _plain(text: str, parent: Element) -> None:
    at = 0
    for match in _CITATION.finditer(text):
        _append(parent, text[at : match.start()])
        SubElement(parent, "cite").text = match.group()
        at = match.end()
    _append(parent, text[at:])


def _formula(tex: str, parent: Element) -> None:
    """A formula, piece by piece: what is raised or lowered as such."""
    inner = SubElement(parent, "b") if _FONTS.match(tex.strip()) else parent
    for piece, lift in _pieces(tex):
        text = render(f"${piece}$").text if piece.strip() else piece
        if lift:
            SubElement(inner, lift).text = text
        else:
            _append(inner, text)


def _pieces(tex: str) -> Iterator[tuple[str, str]]:
    at = 0
    for match in _LIFTED.finditer(tex):
        yield tex[at : match.start()], ""
        yield match.group(2) or match.group(3) or "", "sup" if match.group(1) == "^" else "sub"
        at = match.end()
    yield tex[at:], ""


def _append(parent: Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
