"""One paper in Markdown, as converters write it (Docling, Marker, Nougat, MinerU, Mathpix, pandoc).

It is told from a list of papers by one abstract and sections as papers have them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from kg.errors import SourceError
from kg.model import Paper, Reject
from kg.sources.fields import RecordError, make_paper
from kg.sources.filenames import arxiv_id_in_name
from kg.sources.fulltext.body import BodyWriter
from kg.sources.fulltext.captions import Caption
from kg.sources.fulltext.markdown_blocks import Block, blocks_of
from kg.sources.fulltext.names import names_among

__all__ = ["LONGEST_PAGE", "detect", "read"]

LONGEST_PAGE = 8_000_000
"""Bytes: a book has a million."""

_ABSTRACT = re.compile(
    r"(?:#{1,6}\s{1,3}|\*\*|__)?\W{0,4}(?:abstract|a b s t r a c t)\W{0,4}(?:\*\*|__)?\W{0,4}", re.IGNORECASE
)
_USUAL = re.compile(
    r"(?:introduction|related works?|background|preliminar\w{2,4}|methods?\b|methodology|approach|experiment|"
    r"evaluation|"
    r"results?\b|discussion|conclusions?\b|limitations|references|bibliography|acknowledge?ments?|appendi)",
    re.IGNORECASE,
)
_HEADING = re.compile(r"^#{1,6}[ \t]{1,9}([^\n]{1,300})$", re.MULTILINE)
_ABSTRACTS = re.compile(r"^(?:#{1,6}[ \t]{1,9}|\*\*|__)?[ \t*_]{0,6}abstract\b", re.IGNORECASE | re.MULTILINE)
_FEWEST_SECTIONS = 2
_FEWEST_NUMBERED = 4
_TAG = re.compile(r"<[^<>]{0,200}>")
_OF_PROJECT = re.compile(  # sections of a page about a program, which has an abstract of its paper
    r"(?:install|usage|license|getting started|set-?up|requirements|quick ?start|citation|bibtex|contributing|news\b)",
    re.IGNORECASE,
)
_CONTENTS = re.compile(r"(?:table of )?contents\W{0,3}\Z", re.IGNORECASE)
_MOST_ABSTRACTS = 2  # of one paper: its own, and one in its text
_NUMBER = re.compile(r"\W{0,6}((?:\d{1,2}|[A-Z])(?:\.\d{1,2}){0,4}|[IVX]{1,5}(?=\.))[.):]?\s")
_CUT_OFF = re.compile(r"(?:references|bibliography|literature cited)\W{0,3}\Z", re.IGNORECASE)
_APPENDIX = re.compile(r"(?:appendi|supplement)", re.IGNORECASE)
_LATEX_TABLE = re.compile(r"\\begin\{(table\*?|tabular\*?|longtable)\}")
_MATHS = {r"\(": "$", r"\)": "$", r"\[": "$$", r"\]": "$$"}
_STAMP = re.compile(r"arXiv:\s?(\d{4}\.\d{4,5}(?:v\d{1,3})?|[a-z-]{2,12}(?:\.[A-Z]{2})?/\d{7})")
_DOI = re.compile(r"(?:doi\.org/|\bdoi:?\s?)(10\.\d{4,9}/[^\s\"<>)\]]{2,80})", re.IGNORECASE)
_FRONT = 6_000  # characters in which a paper says what it is


def detect(head: str) -> bool:
    """Whether a text that begins so is one paper in full."""
    if not 0 < len(_ABSTRACTS.findall(head)) <= _MOST_ABSTRACTS and not _begins_as_paper(head):
        return False
    titles = [_TAG.sub("", title).strip() for title in _HEADING.findall(head)]
    if any(_OF_PROJECT.match(_named(title)) for title in titles):
        return False
    usual = {match.group().lower() for title in titles if (match := _USUAL.match(_named(title)))}
    numbered = sum(_NUMBER.match(title) is not None for title in titles)
    return len(usual) >= _FEWEST_SECTIONS or (bool(usual) and numbered >= _FEWEST_NUMBERED)


def read(stream: BinaryIO, source: str) -> Iterator[Paper | Reject]:
    """The paper that a text is.

    Raises:
        SourceError: it is longer than any paper.
    """
    data = stream.read(LONGEST_PAGE + 1)
    if len(data) > LONGEST_PAGE:
        raise SourceError(f"{source}: is longer than {LONGEST_PAGE:,} bytes, which no paper is; part it")
    try:
        yield _paper(data.decode("utf-8", "replace"), source)
    except RecordError as error:
        yield Reject(source, 1, str(error))


def _begins_as_paper(head: str) -> bool:
    """Whether the second or third heading is that of an introduction, as where the abstract has none."""
    titles = [_named(title) for title in _HEADING.findall(head)[:4]]
    return any(title.lower().startswith("introduction") for title in titles[1:]) and "](" not in head[:500]


def _named(title: str) -> str:
    return _NUMBER.sub("", title.strip("*_# "), count=1).strip("*_# ")


def _paper(text: str, source: str) -> Paper:
    body = BodyWriter()
    text = _without_latex_tables(text, body)
    for mark, dollars in _MATHS.items():
        text = text.replace(mark, dollars) if mark in (r"\(", r"\)") or "\\[\n" in text else text
    blocks = list(blocks_of(text))
    title, rest = _title(blocks, text)
    byline, abstract, rest = _front(rest)
    _write(rest, body)
    front = text[:_FRONT]
    paper = make_paper(
        f"{source}:1",
        title,
        "\n\n".join(abstract),
        identifiers=[
            *(found.group(1) for mark in (_STAMP, _DOI) if (found := mark.search(front))),
            arxiv_id_in_name(source),
        ],
        authors=names_among("\n".join(byline)) or None,
    )
    return replace(paper, body=body.parts(), remarks=(*paper.remarks, *body.remarks))


def _without_latex_tables(text: str, body: BodyWriter) -> str:
    """The text without tables in LaTeX, which are told; each character is looked at once or twice."""
    pieces: list[str] = []
    at = 0
    open_ended: set[str] = set()
    for match in _LATEX_TABLE.finditer(text):
        name = match.group(1)
        if match.start() < at or name in open_ended:
            continue
        end = text.find(f"\\end{{{name}}}", match.end())
        if end < 0:
            open_ended.add(name)
            continue
        pieces += [text[at : match.start()], "\n\n"]
        at = end + len(f"\\end{{{name}}}")
        body.lacks_table("in LaTeX")
    return "".join([*pieces, text[at:]])


def _title(blocks: list[Block], text: str) -> tuple[str, list[Block]]:
    """The title, by the first heading that is one or by what stands before all, and what follows it."""
    if stated := re.match(r"---\n(?:[^\n]{0,500}\n){0,40}?title:\s?[\"']?([^\n\"']{3,300})", text):
        return stated.group(1), blocks
    for place, block in enumerate(blocks[:8]):
        if block.level and not _USUAL.match(_named(block.text)) and not _ABSTRACT.fullmatch(block.text):
            return block.text, blocks[place + 1 :]
    first = next((place for place, block in enumerate(blocks) if block.text and not block.grid), None)
    if first is None or blocks[first].level:
        raise RecordError("is Markdown of a paper without a title; give it one as its first heading")
    return blocks[first].text[:300], blocks[first + 1 :]


def _front(blocks: list[Block]) -> tuple[list[str], list[str], list[Block]]:
    """The lines between title and abstract, the abstract, and what follows."""
    byline: list[str] = []
    for place, block in enumerate(blocks[:60]):
        match = _ABSTRACT.match(block.text)
        if match and (match.end() == len(block.text) or not block.level) and not block.grid:
            own = block.text[match.end() :].strip()
            end = next((each for each in range(place + 1, len(blocks)) if blocks[each].level), len(blocks))
            if own and not block.level and (end - place > 4 or len(own) > 400):
                end = place + 1
            abstract = [own, *(each.text for each in blocks[place + 1 : end] if not each.grid and not each.is_note)]
            return byline, [text for text in abstract if text], blocks[end:]
        if block.level and _USUAL.match(_named(block.text)):
            long = [each for each in byline if len(each) > 300]
            return [each for each in byline if each not in long], long, blocks[place:]
        byline.append(block.text)
    return [], [], blocks


def _write(blocks: list[Block], body: BodyWriter) -> None:
    cut_off = False
    taken = _captions(blocks)
    for place, block in enumerate(blocks):
        if block.level:
            title = _named(block.text)
            cut_off = (
                _CUT_OFF.match(title) is not None
                or _CONTENTS.match(title) is not None
                or (cut_off and not _ends_references(block.text))
            )
            if cut_off:
                continue
            if _APPENDIX.match(title) or (body.has_parts and re.match(r"\W{0,4}A[.\s:]\s?\w", block.text)):
                body.begin_appendix()
            number = _NUMBER.match(block.text)
            body.heading(number.group(1).count(".") + 1 if number else block.level, block.text.strip("*_ "))
        elif cut_off:
            continue
        elif block.grid is not None:
            caption = taken.get(place, Caption("", None, ""))
            body.grid(block.grid, caption=caption.text, number=caption.number)
        elif block.is_note:
            body.footnotes([block.text])
        elif block.caption.kind and len(block.caption.text) > 0 and _is_caption(block.text):
            body.caption(block.caption.text)
        else:
            body.paragraph(block.text)


def _ends_references(title: str) -> bool:
    """Whether a section behind the references, or behind a table of contents, is one of the paper again."""
    return _USUAL.match(_named(title)) is not None or (
        _APPENDIX.match(_named(title)) is not None
        or re.match(r"\W{0,4}[A-Z](?:\.\d{1,2}){0,3}[.:\s]\s?\w", title) is not None
    )


def _captions(blocks: list[Block]) -> dict[int, Caption]:
    """The captions of tables, by the places of those: what stands right before, else what follows; each once."""
    found: dict[int, Caption] = {}
    used: set[int] = set()
    for place, block in enumerate(blocks):
        if block.grid is None:
            continue
        for beside in (place - 1, place + 1, place - 2, place + 2):
            if 0 <= beside < len(blocks) and beside not in used and _is_caption(blocks[beside].text):
                caption = blocks[beside].caption
                if caption.kind == "table":
                    found[place] = caption
                    used.add(beside)
                    break
    return found


def _is_caption(text: str) -> bool:
    return (
        re.match(r"(?:Table|TABLE|Tab\.|Figure|FIGURE|Fig\.)\s?\w{1,5}\s?(?:[.:|\u2014\u2013-]|\Z)", text) is not None
    )
