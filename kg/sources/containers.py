"""Where the papers are in JSON: lists in answers of APIs, papers by day, by topic or by id, columns, rows, wrappers.

Nobody says what shape a file has, so it is told by what is in it: an object is a paper if it is a record of a format
that ``kg`` knows or has a title; it is a container if it is no paper and something in it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from kg.identifiers import arxiv_id, doi
from kg.sources.jsonformats import format_of
from kg.sources.jsonl import column_named, opened, titles_of
from kg.sources.jsonvalues import plain_text

__all__ = [
    "CONTAINERS",
    "Found",
    "header_of",
    "holds_papers",
    "is_container",
    "is_paper",
    "may_hold",
    "papers_in",
    "row_of",
]

Row = Mapping[str, object]

CONTAINERS = frozenset(
    "papers dailypapers results result data items records entries entry articles article publications works documents "
    "docs hits hit submissions notes list rows collection recommendedpapers preprints edges nodes "
    "accepted message response search-results feed objects abstracts bibliography library".split()
)
"""Names, in small letters, of lists of papers: where such a list is empty, there are none."""

_PAPERS = frozenset("papers articles publications works entries items records submissions documents accepted".split())
_NO_PAPERS = frozenset("features facets group_by links errors messages columns schema included warnings".split())
_ALSO_NAMES = frozenset(("name", "paper"))  # of titles, but of much else besides
_LOOKED_AT = 5  # elements of a list that tell what the list is of
_MOST_KEYS = 200  # of an object that may be one record
_DEEPEST = 8


class Found(NamedTuple):
    """A value that stands where a paper may stand, or what is wrong there."""

    value: object = None
    problem: str | None = None


def papers_in(value: object, _depth: int = 0) -> Iterable[Found]:
    """The records in a value: itself, unless it is a container of papers.

    What a container holds beside papers is passed over; lists of objects there are told as problems.
    """
    if isinstance(value, list):
        return _in_list(value, _depth)
    if isinstance(value, dict) and format_of(value) is None and _depth < _DEEPEST:
        return _in_object(value, _depth)
    return (Found(value),)


def holds_papers(value: object, _depth: int = 0) -> bool:
    """Whether a value is a paper, or there are any in it."""
    if isinstance(value, list):
        some = [each for each in islice(value, 50) if each is not None][:_LOOKED_AT]
        return header_of(some) is not None or any(holds_papers(each, _depth + 1) for each in some)
    return isinstance(value, dict) and (is_paper(value) or (_depth < _DEEPEST and is_container(value, _depth)))


def is_paper(value: object) -> bool:
    """Whether an object is a record of a known format, or has a title, or a name and what only papers have."""
    if not isinstance(value, dict):
        return False
    if format_of(value) is not None:
        return True
    if not titles_of(value):
        return False
    return _has_title(value) or _describes_paper(value)


def is_container(row: Row, _depth: int = 0) -> bool:
    """Whether an object is no paper but holds some, in lists or in objects, at whatever depth."""
    return format_of(row) is None and any(True for _ in _holding(row, _depth))


def may_hold(row: Row, key: str) -> bool:
    """Whether a field of an object may hold papers, by its name and by what else the object is known to hold."""
    if key.lower() in _NO_PAPERS or (column_named(key) is not None and key.lower() not in _ALSO_NAMES):
        return False
    return not _has_title(row) or (key.lower() in _PAPERS and not _describes_paper(row))


def header_of(value: object) -> Sequence[str] | None:
    """The names of columns in a list of rows, which stand in its first row; None if it is no such list."""
    first = value[0] if isinstance(value, list) and value else None
    names = first if isinstance(first, list) else []
    if not names or not all(isinstance(name, str) and len(name) < 100 for name in names):
        return None
    return names if any(column_named(name) == "title" for name in names) else None


def row_of(header: Sequence[str], values: Sequence[object]) -> dict[str, object]:
    """A row of a table as an object."""
    return dict(zip(header, values, strict=False))


def _in_list(values: list[object], depth: int) -> Iterator[Found]:
    header = header_of(values)
    if header is not None:
        for row in values[1:]:
            yield Found(row_of(header, row) if isinstance(row, list) else row)
    elif depth < _DEEPEST and holds_papers(values):
        for each in values:
            yield from papers_in(each, depth + 1)
    else:
        yield Found(values)


def _in_object(row: dict[str, object], depth: int) -> Iterator[Found]:
    if columns := _columns(row):
        yield from columns
        return
    holding = {each.key: each for each in _holding(row, depth)}
    if not holding:
        if not (_is_empty_answer(row) and not _has_title(row)):
            yield Found(row)
        return
    if len(holding) == 1:
        [(key, inner, is_one)] = holding.values()
        if is_one:
            yield Found(_unwrapped(row, key, inner))
            return
    for key, value, is_one in holding.values():
        if is_one:
            yield Found(_named(key, value))
        else:
            yield from papers_in(value, depth + 1)
    yield from _passed_over(row, holding)


class _Holding(NamedTuple):
    """A field that holds papers, or is one."""

    key: str
    value: Any
    is_one: bool


def _holding(row: Row, depth: int) -> Iterator[_Holding]:
    """The fields of an object that hold papers. Beside lists of them, an object with a title and no more is none."""
    if depth >= _DEEPEST:
        return
    candidates = [
        (key, value) for key, value in row.items() if isinstance(value, (dict, list)) and value and may_hold(row, key)
    ]
    if not candidates or (_describes_paper(row) and _has_title(row)):
        return
    titled, lists = _has_title(row), False
    for key, value in candidates:
        if isinstance(value, list) and holds_papers(value, depth + 1):
            if titled and not any(isinstance(each, dict) and _describes_paper(each) for each in value[:_LOOKED_AT]):
                continue
            lists = True
            yield _Holding(key, value, is_one=False)
    for key, value in candidates:
        if not isinstance(value, dict):
            continue
        if is_container(value, depth + 1):
            yield _Holding(key, value, is_one=False)
        elif _describes_paper(value) or format_of(value) is not None or (not lists and is_paper(value)):
            yield _Holding(key, value, is_one=True)


def _has_title(row: Row) -> bool:
    """Whether there is a title under a name that only titles have."""
    if len(row) > _MOST_KEYS:
        return False
    return bool(titles_of({key: value for key, value in row.items() if key not in _ALSO_NAMES}))


def _describes_paper(row: Row) -> bool:
    """Whether there is what only papers have beside a title: an abstract or authors."""
    return any(value and column_named(key) in ("abstract", "authors") for key, value in islice(row.items(), _MOST_KEYS))


def _named(key: str, row: dict[str, object]) -> dict[str, object]:
    """A paper with the name that it goes by in its container, where that is its id or the title that it lacks."""
    if format_of(row) is not None:
        return row
    if arxiv_id(key) and not row.get("arxiv"):
        return {"arxiv": key, **row} if "arxiv" not in row else {**row, "arxiv": key}
    if doi(key) and not row.get("doi"):
        return {**row, "doi": key}
    return row if titles_of(opened(row)) or " " not in key.strip() else {**row, "title": key}


def _unwrapped(row: dict[str, object], key: str, inner: dict[str, object]) -> dict[str, object]:
    """The one paper in an object: under its own name, or in a wrapper, whose fields are then the paper's too."""
    named = _named(key, inner)
    if named is not inner or format_of(inner) is not None:
        return named
    around = {name: value for name, value in row.items() if name != key and not isinstance(value, (dict, list))}
    return {**around, **{name: value for name, value in inner.items() if name not in around or value}}


