"""BibTeX, parsed by ``bibtexparser`` some entries at a time, so that a library of any size is read in little memory."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.middlewares import RemoveEnclosingMiddleware
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ImplicitComment,
    ParsingFailedBlock,
    String,
)

from kg.model import Paper, Reject
from kg.sources.dates import month_number
from kg.sources.fields import RecordError, make_paper
from kg.sources.jsontext import LONGEST_RECORD
from kg.sources.lines import Line

__all__ = ["read"]

_DUPLICATES = (DuplicateBlockKeyBlock, DuplicateFieldKeyBlock)
_ENCLOSING = RemoveEnclosingMiddleware()
_START = re.compile(r"\s*@\w*[ \t]*[{(]")
_BATCH = 200_000  # characters parsed at once
_LOST = re.compile(r"\A[ \t]*\W?\w+\s*[{(][^\s,{}]*,|^\s*(?:title|author)\s*=\s*[{\"]", re.IGNORECASE | re.MULTILINE)
_ARXIV_PREFIX = re.compile(r"\s*arxiv\s*:?\s*\Z", re.IGNORECASE)

# What it warns of is told to the user as rejects; printed as well it would be told twice.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
logging.getLogger("bibtexparser").propagate = False


def read(lines: Iterable[Line], source: str) -> Iterator[Paper | Reject]:
    """One paper or reject for each entry, at the line on which it begins."""
    strings: dict[str, str] = {}  # the abbreviations that @string defines, for all that follows
    for batch in _batches(lines):
        yield from batch.rejects(source)
        if batch.lines:
            yield from _read_batch(batch, strings, source)


class _Batch:
    """Whole entries, as many as make a batch, from the line on which the first begins."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.lines: list[str] = []
        self.size = 0
        self.problems: list[tuple[int, str]] = []  # (line of the entry, what is wrong with a line in it)

    def rejects(self, source: str) -> Iterator[Reject]:
        return (Reject(source, number, problem) for number, problem in self.problems)


def _batches(lines: Iterable[Line]) -> Iterator[_Batch]:
    """Cut where entries begin, as the parser does; an entry with a bad line, or too long, is blanked and noted."""
    batch = _Batch(1)
    begin = 0  # index in the batch of the entry at hand
    entry_size = 0
    problem: tuple[int, str] | None = None

    def close() -> None:
        if problem is not None:
            batch.problems.append(problem)
            batch.lines[begin:] = [""] * (len(batch.lines) - begin)

    for line in lines:
        if _START.match(line.text):
            close()
            if batch.size > _BATCH:
                yield batch
                batch = _Batch(line.number)
            begin, entry_size, problem = len(batch.lines), 0, None
        entry_size += len(line.text) + 1
        first = batch.number + begin
        if line.problem and problem is None:
            problem = (first, f"line {line.number}: {line.problem}")
        elif entry_size > LONGEST_RECORD and problem is None:
            problem = (first, f"the entry is longer than {LONGEST_RECORD:,} characters")
        if problem is None:
            batch.lines.append(line.text)
            batch.size += len(line.text) + 1
        else:
            batch.lines.append("")
            batch.size += 1
    close()
    yield batch


def _read_batch(batch: _Batch, strings: dict[str, str], source: str) -> Iterator[Paper | Reject]:
    parsed = parse_string("\n".join(batch.lines), parse_stack=())
    for block in parsed.blocks:
        number = batch.number + max(block.start_line or 0, 0)
        # One key for two entries, or a field given twice: each entry is a record, and the first value counts.
        entry = block.ignore_error_block if isinstance(block, _DUPLICATES) else block
        if isinstance(entry, String):
            strings[entry.key.lower()] = str(entry.value)
        elif isinstance(entry, Entry):
            try:
                yield _paper(entry, parsed, strings, f"{source}:{number}")
            except RecordError as error:
                yield Reject(source, number, f"entry {entry.key[:60]!r} {error}")
        elif isinstance(block, ParsingFailedBlock):
            reason = getattr(block.error, "abort_reason", block.error)
            yield Reject(source, number, f"no BibTeX entry: {reason}")
        elif isinstance(block, ImplicitComment) and _LOST.search(block.comment):
            yield Reject(source, number, f"text that belongs to no entry: {block.comment[:60]!r}")


def _fields(entry: Entry, parsed: Library, strings: dict[str, str]) -> dict[str, str]:
    """The values by name, abbreviations spelt out, without what encloses them."""
    for field in entry.fields:
        # An enclosed value begins with its brace or quote, which no abbreviation does.
        field.value = strings.get(str(field.value).lower(), field.value)
    _ENCLOSING.transform_entry(entry, parsed)
    fields: dict[str, str] = {}
    for field in entry.fields:
        fields.setdefault(field.key.lower(), str(field.value))
    return fields


def _paper(entry: Entry, parsed: Library, strings: dict[str, str], origin: str) -> Paper:
    fields = _fields(entry, parsed, strings)
    eprint = fields.get("eprint", "")
    archive = fields.get("archiveprefix", fields.get("eprinttype", "arxiv"))
    authors = fields.get("author", "")
    return make_paper(
        origin,
        fields.get("title"),
        fields.get("abstract"),
        identifiers=[
            eprint if _ARXIV_PREFIX.match(archive) else None,
            fields.get("doi"),
            fields.get("url"),
            *(f"{fields.get('journal', '')} {fields.get(key, '')}" for key in ("volume", "eid")),
            *(fields.get(key) for key in ("howpublished", "note", "ee", "arxiv", "arxivid")),
        ],
        dates=[fields.get("date"), _year_and_month(fields), fields.get("year")],
        author_count=len(re.split(r"\s+and\s+", authors)) if authors.strip() else None,
    )


def _year_and_month(fields: dict[str, str]) -> str | None:
    year = re.fullmatch(r"\D{0,3}(\d{4})\D{0,3}", fields.get("year", ""))
    month = month_number(fields.get("month", "").split("#")[0].strip('{}" ~'))
    return f"{year.group(1)}-{month:02}" if year and month else None
