"""How model sizes are written: "7B", "8x7B", "30B-A3B"."""

from __future__ import annotations

__all__ = ["MODEL_SIZE"]

MODEL_SIZE = r"(?:\d+x)?\d+(?:\.\d+)?\s?[BMKT](?![A-Za-z])(?:-A\d+(?:\.\d+)?B)?"
"""A pattern for one size, with the size of the active part where experts share the work."""
