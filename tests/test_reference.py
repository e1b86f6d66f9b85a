from __future__ import annotations

from pathlib import Path

from kg.api import Graph
from kg.reference import render_reference

REFERENCE = Path(__file__).parents[1] / "docs" / "python.md"


def test_the_python_reference_is_current() -> None:
    assert REFERENCE.read_text(encoding="utf-8") == render_reference(), "run: python -m kg.reference > docs/python.md"


def test_every_public_method_says_what_it_does() -> None:
    undocumented = [name for name, each in vars(Graph).items() if not name.startswith("_") and not each.__doc__]
    assert undocumented == []