def _columns(row: dict[str, object]) -> list[Found]:
    """The rows of a data frame that was written column by column (``split`` or ``columns`` in pandas)."""
    names, rows = row.get("columns"), row.get("data")
    if isinstance(names, list) and isinstance(rows, list) and header_of([names]):
        header = [plain_text(name) for name in names]
        return [Found(row_of(header, each) if isinstance(each, list) else each) for each in rows]
    title = next((value for key, value in islice(row.items(), _MOST_KEYS) if column_named(key) == "title"), None)
    if not isinstance(title, (list, dict)) or not any(isinstance(each, str) for each in _elements(title)):
        return []
    columns = {key: value for key, value in row.items() if column_named(key) is not None}
    if len(columns) < 2:
        return []
    if isinstance(title, list):
        if not all(isinstance(value, list) and len(value) == len(title) for value in columns.values()):
            return []
        return [Found(dict(zip(columns, each, strict=True))) for each in zip(*columns.values(), strict=True)]
    if not all(isinstance(value, dict) and value.keys() == title.keys() for value in columns.values()):
        return []
    return [Found({key: value[place] for key, value in columns.items()}) for place in title]  # type: ignore[index]


def _elements(value: list[object] | dict[str, object]) -> Iterable[object]:
    return islice(value.values() if isinstance(value, dict) else value, _LOOKED_AT)


def _is_empty_answer(row: Row) -> bool:
    """Whether an object is an API's answer that nothing was found."""
    return any(isinstance(value, list) and not value and key.lower() in CONTAINERS for key, value in row.items())


def _passed_over(row: Row, holding: Mapping[str, _Holding]) -> Iterator[Found]:
    for key, value in row.items():
        if key not in holding and isinstance(value, list) and key.lower() not in _NO_PAPERS:
            objects = sum(isinstance(each, dict) for each in value)
            if objects:
                yield Found(problem=f"{key[:60]!r} holds {objects} objects without a title; they are not read")
