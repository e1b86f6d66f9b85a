"""Entries of BibTeX, parsed by ``bibtexparser`` some at a time, so that a library of any size is read in little memory.

What people write and the parser does not forgive is mended line by line before: a key that is missing, or whose comma
is. Abbreviations and what entries inherit are put in; what a field means is not known here.
"""

from __future__ import annotations

import logging
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    ImplicitComment,
    ParsingFailedBlock,
    String,
)
from bibtexparser.model import Entry as ParsedEntry

from kg.sources.bibtex_values import split_value
from kg.sources.fields import not_understood, one_line
from kg.sources.lines import LONGEST_RECORD, Line

__all__ = ["Damage", "Entry", "read_entries"]

_DUPLICATES = (DuplicateBlockKeyBlock, DuplicateFieldKeyBlock)
_BATCH = 200_000  # characters parsed at once
_MOST_KEPT = 20_000_000  # characters of entries that others may inherit from, and of those that wait for one
_DEEPEST = 5  # parents of parents
_GUARD = "\ufdd0"  # before what begins a line as an entry does and is none; no line has it

_TYPES = (
    "article|(?:in)?proceedings|conference|(?:in|mv|supp)?book|booklet|(?:in|mv|supp)?collection|manual|misc|"
    "(?:masters|phd)?thesis|(?:tech)?report|online|electronic|unpublished|string|preamble|comment|www|xdata"
)
_START = re.compile(r"\s*@\w*[ \t]*[{(]")  # where the parser takes an entry to begin
_ENTRY = re.compile(
    rf"\s*@(?P<type>(?:{_TYPES})[ \t]*[{{(]|"
    r"[A-Za-z][\w-]*[ \t]*\{(?=[^{}\"=,]{0,200}(?:,|\Z)|\s*[A-Za-z][\w-]{0,40}\s*=))(?P<rest>.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
_TYPE_ALONE = re.compile(rf"\s*@(?:{_TYPES})\s*\Z", re.IGNORECASE)
_NO_KEY = re.compile(r"\s*[A-Za-z][\w-]{0,40}\s*=\s*[\"{\w]")
_KEY_ENCLOSED = re.compile(r"\s*[{\"](?P<key>[^{}\"=,]{1,200})[}\"]\s*,")
_KEY_ALONE = re.compile(r"[^{}\"=,#%]{0,200}\Z")
_NOT_KEYED = ("string", "preamble", "comment")
_OF_THE_FILE = frozenset(("xdata", "control", "ieeetranbstctl", "set"))  # what speaks of no publication

# Text between entries that looks like a piece of one: of a head without its sign, or of fields.
_LOST = re.compile(
    r"\A[ \t]*\W?\w+\s*[{(][^\s,{}]*,|^[ \t]{0,99}(?:,[ \t]{0,99})?[A-Za-z][\w-]{0,40}[ \t]{0,99}=[ \t]{0,99}[{\"]",
    re.MULTILINE,
)
_HEAD = re.compile(r"@\w*\s*[{(]\s*([^\s,={}\"]{1,60})")

# Of publications that contain others, what also holds of these; biblatex' own rules, without what identifies.
_FOR_CHILDREN = frozenset(
    "year month day date booktitle eventtitle journal journaltitle series volume number publisher school institution "
    "organization editor location address issue".split()
)
_TITLED = frozenset(("proceedings", "book", "collection", "mvbook", "mvproceedings", "mvcollection", "reference"))
_PARENTS = _TITLED | {"xdata", "periodical", "conference"}
_DATED = ("year", "date")

# What it warns of is told to the user as rejects; printed as well it would be told twice.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
logging.getLogger("bibtexparser").propagate = False


@dataclass(frozen=True)
class Entry:
    """One entry: the line that it begins on, its type and fields by name in small letters, and what was left out."""

    number: int
    kind: str
    key: str
    fields: Mapping[str, str]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Damage:
    """What cannot be read, from which line on, and why."""

    number: int
    reason: str


def read_entries(lines: Iterable[Line]) -> Iterator[Entry | Damage]:
    """Each entry with what it inherits, and each piece that is none; one that waits for its parent comes after it."""
    strings: dict[str, str] = {}  # the abbreviations that @string defines, for all that follows
    family = _Family()
    for batch in _batches(lines):
        for found in sorted((*batch.damages, *_parsed(batch, strings)), key=lambda each: each.number):
            yield from family.add(found) if isinstance(found, Entry) else (found,)
    yield from family.rest()


# Batches


@dataclass
class _Batch:
    """Whole entries, as many as make a batch: their lines, and the number in the file of each."""

    lines: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    size: int = 0
    damages: list[Damage] = field(default_factory=list)
    bad: dict[int, str] = field(default_factory=dict)
    """Lines of which only some characters are bad, and what is wrong with them."""

    def add(self, line: Line) -> None:
        """One more line."""
        self.lines.append(line.text)
        self.numbers.append(line.number)
        self.size += len(line.text) + 1

    def number(self, index: int | None) -> int:
        """The number in the file of a line."""
        return self.numbers[min(max(index or 0, 0), len(self.numbers) - 1)]


def _batches(lines: Iterable[Line]) -> Iterator[_Batch]:
    """Cut where entries begin; an entry with a line that cannot be had, or too long, is left out and noted."""
    batch = _Batch()
    begin = entry_size = 0  # the index in the batch and the length of the entry at hand
    lost: Damage | None = None
    for line in _mended(lines):
        if _ENTRY.match(line.text):
            if batch.size > _BATCH:
                yield batch
                batch = _Batch()
            begin, entry_size, lost = len(batch.lines), 0, None
        elif _START.match(line.text):  # a handle that begins a line, say
            line = line._replace(text=f"{_GUARD}{line.text}")
        entry_size += len(line.text) + 1
        if lost is None and (reason := _unreadable(line, entry_size)):
            lost = Damage(batch.numbers[begin] if begin < len(batch.numbers) else line.number, reason)
            batch.damages.append(lost)
            del batch.lines[begin:], batch.numbers[begin:]
        if lost is None:
            batch.add(line)
            if line.problem:
                batch.bad[line.number] = line.problem
    yield batch


def _unreadable(line: Line, entry_size: int) -> str | None:
    if line.problem and not line.text:
        return f"line {line.number}: {line.problem}"
    return f"the entry is longer than {LONGEST_RECORD:,} characters" if entry_size > LONGEST_RECORD else None


def _mended(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, but that each entry has a key and the comma behind it, for which its next line is waited for."""
    head: Line | None = None  # the first line of an entry of which nothing but the key is known
    for line in lines:
        if head is not None:
            if not line.text.strip() and not line.problem:
                continue
            if _TYPE_ALONE.match(head.text) and line.text.lstrip()[:1] in ("{", "("):
                line = line._replace(text=f"{head.text.strip()}{line.text.strip()}", number=head.number)
            else:
                yield head._replace(text=f"{head.text},") if _NO_KEY.match(line.text) else head
            head = None
        line = _with_key(line)
        match = _ENTRY.match(line.text)
        if _TYPE_ALONE.match(line.text) or (match and _is_keyed(match) and _KEY_ALONE.match(match["rest"])):
            head = line
        else:
            yield line
    if head is not None:
        yield head


def _with_key(line: Line) -> Line:
    match = _ENTRY.match(line.text)
    if match is None or not _is_keyed(match):
        return line
    head, rest = line.text[: match.start("rest")], match["rest"]
    if _NO_KEY.match(rest):
        return line._replace(text=f"{head},{rest}")
    if key := _KEY_ENCLOSED.match(rest):
        return line._replace(text=f"{head}{key['key']},{rest[key.end() :]}")
    return line


def _is_keyed(match: re.Match[str]) -> bool:
    return not match["type"].lower().startswith(_NOT_KEYED)


# Entries


def _parsed(batch: _Batch, strings: dict[str, str]) -> Iterator[Entry | Damage]:
    if not batch.lines:
        return
    for block in parse_string("\n".join(batch.lines), parse_stack=()).blocks:
        number = batch.number(block.start_line)
        # One key for two entries, or a field given twice: each entry is a record, and the first value counts.
        entry = block.ignore_error_block if isinstance(block, _DUPLICATES) else block
        if isinstance(entry, String):
            strings[entry.key.lower()] = split_value(entry.key, str(entry.value), strings)[0][entry.key.lower()]
        elif isinstance(entry, ParsedEntry):
            yield _entry(entry, number, batch, strings)
        elif isinstance(block, ParsingFailedBlock):
            yield Damage(number, _failure(block))
        elif isinstance(block, ImplicitComment) and _LOST.search(block.comment):
            yield Damage(number, f"text that belongs to no entry: {one_line(block.comment[:80])[:60]!r}")


def _entry(entry: ParsedEntry, number: int, batch: _Batch, strings: Mapping[str, str]) -> Entry:
    fields: dict[str, str] = {}
    remarks: list[str] = []
    for each in entry.fields:
        if "\ufffd" in str(each.value) and batch.bad:
            problem = next((bad for line, bad in batch.bad.items() if line >= number), "it is not UTF-8")
            remarks.append(f"{one_line(each.key)!r} is left out: {problem}")
            continue
        found, left = split_value(each.key, str(each.value).replace(_GUARD, ""), strings)
        if left:
            remarks.append(not_understood(one_line(each.key)[:40], left))
        for name, text in found.items():
            fields.setdefault(name.replace(" ", "-"), text)
    return Entry(number, entry.entry_type.strip().lower(), entry.key, fields, tuple(remarks))


def _failure(block: ParsingFailedBlock) -> str:
    key = _HEAD.match(block.raw or "")
    reason = one_line(getattr(block.error, "abort_reason", str(block.error))).replace("`", "'")
    return f"entry {key.group(1) if key else ''!r} is no BibTeX: {reason[0].lower()}{reason[1:]}"


# Inheritance


class _Family:
    """Entries that others name as their parent, and those that wait for a parent that the file has further on."""

    def __init__(self) -> None:
        self._parents: dict[str, Entry] = {}
        self._waiting: dict[str, list[Entry]] = {}
        self._in_turn: deque[str] = deque()
        self._kept = 0

    def add(self, entry: Entry) -> Iterator[Entry]:
        """The entry if it waits for nobody, and those that waited for it."""
        todo = deque((entry,))
        while todo:
            entry = todo.popleft()
            children = self._waiting.pop(entry.key.lower(), [])
            if children or entry.kind in _PARENTS:
                self._remember(entry)
            missing = next((name for name in _parents_of(entry) if name not in self._parents), None)
            if missing is not None and self._kept < _MOST_KEPT:
                self._waiting.setdefault(missing, []).append(entry)
                self._kept += _size(entry)
            elif entry.kind not in _OF_THE_FILE:
                yield self._complete(entry)
            self._kept -= sum(map(_size, children))
            todo.extend(children)

    def rest(self) -> Iterator[Entry]:
        """Those whose parents the file does not have."""
        left = sorted((entry for entries in self._waiting.values() for entry in entries), key=lambda each: each.number)
        for entry in left:
            if entry.kind not in _OF_THE_FILE:
                yield self._complete(entry)

    def _remember(self, entry: Entry) -> None:
        """Keep what others may inherit from an entry: all of data, of publications what holds of what they contain."""
        key = entry.key.lower()
        if not key or key in self._parents:
            return
        if entry.kind != "xdata":
            inherited = {name: text for name, text in entry.fields.items() if name in _FOR_CHILDREN}
            if entry.kind in _TITLED and "title" in entry.fields:
                inherited.setdefault("booktitle", entry.fields["title"])
            links = {name: entry.fields[name] for name in ("crossref", "xdata") if name in entry.fields}
            entry = replace(entry, fields={**inherited, **links})
        if self._kept < _MOST_KEPT:
            self._kept += _size(entry)
            self._parents[key] = entry

    def _complete(self, entry: Entry) -> Entry:
        fields = dict(entry.fields)
        remarks = list(entry.remarks)
        own, seen = _parents_of(entry)[:_DEEPEST], set[str]()
        names = deque(own)
        while names and len(seen) < _DEEPEST:
            name = names.popleft()
            parent = self._parents.get(name)
            if parent is None and name in own:
                remarks.append(f"'crossref' is not in the file: {name[:60]!r}")
            elif parent is not None and name not in seen:
                dated = any(each in fields for each in _DATED)
                for each, text in parent.fields.items():
                    if not (dated and each in (*_DATED, "month", "day")):
                        fields.setdefault(each, text)
                names.extend(_parents_of(parent))
            seen.add(name)
        return replace(entry, fields=fields, remarks=tuple(remarks))


def _parents_of(entry: Entry) -> list[str]:
    names = f"{entry.fields.get('crossref', '')},{entry.fields.get('xdata', '')}".lower().split(",")
    return [name.strip() for name in names if name.strip()]


def _size(entry: Entry) -> int:
    return sum(len(name) + len(text) for name, text in entry.fields.items()) + 500
