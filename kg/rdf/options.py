"""What an export of RDF leaves out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["EvidenceLevel", "RdfOptions"]


class EvidenceLevel(StrEnum):
    """How much of the proof to write: claims alone, with their sentences, or with offsets and quotes too."""

    NONE = "none"
    SENTENCE = "sentence"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class RdfOptions:
    """What to leave out. Abstracts are their authors' texts, so they are written only when asked for."""

    evidence: EvidenceLevel = EvidenceLevel.FULL
    abstracts: bool = False
