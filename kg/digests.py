"""Versions that nobody has to remember: digests of what an outcome depends on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

__all__ = ["code_digest", "digest_of"]

_PACKAGE = Path(__file__).parent


def digest_of(pieces: Iterable[bytes]) -> str:
    """Twelve hexadecimal digits for some pieces in their order, each told from the next."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(len(piece).to_bytes(8, "big") + piece)
    return digest.hexdigest()[:12]


@cache
def code_digest(*parts: str) -> str:
    """The digest of all modules in parts of ``kg`` (``"text"`` is ``kg/text``, ``"iris.py"`` a module).

    A changed comment counts as well: to do work again costs minutes, to keep what is stale costs trust.
    """
    files = (_PACKAGE / part for part in parts)
    modules = sorted({module for file in files for module in ([file] if file.is_file() else file.rglob("*.py"))})
    names = ((module.relative_to(_PACKAGE).as_posix(), module.read_bytes()) for module in modules)
    return digest_of(piece for name, code in names for piece in (name.encode(), code))
