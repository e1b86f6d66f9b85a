"""The annotated texts that the reader learns from, brought to one form.

Each text comes with spans that say what may stand there. A corpus whose labels are coarser than ours ("Material")
allows several of ours; what a corpus does not annotate (methods, in TDMSci) or leaves to taste (optional entities) is
allowed to be anything, so that nothing is learned from it.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.extraction.names import is_name_shaped
from kg.model import EntityType

__all__ = ["Annotated", "AnnotatedSpan", "read_crossner", "read_scirex", "read_tdmsci"]

_T = EntityType
_SCIREX = {
    "Method": (_T.METHOD, _T.MODEL),
    "Material": (_T.DATASET, _T.BENCHMARK),
    "Metric": (_T.METRIC,),
    "Task": (_T.TASK,),
}
_TDMSCI = {"DATASET": (_T.DATASET, _T.BENCHMARK), "METRIC": (_T.METRIC,), "TASK": (_T.TASK,)}
_CROSSNER = {"algorithm": (_T.METHOD,), "product": (_T.MODEL, _T.METHOD), "metrics": (_T.METRIC,), "task": (_T.TASK,)}
_GENERIC = re.compile(
    r"(?:(?:our|the|this|proposed|baseline|full|new|final|base|simple|deep|neural|other|same|two|three|previous) )*"
    r"(?:models?|methods?|networks?|approach(?:es)?|systems?|algorithms?|frameworks?|architectures?|features?|accuracy|"
    r"loss|baselines?|attention|encoder|decoder|classifier|layers?|embeddings?|datasets?|corpus|tasks?|training|"
    r"performance|results?|error|score|cost|time|speed|data|images?|videos?|sentences?|words?|ours)\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AnnotatedSpan:
    """A span and the types that it may have; with ``optional`` it may also be no name at all."""

    start: int
    end: int
    types: tuple[EntityType, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text with its spans; ``silent`` are the types that the corpus does not annotate."""

    text: str
    spans: tuple[AnnotatedSpan, ...]
    silent: tuple[EntityType, ...] = ()


def read_scirex(path: Path) -> Iterator[Annotated]:
    """SciREX sentences that name something; its many generic mentions ("our model") are left open."""
    for row in _rows(path):
        spans = [
            AnnotatedSpan(start, end, _SCIREX[label], optional=_is_generic(row["text"][start:end]))
            for start, end, label in row["spans"]
            if label in _SCIREX
        ]
        if any(not span.optional for span in spans) and 40 <= len(row["text"]) <= 600:
            yield Annotated(row["text"], tuple(spans))


def _is_generic(surface: str) -> bool:
    words = surface.split()
    return bool(_GENERIC.match(surface)) or (len(words) == 1 and not is_name_shaped(surface) and surface.islower())


def read_tdmsci(path: Path) -> Iterator[Annotated]:
    """TDMSci sentences; methods and models are not annotated there."""
    for row in _rows(path):
        spans = tuple(AnnotatedSpan(a, b, _TDMSCI[label]) for a, b, label in row["spans"] if label in _TDMSCI)
        yield Annotated(row["text"], spans, silent=(_T.METHOD, _T.MODEL))


def read_crossner(path: Path) -> Iterator[Annotated]:
    """CrossNER's AI sentences; people, places and organisations there are good examples of no name."""
    for row in _rows(path):
        spans = [AnnotatedSpan(a, b, _CROSSNER[label]) for a, b, label in row["spans"] if label in _CROSSNER]
        spans += [
            AnnotatedSpan(a, b, (_T.DATASET, _T.BENCHMARK, _T.METHOD, _T.TASK), optional=True)
            for a, b, label in row["spans"]
            if label in ("misc", "field")
        ]
        yield Annotated(row["text"], tuple(spans))


def _rows(path: Path) -> Iterator[Any]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
