"""What extraction consists of, and the version that follows from it; importable without the pipeline."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.digests import code_digest, digest_of
from kg.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from kg.extraction.pipeline import Extractor

__all__ = ["Recipe", "changes"]

_WEIGHTS = Path(__file__).parent / "weights"


@dataclass(frozen=True)
class Recipe:
    config: str = ""

    @classmethod
    def shipped(cls) -> Recipe:
        return cls()

    @property
    def version(self) -> str:
        files = sorted(_WEIGHTS.glob("*.json")) + sorted(_WEIGHTS.glob("*.onnx"))
        weights = digest_of(file.read_bytes() for file in files)
        return f"{code_digest('extraction', 'text', 'model', 'vocabulary')}+{load_vocabulary().version}+{weights}"

    def extractor(self) -> Extractor:
        from kg.extraction.pipeline import Extractor

        return Extractor()


def changes(before: str, now: str) -> str:
    """What differs between two versions, for people.

    >>> changes("3+aaa+bbb", "4+aaa+ccc")
    'extractor and tagger changed'
    """
    parts = zip(("extractor", "vocabulary", "tagger"), before.split("+"), now.split("+"), strict=False)
    return " and ".join(name for name, old, new in parts if old != new) + " changed"
