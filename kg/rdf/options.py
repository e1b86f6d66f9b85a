"""What an export of RDF leaves out, and what it is told of the whole."""

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
    """What to leave out. Abstracts are their authors' texts, so they are written only when asked for.

    ``license`` is the IRI of that under which the graph is given on, which only its owner knows; ``graph`` the IRI of
    the named graph that all is in, for formats that have such, None for the default graph.
    """

    evidence: EvidenceLevel = EvidenceLevel.FULL
    abstracts: bool = False
    license: str | None = None
    graph: str | None = None
