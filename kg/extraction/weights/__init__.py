"""The files of weights that the package ships; ``README.md`` says where each comes from."""

from __future__ import annotations

from pathlib import Path

__all__ = ["shipped"]


def shipped(name: str) -> Path:
    """The path of a shipped file."""
    return Path(__file__).parent / name
