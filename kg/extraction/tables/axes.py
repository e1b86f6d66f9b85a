"""Where the methods of a table stand, in its rows or in its columns, and what the other heads are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from kg.extraction.tables.achievers import Namer
from kg.extraction.tables.grid import Block, Grid
from kg.extraction.tables.heads import Head, Role, key_role, read_head
from kg.extraction.tables.known import Known, is_size
from kg.extraction.tables.numbers import Content, content_of
from kg.extraction.tables.scores import heads_in, level_score, names_in, score_of

__all__ = ["Axis", "Layout", "Level", "Stub", "Use", "lay_out"]

_MOST_STUBS = 8


class Use(Enum):
    """What a column of names, or a row of heads, names."""

    ACHIEVER = auto()
    BASE = auto()  # what the achievers are put on top of
    SIZE = auto()  # a size or version, part of the name of the achiever
    DATA = auto()  # data, measures, slices, protocols: each head says what
    SETTING = auto()
    IGNORED = auto()


class Axis(Enum):
    """Where the achievers stand."""

    ROWS = auto()
    COLUMNS = auto()
    NEITHER = auto()  # the paper's own method alone


@dataclass(frozen=True, slots=True)
class Stub:
    """A column of names, with the text of its head."""

    column: int
    use: Use
    head: str


@dataclass(frozen=True, slots=True)
class Level:
    """A row of heads above the numbers."""

    row: int
    use: Use


@dataclass(frozen=True, slots=True)
class Layout:
    """How a block is to be read: columns of names, rows of heads, columns of numbers; ``corner`` heads the names."""

    axis: Axis
    stubs: tuple[Stub, ...]
    levels: tuple[Level, ...]
    columns: tuple[int, ...]
    corner: Head | None = None
    signs: int = 0


def lay_out(grid: Grid, block: Block, known: Known, namer: Namer) -> Layout:
    """Decide how a block is to be read."""
    lines = [line.row for line in block.lines]
    stubs, signs = _stub_columns(grid, block, lines, known)
    taken = {stub.column for stub in stubs}
    columns = tuple(
        column
        for column in range(grid.width)
        if column not in taken and any(content_of(grid.text(row, column)) is Content.NUMBERS for row in lines)
    )
    stubs = [_with_use(grid, stub, lines, known, namer) for stub in stubs]
    by_rows = max(
        (_row_score(grid, stub, lines, known, namer) for stub in stubs if stub.use is not Use.IGNORED), default=-2.0
    )
    levels = {row: level_score(heads_in(grid, row, columns), columns, known, namer) for row in block.heads}
    by_columns = max(levels.values(), default=-2.0)
    corner = read_head(stubs[0].head, known) if stubs and stubs[0].head and key_role(stubs[0].head) is None else None
    if by_rows >= by_columns and by_rows > -0.5 and any(stub.use is not Use.IGNORED for stub in stubs):
        return Layout(
            Axis.ROWS, tuple(_one_achiever(grid, stubs, lines, known, namer)),
            tuple(Level(row, _level_use(grid, row, columns, score, known, namer)) for row, score in levels.items()),
            columns, corner, signs,
        )  # fmt: skip
    if by_columns > -0.5 and levels:
        best = max(levels, key=lambda row: (levels[row], -row))
        return Layout(
            Axis.COLUMNS, tuple(_no_achiever(stub) for stub in stubs),
            tuple(Level(row, _other_level(grid, row, best, columns, known, namer)) for row in levels),
            columns, corner, signs,
        )  # fmt: skip
    return Layout(
        Axis.NEITHER,
        tuple(_no_achiever(stub) for stub in stubs),
        tuple(Level(row, Use.DATA) for row in levels),
        columns,
        corner,
        signs,
    )


def _stub_columns(grid: Grid, block: Block, lines: list[int], known: Known) -> tuple[list[Stub], int]:
    """The columns of names at the left, and how many columns hold check marks."""
    stubs: list[Stub] = []
    signs = 0
    for column in range(min(grid.width, _MOST_STUBS + 8)):
        contents = [content_of(grid.text(row, column)) for row in lines]
        words, numbers = contents.count(Content.WORDS), contents.count(Content.NUMBERS)
        quantities, marks = contents.count(Content.QUANTITY), contents.count(Content.SIGN)
        head = _head_text(grid, block, column)
        if words + numbers + quantities + marks == 0:
            continue
        if marks > words + numbers + quantities:
            signs += 1
        elif words > numbers + quantities or _is_attribute(head, known):
            stubs.append(Stub(column, Use.DATA, head))
        elif column == 0 and not head and _is_named(grid, 1, lines):
            stubs.append(Stub(column, Use.IGNORED, head))
        elif numbers and not (read_head(head, known).has(Role.NOTHING)):
            break
    return stubs[:_MOST_STUBS], signs


def _is_named(grid: Grid, column: int, lines: list[int]) -> bool:
    """Whether a column holds words."""
    contents = [content_of(grid.text(row, column)) for row in lines]
    return contents.count(Content.WORDS) * 2 > len(contents)


def _is_attribute(head: str, known: Known) -> bool:
    """Whether the head of a column of numbers says that they tell of the row, and are no results."""
    role = key_role(head)
    return role in ("setting", "size", "version", "ignored", "split") and not read_head(head, known).has(Role.METRIC)


def _head_text(grid: Grid, block: Block, column: int) -> str:
    texts = [grid.text(row, column) for row in block.heads]
    cells = [grid.at(row, column) for row in block.heads]
    own = [text for text, cell in zip(texts, cells, strict=True) if text and cell is not None and cell.columns <= 2]
    return own[-1] if own else ""


_USES = {
    "achiever": Use.ACHIEVER, "base": Use.BASE, "on": Use.DATA, "metric": Use.DATA, "split": Use.DATA,
    "setting": Use.SETTING,
    "version": Use.SIZE, "size": Use.SIZE, "ignored": Use.IGNORED,
}  # fmt: skip


def _with_use(grid: Grid, stub: Stub, lines: list[int], known: Known, namer: Namer) -> Stub:
    """A column of names with what its head, or else its names, say that it is for."""
    if stub.use is Use.IGNORED:
        return stub
    role = key_role(stub.head)
    cells = names_in(grid, stub.column, lines)
    sizes = [cell for cell in cells if content_of(cell.text) is not Content.MISSING]
    if role == "size" and sum(is_size(cell.text) for cell in sizes) * 2 <= len(sizes):
        return Stub(stub.column, Use.IGNORED, stub.head)
    if role is None and stub.head and read_head(stub.head, known).has(Role.NOTHING):
        return Stub(stub.column, Use.IGNORED, stub.head)
    if role is not None:
        return Stub(stub.column, _USES[role], stub.head)
    heads = [read_head(cell.text, known) for cell in cells]
    if heads and sum(is_size(cell.text) for cell in cells) * 2 > len(heads):
        return Stub(stub.column, Use.SIZE, stub.head)
    if heads and sum(head.has(Role.SETTING) and not head.has(Role.ON) for head in heads) * 2 > len(heads):
        return Stub(stub.column, Use.SETTING, stub.head)
    score = score_of(cells, known, namer)
    return Stub(stub.column, Use.ACHIEVER if score > 0.3 else Use.DATA, stub.head)


def _row_score(grid: Grid, stub: Stub, lines: list[int], known: Known, namer: Namer) -> float:
    """How much speaks for a column of names being the methods."""
    role = key_role(stub.head)
    bonus = (
        2.0
        if role == "achiever"
        else 0.8
        if role == "base"
        else -2.0
        if role in ("on", "metric", "split", "setting", "size", "version")
        else 0.0
    )
    return score_of(names_in(grid, stub.column, lines), known, namer) + bonus


def _one_achiever(grid: Grid, stubs: list[Stub], lines: list[int], known: Known, namer: Namer) -> list[Stub]:
    """The columns of names with exactly one of them that names the methods; a second one names what they build on."""
    candidates = [stub for stub in stubs if stub.use is Use.ACHIEVER] or [
        stub for stub in stubs if stub.use is Use.BASE
    ]
    candidates = candidates or [
        stub for stub in stubs if stub.use is Use.DATA and key_role(stub.head) not in ("on", "metric", "split")
    ]
    candidates = candidates or [stub for stub in stubs if stub.use in (Use.DATA, Use.SETTING)] or stubs[:1]
    if len(candidates) > 1 and candidates[0].use is Use.DATA:
        candidates.sort(key=lambda stub: -_row_score(grid, stub, lines, known, namer))
    methods = [
        stub
        for stub in candidates
        if stub.head.casefold().split()[-1:] in (["method"], ["methods"], ["approach"], ["strategy"], ["algorithm"])
    ]
    chosen = methods[0] if methods else candidates[0]
    result = []
    for stub in stubs:
        use = stub.use
        if stub is chosen:
            use = Use.ACHIEVER
        elif use is Use.ACHIEVER:
            models = [known.is_model(cell.text) for cell in names_in(grid, stub.column, lines)]
            named = key_role(stub.head) in ("achiever", "base") or sum(models) * 2 > len(models)
            use = Use.BASE if named else Use.IGNORED
        result.append(Stub(stub.column, use, stub.head))
    return result


def _no_achiever(stub: Stub) -> Stub:
    use = {Use.ACHIEVER: Use.DATA, Use.SIZE: Use.SETTING}.get(stub.use, stub.use)
    return Stub(stub.column, use, stub.head)


def _level_use(grid: Grid, row: int, columns: tuple[int, ...], score: float, known: Known, namer: Namer) -> Use:
    """What a row of heads is for where the methods stand in the rows."""
    cells = heads_in(grid, row, columns)
    models = sum(
        known.is_model(cell.text) and not read_head(cell.text, known).has(Role.ON, Role.METRIC) for cell in cells
    )
    if len(cells) >= 2 and models * 2 > len(cells) and score > 0.5:
        return Use.BASE
    added = sum((name := namer.read(cell)) is not None and (name.added or name.plain) for cell in cells)
    return Use.BASE if len(cells) >= 2 and added == len(cells) else Use.DATA


def _other_level(grid: Grid, row: int, best: int, columns: tuple[int, ...], known: Known, namer: Namer) -> Use:
    """What a row of heads is for where the methods stand in the row ``best``."""
    if row == best:
        return Use.ACHIEVER
    cells = heads_in(grid, row, columns)
    if cells and sum(is_size(cell.text.split("-")[0]) for cell in cells) * 2 > len(cells):
        return Use.SIZE
    if cells and sum(known.is_model(cell.text) for cell in cells) * 2 > len(cells):
        return Use.BASE
    return Use.DATA
