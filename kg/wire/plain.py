"""What JSON is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

__all__ = ["Plain", "Row"]

Plain: TypeAlias = "Mapping[str, Plain] | list[Plain] | str | int | float | bool | None"
Row: TypeAlias = "dict[str, Plain]"
