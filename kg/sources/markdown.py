"""Digests of papers in Markdown: headings, list items or rows of tables that name a paper each.

A paper is told by a link to where papers are, or by a label that says that its abstract follows. A heading has its
paper's paragraphs below it, an item what is indented under it. A page in which most headings, items and rows are no
papers is no digest, however many it mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from kg.errors import SourceError
from kg.model import Paper, Reject
from kg.sources.fields import RecordError, make_paper
from kg.sources.markdown_units import GENERIC, LABEL, Unit, has_paper, leads_to_paper, units_of
from kg.sources.synonyms import column_of

__all__ = ["LONGEST_PAGE", "detect", "read"]

LONGEST_PAGE = 8_000_000
"""Bytes: a year of daily digests takes about 5 million."""

_LEAST_SHARE = 0.6  # of headings, items and rows that must be papers; taste
_MOST_UNREADABLE = 0.25  # of papers whose title cannot be told; taste
_PROSE = 80  # characters of a paragraph that is an abstract, if it says no less
_LEAST_WORDS = 3  # of a title: see kg.sources.layout
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
_SENTENCE_END = re.compile(r"[.!?\u2026\u3002]\W{0,3}\Z")


def detect(head: str) -> bool:
    """Whether a text that begins so is a digest of papers."""
    if "](" not in head and "**" not in head and "\n[" not in head:
        return False
    return _papers(units_of(head)) is not None


def read(stream: BinaryIO, source: str) -> Iterator[Paper | Reject]:
    """One paper or reject for each paper that the page names, at the line on which it begins.

    Raises:
        SourceError: the page is too long to be one, or is no digest once all of it is seen.
    """
    data = stream.read(LONGEST_PAGE + 1)
    if len(data) > LONGEST_PAGE:
        raise SourceError(f"{source}: is longer than {LONGEST_PAGE:,} bytes, which no digest of papers is; part it")
    units = _papers(units_of(data.decode("utf-8", "replace")))
    if units is None:
        raise SourceError(f"{source}: is Markdown in which most is no paper; keep the part that lists the papers")
    for unit in units:
        try:
            yield _paper(unit, f"{source}:{unit.number}")
        except RecordError as error:
            yield Reject(source, unit.number, str(error))


def _papers(units: list[Unit]) -> list[Unit] | None:
    """The units that are papers; None if this is no digest."""
    found = [unit for unit in units if _is_paper(unit)]
    others = sum(not _is_paper(unit) and _counts(unit) for unit in units)
    unreadable = sum(_title(unit) is None for unit in found)
    labelled = any(_abstract(unit)[1] for unit in found)
    if len(found) < (1 if labelled else 2) or len(found) < _LEAST_SHARE * (len(found) + others):
        return None
    return found if unreadable <= _MOST_UNREADABLE * len(found) else None


def _is_paper(unit: Unit) -> bool:
    if unit.holds_others:
        return False
    if has_paper(unit.head.links):
        return True
    if unit.columns is not None:
        return "title" in unit.columns and "abstract" in unit.columns
    text, is_labelled = _abstract(unit)
    return is_labelled or (has_paper(unit.links) and bool(text or not unit.level))


def _counts(unit: Unit) -> bool:
    """Whether a unit that is no paper speaks against a digest: headings above others and ways about the page do not."""
    to_self = any(address.startswith("#") for _, address in unit.head.links)
    return not unit.holds_others and not to_self and (not unit.level or bool(unit.paragraphs))


def _title(unit: Unit) -> str | None:
    """What a unit calls its paper; None if that cannot be told from what else it says."""
    head = unit.head
    if unit.columns is not None:
        return unit.columns.get("title")
    linked = [text for text, address in head.links if not GENERIC.match(text) and leads_to_paper((text, address))]
    named = linked or [text for text in head.strong if not GENERIC.match(text)]
    if not named and unit.level:
        named = [head.text]
    if not named and unit.links:
        # Text, and then links: all of the text, if it is one thing.
        end = head.text.find(head.links[0][0]) if head.links else len(head.text)
        before = head.text[: max(end, 0)].strip(" -\u2013\u2014:|[(,.")
        named = [before] if not re.search(r"[.?!] \w|\bet al\b", before) else []
    title = _NUMBER.sub("", named[0], count=1).strip(' *[]\u201c\u201d"') if named else ""
    return title if unit.level or len(title.split()) >= _LEAST_WORDS else None


def _labels(unit: Unit) -> Iterator[tuple[str, str]]:
    """What lines say of themselves: the column that a label names, and the text behind it."""
    for line in unit.lines:
        if (match := LABEL.match(line.text[:20_000])) and (column := column_of(match.group(1))):
            yield column, match.group(2)


def _abstract(unit: Unit) -> tuple[str, bool]:
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
    return len(text) >= _PROSE and _SENTENCE_END.search(text) is not None and LABEL.match(text[:60]) is None


def _behind(unit: Unit) -> str:
    """The prose behind an item's title, on the same line."""
    title = _title(unit)
    if unit.level or not title:
        return ""
    rest = unit.head.text.partition(title)[2].lstrip(" -\u2013\u2014:.)]*")
    return rest if _reads_as_prose(rest) else ""


def _paper(unit: Unit, origin: str) -> Paper:
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
    papers = [address for text, address in unit.links if leads_to_paper((text, address))]
    return make_paper(
        origin,
        title,
        _abstract(unit)[0],
        identifiers=[*papers, known.get("identifier", "")],
        dates=[known["date"]] if "date" in known else [],
        urls=papers,
        **described,
    )


def _byline(unit: Unit) -> Iterator[tuple[str, str]]:
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
