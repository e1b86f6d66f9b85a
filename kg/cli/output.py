"""Rows on standard output, in the format that was asked for."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from kg.files import whole_file

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["Row", "console", "one_line", "output_stream", "print_answer", "print_object", "print_rows", "print_table"]

Row = Mapping[str, object]
_LEAST_ROOM = 16  # for a column that gives way to others
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def print_answer(answer: object, output_format: str) -> None:
    """Print the answer of a question for programs, as ``kg.wire`` has it."""
    from kg.wire import rows

    print_rows(rows(answer), output_format)


def print_rows(rows: Sequence[Row], output_format: str) -> None:
    """Print rows for programs: ``json`` is one list, ``jsonl`` a row a line, ``csv`` with a header."""
    if output_format == "json":
        print_object(rows)
    elif output_format == "jsonl":
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
    elif rows:
        click.echo(_csv_line(rows[0]))
        for row in rows:
            click.echo(_csv_line([_cell(value) for value in row.values()]))


def print_object(value: object) -> None:
    """Print plain values as JSON that people can read too."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def one_line(message: object) -> str:
    """A message fit for one line of a terminal, whatever a file is called: no line ends, no control sequences."""
    return "".join(c if c.isprintable() else " " for c in str(message))


@contextmanager
def output_stream(path: Path) -> Iterator[IO[bytes]]:
    """A file to write to, standard output for ``-``. What fails half-way leaves the file of before.

    (Click's own atomic file takes the old one's place even then, and that of a device or pipe, ``-o /dev/null``, too.)
    """
    with click.open_file("-", "wb") if str(path) == "-" else whole_file(path) as stream:
        yield stream


def _csv_line(cells: Iterable[object]) -> str:
    line = io.StringIO()
    # With this end of line the writer quotes cells that hold either half of it; ours is a bare line feed.
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue().removesuffix("\r\n")


def _cell(value: object) -> object:
    """A cell of CSV, which people open in spreadsheets: text that these would run as a formula gets an apostrophe.

    https://owasp.org/www-community/attacks/CSV_Injection. Numbers stay as they are, and so do all texts in ``json`` and
    ``jsonl``, which are for programs.
    """
    if isinstance(value, list | dict | tuple):
        return json.dumps(value, ensure_ascii=False)
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def console() -> Console:
    """A console for people: as wide as the terminal, without colour when piped or with ``NO_COLOR``."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=False)


def print_table(columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[object]]) -> None:
    """A table for people; ``columns`` are (heading, "left", "right" or "cut").

    What does not fit folds, but for the one column that is "cut": it takes what room the others leave, a line a row.
    """
    from rich.cells import cell_len
    from rich.table import Table
    from rich.text import Text

    out = console()
    cells = [[Text(str(cell)) for cell in row] for row in rows]
    for cut in (number for number, (_, justify) in enumerate(columns) if justify == "cut"):
        room = out.width - sum(
            2 + max([cell_len(columns[each][0]), *(row[each].cell_len for row in cells)])
            for each in range(len(columns))
            if each != cut
        )
        for row in cells:
            row[cut].truncate(max(room, _LEAST_ROOM), overflow="ellipsis")
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading, justify in columns:
        table.add_column(heading, justify="right" if justify == "right" else "left", overflow="fold")
    for row in cells:
        table.add_row(*row)
    out.print(table)
