"""The code blocks of the pages, and what they print when they are run.

``python -m tests.docs.blocks`` puts what commands print now into the blocks that show it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import KG, ROOT, environment
from tests.samples import SMALL_PAPERS, jsonl

__all__ = ["PAGES", "Block", "blocks_of", "commands_of", "prepare", "run"]

PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))
_GENERATED = ("cli.md", "ontology.md", "python.md")
_BLOCK = re.compile(
    r"(?:<!-- not run: (?P<reason>[^\n]+?) -->\n)?^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.M | re.S
)
_TIME = re.compile(r"^\d+\.\d s; graph in ")
"""What differs from run to run, and stands in no page."""


@dataclass(frozen=True)
class Block:
    """A code block; ``reason`` says why it is not run, if it is not."""

    page: str
    line: int
    language: str
    text: str
    reason: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def blocks_of(*languages: str) -> list[Block]:
    """All blocks in these languages, or all, of pages that are written by hand."""
    return [
        block
        for page in PAGES
        if page.name not in _GENERATED
        for block in _blocks(page)
        if not languages or block.language in languages
    ]


def _blocks(page: Path) -> Iterator[Block]:
    text = page.read_text(encoding="utf-8")
    for found in _BLOCK.finditer(text):
        line = text.count("\n", 0, found.start("language")) + 1
        name = page.relative_to(ROOT).as_posix()
        yield Block(name, line, found["language"], found["text"], found["reason"] or "")


def commands_of(block: Block) -> list[tuple[str, str]]:
    """Each command of a block for a shell, with what the page says that it prints (nothing, where it shows nothing)."""
    if block.language == "sh":
        return [(command, "") for line in block.text.splitlines() if (command := line.strip())]
    pieces = re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]
    return [(command, shown) for piece in pieces for command, _, shown in [piece.partition("\n")]]


def prepare(folder: Path, graph: Path) -> None:
    """Put what the pages speak of into a folder: ``kg`` on the path, the examples, sources and graphs."""
    (folder / "bin").mkdir()
    program = folder / "bin" / "kg"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{KG}" "$@"\n')
    program.chmod(0o755)
    (folder / "examples").symlink_to(ROOT / "examples")
    (folder / "papers").mkdir()
    for name, papers in (("papers/old.txt", 2), ("papers/new.txt", 3), ("june.jsonl", 4), ("snapshot.jsonl", 4)):
        (folder / name).write_text(jsonl(SMALL_PAPERS[:papers]))
    (folder / "papers.txt").write_bytes((ROOT / "examples" / "reasoning-and-rl.txt").read_bytes())
    (folder / "outputs").mkdir()
    for name in ("outputs/kg.db", "monday.db", "friday.db"):
        shutil.copy(graph, folder / name)


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a line of a shell in a folder that was prepared, in a terminal of 80 columns."""
    env = environment(COLUMNS="80", PATH=f"{folder / 'bin'}:{os.environ['PATH']}")
    return subprocess.run(
        ["sh", "-c", command], cwd=folder, env=env, capture_output=True, text=True, timeout=120, check=False
    )


def printed(command: str, folder: Path) -> str:
    """What a reader sees: both outputs, without blanks at the ends of lines and without the time that it took."""
    done = run(f"({command}) 2>&1", folder)
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines() if not _TIME.match(line))


def _refresh() -> None:
    from kg import building

    for block in blocks_of("console"):
        if block.reason or not any(shown for _, shown in commands_of(block)):
            continue
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            building.build_graph([str(ROOT / "examples" / "reasoning-and-rl.txt")], folder / "sample.db")
            prepare(folder, folder / "sample.db")
            (folder / "outputs" / "kg.db").unlink()
            lines = [f"$ {command}\n{printed(command, folder)}" for command, _ in commands_of(block)]
        page = ROOT / block.page
        page.write_text(page.read_text(encoding="utf-8").replace(block.text, "".join(lines)), encoding="utf-8")


if __name__ == "__main__":
    _refresh()
