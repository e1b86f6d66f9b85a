"""Papers in TEI, as GROBID writes them (https://grobid.readthedocs.io): old versions with tables as plain text, too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from kg.model import Paper
from kg.model.fulltext import Table
from kg.sources.elements import element_text
from kg.sources.fields import RecordError, make_paper
from kg.sources.filenames import arxiv_id_in_name
from kg.sources.fulltext.body import BodyWriter
from kg.sources.fulltext.captions import Caption, read_caption
from kg.sources.fulltext.grids import Entry, GridRow, lay_out
from kg.sources.fulltext.htmlcells import source_of, span_of
from kg.sources.fulltext.inline import PLAIN, Lift, Role, joined, read_inline
from kg.sources.fulltext.mathml import math_role
from kg.sources.fulltext.plain_tables import read_plain_table
from kg.sources.xmltext import Around, Element, local

__all__ = ["TEI", "paper"]

_NAMESPACE = "{http://www.tei-c.org/ns/1.0}"
TEI = (f"{_NAMESPACE}TEI", "TEI")
_ANY = "{*}"

_TEXTUAL = re.compile(r"[^([]{2,200}[([][^()]{1,40}[)\]]?\Z")
_SKIPPED = frozenset("label graphic listBibl figure ptr".split())
_BLOCKS = frozenset("p div item lb formula row cell list".split())
_CUT_OFF = frozenset(("references", "bibliography"))
_TOP = re.compile(
    r"(?:introduction|related work|background|method|approach|model|experiment|evaluation|result|discussion|conclusion|"
    r"acknowledg|appendix|supplement|data|limitation|ethic|future work|analysis|preliminar|materials|funding)",
    re.IGNORECASE,
)
_UNNUMBERED, _INNERMOST = 1, 9
_RAISED = {"sup": Lift.UP, "superscript": Lift.UP, "sub": Lift.DOWN, "subscript": Lift.DOWN}


def paper(element: Element, within: Around, origin: str) -> Paper:
    """One paper: what heads it, and its text.

    Raises:
        RecordError: it has no title.
    """
    del within
    header = _first(element, "teiHeader")
    if header is None:
        raise RecordError("is TEI without a 'teiHeader', which says what it is")
    body = BodyWriter()
    for whole in element.findall(f"{_ANY}text"):
        for part in whole:
            if local(part.tag) in ("body", "back"):
                _divisions(part, body, numbered=_is_numbered(part))
    found = make_paper(
        origin,
        _title(header),
        "\n\n".join(_paragraphs(_first(header, "profileDesc", "abstract"))),
        identifiers=[*_identifiers(header), arxiv_id_in_name(origin.rpartition(":")[0])],
        dates=list(_dates(header)),
        authors=[each for each in map(_author, _all(header, "sourceDesc", "biblStruct", "analytic", "author")) if each],
        venue=joined(_text(each) for each in _all(header, "sourceDesc", "biblStruct", "monogr", "title")[:1]),
        keywords=[
            text for each in _all(header, "profileDesc", "textClass", "keywords", "term") if (text := _text(each))
        ],
    )
    return replace(found, body=body.parts(), remarks=(*found.remarks, *body.remarks))


def _divisions(part: Any, body: BodyWriter, *, numbered: bool) -> None:
    """All that is in a part of the text, in its order; without recursion."""
    waiting = [iter(part)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
            continue
        name = local(child.tag)
        kind = (child.get("type") or "").lower()
        if name == "div":
            if kind in _CUT_OFF:
                continue
            if kind in ("annex", "appendix"):
                body.begin_appendix()
            waiting.append(iter(child))
        elif name == "head":
            body.heading(_level(child, numbered=numbered), _text(child))
        elif name == "figure":
            _figure(child, body, kind)
        elif name == "note":
            body.footnotes([_without_mark(child)])
        elif name in ("p", "formula", "ab", "item"):
            _paragraph(child, body)
        elif name in ("list", "quote", "sp"):
            waiting.append(iter(child))


def _is_numbered(part: Any) -> bool:
    return any(head.get("n") for head in part.iterfind(f"{_ANY}div/{_ANY}head"))


def _level(head: Any, *, numbered: bool) -> int:
    number = (head.get("n") or "").strip(". ")
    if number:
        return min(number.count(".") + 1, _INNERMOST - 1)
    return _INNERMOST if numbered and not _TOP.match(_text(head)) else _UNNUMBERED


def _paragraph(element: Any, body: BodyWriter) -> None:
    inline = read_inline(element, _role)
    body.paragraph(inline.text)
    body.footnotes(inline.notes)
    for figure in element.iterfind(f".//{_ANY}figure"):
        _figure(figure, body, (figure.get("type") or "").lower())


def _without_mark(note: Any) -> str:
    return read_inline(note, _role).text


def _figure(figure: Any, body: BodyWriter, kind: str) -> None:
    table = _first(figure, "table")
    caption = _caption(figure)
    notes = tuple(text for each in figure.findall(f"{_ANY}note") if (text := _text(each)))
    if kind != "table" and table is None:
        body.caption(caption.text)
        return
    rows = [] if table is None else list(_rows(table))
    if rows:
        body.caption(caption.text)
        body.grid(lay_out(rows), caption=caption.text, number=caption.number, label=_id(figure), notes=notes)
        return
    _plain(figure, table, caption, body, notes)


def _plain(figure: Any, table: Any, caption: Caption, body: BodyWriter, notes: tuple[str, ...]) -> None:
    """A table of which only the text is left, in its element or behind its caption."""
    text = "" if table is None else "".join(table.itertext())
    before, found = caption.text, read_plain_table(text) if text.strip() else None
    if found is None and (split := _behind_caption(caption.text)):
        before, found = split[0], read_plain_table(split[1])
    elif found is not None and found.caption:
        before = joined([f"{before} {found.caption}"])
    body.caption(before)
    if found is None:
        body.lacks_table("whose text shows no rows and columns")
        return
    grid = found.grid
    cells = Table(grid.cells, before, _id(figure), caption.number, rules=grid.rules, notes=notes, guessed=True)
    body.table(cells, grid.problem)


def _behind_caption(text: str) -> tuple[str, str] | None:
    """A caption that goes on with the table: what it says, and the rest."""
    for match in re.finditer(r"[.:]\s", text[:5_000]):
        rest = text[match.end() :]
        if len(re.findall(r"\s\d+\.\d+(?=\s|\Z)", rest)) >= 4 and read_plain_table(rest) is not None:
            return text[: match.start() + 1], rest
    return None


def _rows(table: Any) -> Iterator[GridRow]:
    for row in table.findall(f"{_ANY}row"):
        head = row.get("role") == "label"
        yield GridRow(
            [
                Entry(
                    read_inline(cell, _role, cell=True),
                    span_of(cell.get("rows")),
                    span_of(cell.get("cols")),
                    head=head or cell.get("role") == "label",
                    source=source_of(cell),
                )
                for cell in row.findall(f"{_ANY}cell")
            ]
        )


def _caption(figure: Any) -> Caption:
    """What stands at a figure, in its head and its description, which repeat one another or go on."""
    head, said = _text(_first(figure, "head")), _text(_first(figure, "figDesc"))
    label = _text(_first(figure, "label")) or None
    named, described = read_caption(head), read_caption(said)
    number = named.number or described.number or label
    first = named.text.strip(" :.") if named.kind else named.text
    text = described.text if described.text.startswith(first) else joined([f"{first} {described.text}"])
    return Caption(named.kind or described.kind, number, text)


def _role(element: Any, parent: Any, number: int) -> Role:
    if (role := math_role(element, parent, number)) is not None:
        return role
    name = local(element.tag)
    if name in _SKIPPED:
        return Role(skip=True)
    if name == "note":
        return Role(note=True)
    if name == "ref":
        kind = element.get("type")
        if kind == "bibr":
            return PLAIN if _TEXTUAL.match("".join(element.itertext())[:300].strip()) else Role(cited=True)
        return Role(mark=True, lift=Lift.UP) if kind == "foot" else PLAIN
    if name == "hi":
        rend = (element.get("rend") or "").lower()
        lift = next((_RAISED[each] for each in rend.split() if each in _RAISED), Lift.NONE)
        return Role(bold=True if "bold" in rend else None, lift=lift)
    return Role(block=name in _BLOCKS)


def _title(header: Any) -> str:
    found = (*_all(header, "titleStmt", "title"), *_all(header, "sourceDesc", "biblStruct", "analytic", "title"))
    return next((text for each in found if (text := element_text(each).strip())), "")


def _paragraphs(element: Any) -> list[str]:
    if element is None:
        return []
    blocks = [each for each in element.iter() if local(each.tag) in ("p", "ab")]
    return [text for each in blocks or [element] if (text := _text(each))]


def _identifiers(header: Any) -> Iterator[str]:
    for number in header.iterfind(f".//{_ANY}sourceDesc/{_ANY}biblStruct//{_ANY}idno"):
        if (number.get("type") or "").lower() in ("doi", "arxiv") and number.text:
            yield number.text


def _dates(header: Any) -> Iterator[str]:
    for path in (("publicationStmt", "date"), ("sourceDesc", "biblStruct", "monogr", "imprint", "date")):
        for date in _all(header, *path):
            if when := date.get("when") or (date.text or "").strip():
                yield when


def _author(author: Any) -> dict[str, object] | None:
    name = _first(author, "persName")
    if name is None:
        return None
    given = " ".join(text for each in name.findall(f"{_ANY}forename") if (text := _text(each)))
    family = " ".join(text for each in name.findall(f"{_ANY}surname") if (text := _text(each)))
    orcid = [each.text for each in author.findall(f"{_ANY}idno") if (each.get("type") or "").upper() == "ORCID"]
    return {"given": given, "family": family, "orcid": orcid[0] if orcid else None} if family else None


def _id(element: Any) -> str | None:
    found: str | None = element.get("{http://www.w3.org/XML/1998/namespace}id")
    return found


def _text(element: Any) -> str:
    return "" if element is None else read_inline(element, _role).text


def _first(element: Any, *names: str) -> Any:
    return element.find("/".join(f"{_ANY}{name}" for name in names))


def _all(element: Any, *names: str) -> list[Any]:
    return list(element.iterfind(".//" + "/".join(f"{_ANY}{name}" for name in names)))
