"""Plain text out of elements of XML, as formats hold titles and abstracts in them."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from kg.sources.xmltext import local

__all__ = ["element_text", "text_at", "texts_at"]

_SPACE = re.compile(r"\s+")

# Elements of XML that begin a line of their own, that head what follows, and that are no part of the text.
_PARAGRAPHS = frozenset("p sec AbstractText list-item disp-formula break div br para".split())
_HEADINGS = frozenset(("title", "head"))
_PLAIN_HEADINGS = frozenset(("abstract", "summary"))
_SILENT = frozenset("label object-id fn annotation annotation-xml graphic inline-graphic note".split())
_FORMULAS = frozenset(("tex-math", "texmath"))
_BREAK, _HEAD_ENDS = "\v", "\x1c"  # which no XML may hold
_HEADED = re.compile(rf"{_HEAD_ENDS}\s*")


def element_text(element: Element | None) -> str:
    """The text of an element with all in it, without tags, a line a paragraph; formulas in TeX between dollar signs.

    >>> from xml.etree.ElementTree import fromstring
    >>> element_text(fromstring("<title><fixed-case>C</fixed-case>ounting <tex-math>n^2</tex-math> sheep</title>"))
    'Counting $n^2$ sheep'
    """
    if element is None:
        return ""
    if len(element) == 0:
        return _without_indent(element.text or "")
    lines = _HEADED.sub(" ", "".join(_pieces(element))).split(_BREAK)
    return "\n\n".join(filter(None, (_SPACE.sub(" ", line).strip() for line in lines)))


def texts_at(element: Element, *paths: str) -> list[str]:
    """The texts at paths as ``ElementTree`` has them, in the order of the paths; none that is empty."""
    found = (element_text(each).strip() for path in paths for each in element.iterfind(path))
    return list(filter(None, found))


def text_at(element: Element, *paths: str) -> str:
    """The first text at the first path that has one, as it stands; an empty one if there is none."""
    found = (element_text(each) for path in paths for each in element.iterfind(path))
    return next((text for text in found if text.strip()), "")


def _without_indent(text: str) -> str:
    """Text of an element that was set in to its depth: its own indents begin paragraphs, this one does not."""
    first, *rest = text.split("\n")
    filled = [line for line in rest if line.strip()]
    return "\n".join((first, textwrap.dedent("\n".join(rest)))) if len(filled) > 1 else text


def _pieces(element: Element) -> Iterator[str]:
    """The pieces of a text, in order: without recursion, for a document may be nested as deeply as it likes."""
    yield element.text or ""
    waiting: list[str | Element] = [*_inside(element)]
    while waiting:
        piece = waiting.pop()
        if isinstance(piece, str):
            yield piece
            continue
        name = local(piece.tag)
        if name in _FORMULAS:
            yield _formula("".join(piece.itertext()))
        elif name in _HEADINGS:
            yield _heading("".join(piece.itertext()))
        elif name not in _SILENT:
            mark = _BREAK if name in _PARAGRAPHS else ""
            yield mark + (piece.text or "")
            waiting += [mark, *_inside(piece)]


def _inside(element: Element) -> Iterator[str | Element]:
    """The children of an element and the texts behind them, the last first; of alternatives the one in TeX."""
    children = list(element)
    if local(element.tag) == "alternatives":
        children = [child for child in children if local(child.tag) in _FORMULAS][:1] or children[:1]
    for child in reversed(children):
        yield child.tail or ""
        yield child


def _formula(text: str) -> str:
    """A formula in TeX between dollar signs; publishers wrap a whole document around each."""
    if r"\begin{document}" in text:
        text = text.partition(r"\begin{document}")[2].partition(r"\end{document}")[0]
    text = text.strip().strip("$").strip()
    return f"${text}$" if text else ""


def _heading(text: str) -> str:
    """The head of a part of an abstract, as PubMed and others print it before the part."""
    text = " ".join(text.split()).rstrip(":")
    if not text or text.lower() in _PLAIN_HEADINGS:
        return _BREAK
    return f"{_BREAK}{text}{'' if text[-1] in '.?!' else ':'}{_HEAD_ENDS}"
