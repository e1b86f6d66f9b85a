"""Papers in S2ORC's JSON (https://github.com/allenai/s2orc): of doc2json, of CORD-19, of its later releases.

The former list paragraphs with the titles of their sections and keep tables aside; the latter have one text, and
annotations that say what is where in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from kg.model import Paper
from kg.sources.fields import Row, at, make_paper
from kg.sources.fulltext.body import BodyWriter
from kg.sources.fulltext.captions import read_caption
from kg.sources.fulltext.grids import Grid, lay_out
from kg.sources.fulltext.htmlcells import fragment_of, html_role, outermost_tables, rows_of
from kg.sources.fulltext.inline import joined
from kg.sources.jsonvalues import first_text, plain_text

__all__ = ["is_record", "paper"]

_PARSES = ("pdf_parse", "latex_parse")
_MOST_SPANS = 100_000
_MOST_NAMES = 5_000
_APPENDIX = ("appendi", "supplement")


def is_record(row: Row) -> bool:
    """Whether an object is a paper in one of these forms."""
    if any(isinstance(row.get(name), dict) and "body_text" in row[name] for name in _PARSES):  # type: ignore[operator]
        return True
    first = at(row, "body_text", 0)
    return (isinstance(first, dict) and "text" in first) or _annotated(row) is not None


def paper(row: Row, origin: str) -> Paper:
    """The paper of one object.

    Raises:
        RecordError: it has no title.
    """
    body = BodyWriter()
    text = _annotated(row)
    if text is not None:
        title, abstract = _write_annotated(text, body)
    else:
        title, abstract = "", ""
        _write_paragraphs(_parse(row), body)
    parse = _parse(row)
    found = make_paper(
        origin,
        first_text(
            row.get("title"),
            at(row, "metadata", "title"),
            at(row, "header", "title"),
            at(row, "biblio", "title"),
            title,
        ),
        first_text(row.get("abstract"), abstract)
        or _text_of(at(row, "biblio", "abstract"))
        or _text_of(row.get("abstract"))
        or _text_of(parse.get("abstract")),
        identifiers=[*_identifiers(row)],
        dates=[plain_text(row.get("year"))] if row.get("year") else [],
        authors=list(_authors(row.get("authors") or at(row, "metadata", "authors") or at(row, "biblio", "authors")))
        or None,
        venue=first_text(row.get("venue"), row.get("journal")),
    )
    return replace(found, body=body.parts(), remarks=(*found.remarks, *body.remarks))


def _parse(row: Row) -> Row:
    """The part of an object that holds paragraphs: of two parses the one of LaTeX, which says more."""
    for name in reversed(_PARSES):
        found = row.get(name)
        if isinstance(found, dict) and found.get("body_text"):
            return found
    return row


def _write_paragraphs(parse: Row, body: BodyWriter) -> None:
    section: object = None
    for paragraph in [*_objects(parse.get("body_text")), *_objects(parse.get("back_matter"))]:
        name = first_text(paragraph.get("section"), paragraph.get("head_section"))
        number = plain_text(paragraph.get("sec_num"))
        if (name, number) != section and name:
            if name.lower().startswith(_APPENDIX):
                body.begin_appendix()
            body.heading(number.strip(".").count(".") + 1, name)
        section = name, number
        body.paragraph(_without_citations(paragraph))
    if lacking := sum(each.get("type") == "table" for each in _objects(parse.get("figures_and_tables"))):
        body.remark(f"leaves out {lacking} table{'s' * (lacking > 1)} of GROBID's JSON; give kg the TEI")
    tables = at(parse, "ref_entries")
    for name, entry in sorted(tables.items()) if isinstance(tables, dict) else ():
        if isinstance(entry, dict):
            _write_entry(name, entry, body)


def _write_entry(name: str, entry: Row, body: BodyWriter) -> None:
    kind = first_text(entry.get("type_str"), entry.get("type"))
    caption = read_caption(joined([plain_text(entry.get("text"))]))
    number = caption.number or first_text(entry.get("num"), entry.get("fig_num")) or None
    if kind not in ("table", "figure"):
        return
    body.caption(caption.text)
    if kind == "table":
        grids = list(_grids(first_text(entry.get("html"), entry.get("content"))))
        if not grids:
            body.lacks_table("of which there is only the caption")
        for grid in grids:
            body.grid(grid, caption=caption.text, number=number, label=name[:60])


def _grids(text: str) -> Iterator[Grid]:
    if "<table" not in text:
        return
    root = fragment_of(text)
    if root is None:
        return
    for table in outermost_tables(root):
        yield lay_out(rows_of(table, html_role))


def _without_citations(paragraph: Row) -> str:
    """The text of a paragraph without its references to literature in brackets."""
    text = plain_text(paragraph.get("text"))
    spans = [(each.get("start"), each.get("end")) for each in _objects(paragraph.get("cite_spans"))]
    return joined(_between(text, spans))


def _between(text: str, spans: Iterable[tuple[object, object]]) -> Iterator[str]:
    """The text outside of spans, but for those that are words of their sentence: "Fold et al. (2020)"."""
    place = 0
    for start, end in sorted((a, b) for a, b in spans if isinstance(a, int) and isinstance(b, int) and 0 <= a < b):
        said = text[start:end]
        if start < place or (said[:1].isalpha() and said.endswith(")")):
            continue
        yield text[place:start]
        place = end
    yield text[place:]


def _annotated(row: Row) -> Row | None:
    for name in ("body", "content"):
        found = row.get(name)
        if (
            isinstance(found, dict)
            and isinstance(found.get("text"), str)
            and isinstance(found.get("annotations"), dict)
        ):
            return found
    return None


def _write_annotated(found: Row, body: BodyWriter) -> tuple[str, str]:
    """Write the sections of a text with annotations; its title and abstract, where they are in it."""
    text = str(found["text"])
    spans = {
        name: list(_spans(found, name))
        for name in ("title", "abstract", "sectionheader", "section_header", "paragraph")
    }
    head = [text[start:end] for start, end in spans["abstract"]]
    heads = [(start, end, True) for name in ("sectionheader", "section_header") for start, end in spans[name]]
    cited = [(start, end) for name in ("bibref", "bib_ref") for start, end in _spans(found, name)]
    place = 0
    for start, end, is_head in sorted([*heads, *((start, end, False) for start, end in spans["paragraph"])]):
        if is_head:
            body.heading(1, joined([text[start:end]]))
            continue
        while place < len(cited) and cited[place][0] < start:
            place += 1
        inside = []
        while place < len(cited) and cited[place][1] <= end:
            inside.append((cited[place][0] - start, cited[place][1] - start))
            place += 1
        body.paragraph(joined(_between(text[start:end], inside)))
    titles = [text[start:end] for start, end in spans["title"]]
    return joined(titles[:1]), "\n\n".join(head)


def _spans(found: Row, name: str) -> Iterator[tuple[int, int]]:
    """The places of an annotation, which may be written as JSON within JSON, in their order."""
    value: Any = at(found, "annotations", name)
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            value = None
    spans = [(_int(each.get("start")), _int(each.get("end"))) for each in _objects(value)[:_MOST_SPANS]]
    yield from sorted((start, end) for start, end in spans if 0 <= start < end)


def _int(value: object) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    return value if isinstance(value, int) else -1


def _objects(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _text_of(paragraphs: object) -> str:
    return "\n\n".join(filter(None, map(_without_citations, _objects(paragraphs))))


def _identifiers(row: Row) -> Iterator[object]:
    yield row.get("doi")
    yield row.get("arxiv_id")
    yield at(row, "biblio", "doi")
    for names in (row.get("externalids"), row.get("externalIds"), row.get("identifiers")):
        if isinstance(names, dict):
            yield from (value for name, value in names.items() if name.lower() in ("doi", "arxiv", "arxiv_id"))


def _authors(value: object) -> Iterator[dict[str, object] | str]:
    """Names in parts, as a parse has them, or whole."""
    yield from (each for each in _list(value) if isinstance(each, str))
    for author in _objects(value):
        given = " ".join(filter(None, (plain_text(author.get("first")), *map(plain_text, _list(author.get("middle"))))))
        family = plain_text(author.get("last"))
        if family:
            yield {"given": given, "family": family}
        elif name := plain_text(author.get("name")):
            yield name


def _list(value: object) -> list[object]:
    return value[:_MOST_NAMES] if isinstance(value, list) else []
