from pathlib import Path

from kg.cli.reference import render_reference

REFERENCE = Path(__file__).parents[2] / "docs" / "cli.md"


def test_command_reference_is_current() -> None:
    assert REFERENCE.read_text(encoding="utf-8") == render_reference(), "run: python -m kg.cli.reference > docs/cli.md"
