"""What the pages show works: commands run and print what the page says, Python runs, TOML is TOML."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

import click
import pytest

from kg.cli import main
from tests.conftest import run_python
from tests.docs.blocks import PAGES, Block, blocks_of, commands_of, prepare, printed, run

SHELL = blocks_of("sh", "console")
OUTPUT = [block for block in SHELL if not block.reason and any(shown for _, shown in commands_of(block))]
COMMANDS = [block for block in SHELL if not block.reason and block not in OUTPUT]
PYTHON = blocks_of("python")


@pytest.fixture
def folder(tmp_path: Path, sample_graph: Path) -> Path:
    prepare(tmp_path, sample_graph)
    return tmp_path


def test_every_block_says_what_language_it_is_in() -> None:
    assert [str(block) for block in blocks_of() if not block.language] == []


def test_blocks_for_a_shell_are_run_or_say_why_not() -> None:
    """Those that need a network, a server or a long time; the comment does not show in the page."""
    assert all(len(block.reason) > 10 for block in SHELL if block not in COMMANDS and block not in OUTPUT)
    assert len(OUTPUT) + len(COMMANDS) >= len(SHELL) // 2


@pytest.mark.parametrize("block", COMMANDS, ids=str)
def test_commands_run(block: Block, folder: Path) -> None:
    for command, _ in commands_of(block):
        done = run(command, folder)
        assert done.returncode in (0, 1), f"{command}: {done.stderr}"  # 1 is nothing found, or a difference
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("block", OUTPUT, ids=str)
def test_commands_print_what_the_page_shows(block: Block, folder: Path) -> None:
    (folder / "outputs" / "kg.db").unlink()
    now = [(command, printed(command, folder)) for command, _ in commands_of(block)]
    assert now == commands_of(block), "run: python -m tests.docs.blocks"


@pytest.mark.parametrize("page", sorted({block.page for block in PYTHON}))
def test_python_runs_block_after_block(page: str, folder: Path) -> None:
    blocks = [block.text for block in PYTHON if block.page == page and not block.reason]
    # What each block says by itself: its lines must stand as they are, its names may be those of an earlier block.
    program = "\n".join(["from __future__ import annotations", *blocks])
    done = run_python("-c", program, cwd=folder)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("block", blocks_of("toml"), ids=str)
def test_toml_is_toml(block: Block) -> None:
    assert tomllib.loads(block.text)


def named_commands() -> list[tuple[str, str]]:
    """Commands that stand in the running text of the pages."""
    found = set()
    for page in PAGES:
        text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
        found |= {(page.name, code) for code in re.findall(r"`(kg [a-z][^`\n]*)`", text)}
    return sorted(found)


@pytest.mark.parametrize(("page", "code"), named_commands(), ids=lambda value: value if value.startswith("kg ") else "")
def test_a_command_that_is_named_exists_with_its_options(page: str, code: str) -> None:
    context = click.Context(main)
    command: click.Command = main
    words = code.split("'")[0].split()[1:]
    for word in words:
        if not isinstance(command, click.Group):
            break
        if word == "COMMAND" or word.startswith("-"):
            return
        inner = command.get_command(context, word)
        assert inner is not None, f"{page}: {code}"
        command = inner
    known = {option for parameter in command.params for option in parameter.opts} | {"--help", "-h"}
    assert {word for word in words if word.startswith("--")} <= known, f"{page}: {code}"


def test_the_pages_speak_of_this_interpreter() -> None:
    """The oldest Python that is promised is the oldest that is declared."""
    readme = PAGES[0].read_text(encoding="utf-8")
    (declared,) = re.findall(r'requires-python = ">=(3\.\d+)"', (PAGES[0].parent / "pyproject.toml").read_text("utf-8"))
    assert f"Python {declared} or newer" in readme
    assert sys.version_info >= tuple(map(int, declared.split(".")))
