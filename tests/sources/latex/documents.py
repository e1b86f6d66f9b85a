"""Documents of LaTeX for the tests, in our own words, and how they are read."""

from __future__ import annotations

from kg.model import Paper
from kg.model.fulltext import Part, Table
from kg.sources import SourceFile, read_source

__all__ = ["cells", "document", "paper", "read", "table", "tables", "text"]


def document(body: str, *, preamble: str = "", abstract: str = "We count sheep.", title: str = "Shepherd") -> str:
    """A whole document around a body."""
    return (
        f"\\documentclass{{article}}\n{preamble}\n\\title{{{title}}}\n\\author{{Ann Shepherd \\and Bo Lamb}}\n"
        f"\\begin{{document}}\n\\maketitle\n\\begin{{abstract}}\n{abstract}\n\\end{{abstract}}\n{body}\n\\end{{document}}\n"
    )


def read(content: str | bytes) -> list[object]:
    """What a source holds."""
    data = content.encode() if isinstance(content, str) else content
    return list(read_source(SourceFile("key", "paper", None, data)))


def paper(body: str, **said: str) -> Paper:
    """The paper with such a body."""
    [found] = read(document(body, **said))
    assert isinstance(found, Paper)
    return found


def tables(body: str, **said: str) -> list[Table]:
    """The tables of a body."""
    return [part.table for part in paper(body, **said).body if part.table is not None]


def table(rows: str, columns: str = "lcc", **said: str) -> Table:
    """A tabular of some rows, read."""
    [found] = tables(f"\\begin{{table}}\\begin{{tabular}}{{{columns}}}{rows}\\end{{tabular}}\\end{{table}}", **said)
    return found


def cells(found: Table) -> list[list[str]]:
    """The texts of the cells, row by row."""
    rows: dict[int, list[str]] = {}
    for cell in found.cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return list(rows.values())


def text(body: str, **said: str) -> str:
    """The text of the sections."""
    parts: list[Part] = [part for part in paper(body, **said).body if str(part.kind) == "section"]
    return "\n".join(part.text for part in parts)
