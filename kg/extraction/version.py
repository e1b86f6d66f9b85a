"""What an extraction depends on besides the paper; importable without the pipeline."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kg.vocabulary import load_vocabulary

__all__ = ["EXTRACTOR_VERSION", "changes", "extraction_version"]

EXTRACTOR_VERSION = "5"
"""Goes up whenever the code may give another extraction of the same paper; those of other versions are redone."""

_WEIGHTS = Path(__file__).parent / "weights"


def extraction_version() -> str:
    """Version of the code, of the vocabulary and of the weights together."""
    digest = hashlib.sha256()
    for file in sorted(_WEIGHTS.glob("*.json")) + sorted(_WEIGHTS.glob("*.onnx")):
        digest.update(file.read_bytes())
    return f"{EXTRACTOR_VERSION}+{load_vocabulary().version}+{digest.hexdigest()[:12]}"


def changes(before: str, now: str) -> str:
    """What differs between two versions, for people.

    >>> changes("3+aaa+bbb", "4+aaa+ccc")
    'extractor and tagger changed'
    """
    parts = zip(("extractor", "vocabulary", "tagger"), before.split("+"), now.split("+"), strict=False)
    return " and ".join(name for name, old, new in parts if old != new) + " changed"
