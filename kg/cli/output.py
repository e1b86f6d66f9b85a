"""All that the commands print: for people, fit for the terminal that shows it, and for programs, exact.

Text from outside goes through here and nowhere else, so that no command has to think of it. For people, every text
loses what a terminal would obey, and letters that its encoding lacks are spelt with those it has
(``kg.text.terminal``). For programs, JSON has escapes for either, and CSV is UTF-8 unless a terminal shows it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, TextIO, TypeAlias

import click

from kg.files import whole_file
from kg.text.terminal import LOOKALIKES, harmless, one_line, spell, spelled_out

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from kg.model import Paper

__all__ = [
    "Part",
    "Row",
    "draws_blocks",
    "output_stream",
    "print_answer",
    "print_document",
    "print_line",
    "print_object",
    "print_path",
    "print_rows",
    "print_table",
    "print_text",
    "print_unfolded",
    "room",
    "say",
    "say_left_out",
    "title_parts",
]

Row = Mapping[str, object]
Part: TypeAlias = "str | tuple[str, str]"
"""A piece of a line, maybe with a style, in rich's words ("bold", "dim")."""

_LEAST_ROOM = 16  # for a column that gives way to others


def say(line: object) -> None:
    """Talk, on standard error: one line, whatever a file or a paper is called."""
    _echo(one_line(line), sys.stderr)


def say_left_out(unknown: Mapping[str, int]) -> None:
    """Say how many papers a filter left out that may be as wanted, by what they have ("no date")."""
    for what, count in unknown.items():
        papers, are = ("papers have", "are") if count > 1 else ("paper has", "is")
        say(f"kg: {count:,} {papers} {what} and {are} left out")


# For programs


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
            _echo(_json(row))
    elif rows:
        from kg.wire.lines import csv_cell, csv_line

        _echo_data(csv_line(rows[0]))
        for row in rows:
            _echo_data(csv_line([csv_cell(value) for value in row.values()]))


def print_object(value: object) -> None:
    """Print plain values as JSON that people can read too."""
    _echo(_json(value, indent=2))


def print_document(document: bytes) -> None:
    """Print a document in UTF-8 (JSON, RDF, XML ...) as it is; on a terminal, with escapes for what that would obey."""
    if sys.stdout.isatty():
        # Of a document only line ends and tabs are meant as controls; the escapes are those of JSON and Turtle.
        _echo(spelled_out(document.decode("utf-8", "replace")), nl=not document.endswith(b"\n"))
    else:
        _echo(document, nl=not document.endswith(b"\n"))


def print_path(path: Path) -> None:
    """Print the path of a file for a shell to take up, byte by byte; on a terminal for people."""
    _echo(one_line(path) if sys.stdout.isatty() else os.fsencode(path))


@contextmanager
def output_stream(path: Path) -> Iterator[IO[bytes]]:
    """A file to write to, standard output for ``-``. What fails half-way leaves the file of before.

    (Click's own atomic file takes the old one's place even then, and that of a device or pipe, ``-o /dev/null``, too.)
    """
    with click.open_file("-", "wb") if str(path) == "-" else whole_file(path) as stream:
        yield stream


def _json(value: object, indent: int | None = None) -> str:
    """JSON, which is the same with escapes or without: in ASCII alone where the output is not in Unicode."""
    exotic = not _encoding(sys.stdout).lower().startswith("utf")
    return spelled_out(json.dumps(value, ensure_ascii=exotic, indent=indent))


def _encoding(stream: TextIO) -> str:
    return getattr(stream, "encoding", None) or "utf-8"


def _echo(text: str | bytes, stream: TextIO | None = None, *, nl: bool = True) -> None:
    """As click does it, but for the stream: click writes UTF-8 on one that is to be ASCII."""
    click.echo(text, file=stream or sys.stdout, nl=nl)


def _echo_data(line: str) -> None:
    """A line of CSV, which is UTF-8 by its standard (RFC 7111), but that a terminal is to show it."""
    _echo(line if sys.stdout.isatty() else line.encode("utf-8", LOOKALIKES))


# For people


def print_line(*parts: Part, indent: int = 0, style: str = "", cut: bool = False) -> None:
    """Print a line, folded where it is too long, or cut there; without parts, a blank one.

    It is as wide as the terminal, and without colour when piped or with ``NO_COLOR``.
    """
    from rich.padding import Padding

    out = _console()
    line = _text(parts, style, out.encoding)
    if cut:
        _cut(line, out.width - indent, out.encoding)
    out.print(Padding(line, (0, 0, 0, indent), expand=False) if indent else line)


def print_unfolded(line: str, indent: int = 0) -> None:
    """Print a line that people may want to copy: one line, however long it is."""
    _echo(" " * indent + one_line(line))


def print_text(text: str) -> None:
    """Print a text of several paragraphs, whose line ends are kept."""
    for line in harmless(text).split("\n"):
        print_line(line)


def title_parts(paper: Paper) -> list[Part]:
    """The title of a paper as people read it, after what became of the paper if it was taken back."""
    from kg.text.reading import render

    title, status = render(paper.title).text, paper.status
    mark = [(status.upper(), "bold red"), "  "] if status and not title.lower().startswith(status) else list[Part]()
    return [*mark, (title, "bold")]


def print_table(columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[object]]) -> None:
    """A table for people; ``columns`` are (heading, "left", "right" or "cut").

    What does not fit folds, but for the one column that is "cut": it takes what room the others leave, a line a row.
    """
    from rich.table import Table

    out = _console()
    heads = [_text([heading], "bold", out.encoding) for heading, _ in columns]
    cells = [[_text([str(cell)], "", out.encoding) for cell in row] for row in rows]
    for cut in (number for number, (_, justify) in enumerate(columns) if justify == "cut"):
        room = out.width - sum(
            2 + max([heads[each].cell_len, *(row[each].cell_len for row in cells)])
            for each in range(len(columns))
            if each != cut
        )
        for row in cells:
            _cut(row[cut], max(room, _LEAST_ROOM), out.encoding)
    table = Table(box=None, pad_edge=False)
    for head, (_, justify) in zip(heads, columns, strict=True):
        table.add_column(head, justify="right" if justify == "right" else "left", overflow="fold")
    for row in cells:
        table.add_row(*row)
    out.print(table)


def room() -> int:
    """How many columns the terminal has."""
    return _console().width


def draws_blocks() -> bool:
    """Whether block elements can be shown: by the encoding, and by a terminal that is not a dumb one."""
    try:
        "\u2588\u258f".encode(_encoding(sys.stdout))
    except UnicodeEncodeError:
        return False
    return os.environ.get("TERM") != "dumb"


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False, soft_wrap=False)


def _text(parts: Iterable[Part], style: str, encoding: str) -> Text:
    """Text as it will stand there, so that what is measured is what is shown."""
    from rich.text import Text

    line = Text(style=style)
    for part in parts:
        words, look = (part, "") if isinstance(part, str) else part
        line.append(spell(one_line(words), encoding), look)
    return line


def _cut(line: Text, room: int, encoding: str) -> None:
    mark = spell("\u2026", encoding)
    if line.cell_len > room:
        line.truncate(room - len(mark), overflow="crop")
        line.append(mark)
