"""``kg_tagger``: names that nobody has listed, found by a small neural tagger.

Word pieces go through an int8 encoder (ONNX, one thread, one text at a time, so that the outcome depends on the text
alone), an abstract of usual length in two parts, cut where a sentence begins: attention costs the square of the length,
and the half of an abstract is context enough. Labels are decoded under the rules of BIO, and a span is as sure as its
pieces on average.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.document import Candidate, Findings, findings
from kg.extraction.lexicon import GENERIC
from kg.extraction.nameshape import SUFFIXED
from kg.extraction.wordpieces import Pieces, coverage_of, encode, load_tokenizer
from kg.model import EntityType, Rule
from kg.text.folding import fold

if TYPE_CHECKING:
    import onnxruntime
    from tokenizers import Tokenizer

__all__ = ["LABELS", "WEIGHTS", "TaggedSpan", "cuts_of", "decode", "name_bounds"]

LABELS: tuple[str, ...] = ("O", *(f"{tag}-{kind}" for kind in EntityType for tag in "BI"))
WEIGHTS = Path(__file__).parent / "weights"

_PART = 200  # pieces; with cuts moved by up to half a part, no part outgrows the encoder's 512 positions
Floats = npt.NDArray[np.float32]

_INSIDE = range(2, len(LABELS), 2)  # O stands first, then B and I of each type
_NEVER = -1e4
_SURELY_OUTSIDE = 0.99

TaggedSpan = tuple[int, int, EntityType, float]
"""First piece, piece after the last, type, probability."""


def decode(probabilities: Floats) -> list[TaggedSpan]:
    """The spans of the likeliest label sequence in which every I follows its own B or I.

    ``probabilities`` is (pieces, labels). Pieces that are surely outside, which most are, part the text into stretches
    that are decoded one by one.
    """
    unsure = np.flatnonzero(probabilities[:, 0] < _SURELY_OUTSIDE)
    stretches = np.split(unsure, np.flatnonzero(np.diff(unsure) > 1) + 1) if len(unsure) else []
    found = []
    for stretch in stretches:
        first = int(stretch[0])
        likely = probabilities[first : first + len(stretch)]
        found += [(first + a, first + b, kind, sure) for a, b, kind, sure in _spans(_likeliest_path(likely), likely)]
    return found


def _likeliest_path(probabilities: Floats) -> list[int]:
    """The labels, by Viterbi's algorithm.

    In plain numbers, for a step over so few labels is shorter than a call of numpy: O and every B follow whatever is
    best, each I only the better of its own two.
    """
    scores = np.log(probabilities + 1e-9).tolist()
    total = [score if label not in _INSIDE else _NEVER + score for label, score in enumerate(scores[0])]
    back: list[list[int]] = []
    for step in scores[1:]:
        best = max(total)
        origin = total.index(best)
        following, origins = [best + step[0]], [origin]
        for inside in _INSIDE:
            own = inside - 1 if total[inside - 1] >= total[inside] else inside
            following += (best + step[inside - 1], total[own] + step[inside])
            origins += (origin, own)
        total = following
        back.append(origins)
    path = [total.index(max(total))]
    for origins in reversed(back):
        path.append(origins[path[-1]])
    return path[::-1]


def _spans(path: list[int], probabilities: Floats) -> list[TaggedSpan]:
    starts = [i for i, label in enumerate(path) if label % 2 == 1]
    found = []
    for start in starts:
        end = start + 1
        while end < len(path) and path[end] == path[start] + 1:
            end += 1
        kind = tuple(EntityType)[path[start] // 2]
        # Either tag of the type counts: where a name is cut into pieces, B and I share what belongs to the type.
        likely = probabilities[start:end, path[start]] + probabilities[start:end, path[start] + 1]
        found.append((start, end, kind, float(likely.mean())))
    return found


def cuts_of(length: int, sentences: Sequence[int]) -> list[int]:
    """Where to cut a text of so many pieces, both ends included: parts of like size, cut at the nearest of the sentence
    starts (numbers of pieces, ascending) unless that is over half a part away.

    >>> cuts_of(300, [0, 20, 130, 180])
    [0, 130, 300]
    >>> cuts_of(300, [0])
    [0, 150, 300]
    """
    parts = -(-length // _PART)
    size = length / parts
    cuts = {0, length}
    for part in range(1, parts):
        aim = round(part * size)
        place = bisect_left(sentences, aim)
        nearest = min(sentences[max(place - 1, 0) : place + 1], key=lambda start: abs(start - aim), default=aim)
        cuts.add(nearest if abs(nearest - aim) <= size / 2 else aim)
    return sorted(cuts)


@Language.factory("kg_tagger", default_config={"weights": str(WEIGHTS / "tagger.onnx"), "least_confidence": 0.3})
def make_tagger(nlp: Language, name: str, weights: str, least_confidence: float) -> TaggerComponent:
    """The component over the shipped weights, or over others of the same make."""
    return TaggerComponent(weights, least_confidence)


class TaggerComponent:
    """Adds a candidate for each span that the tagger is sure enough of."""

    def __init__(self, weights: str, least_confidence: float) -> None:
        self.weights = weights
        self.least_confidence = least_confidence

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
        # Fused, this normalisation runs slower on a CPU than its parts do: left apart it saves a tenth of the time.
        return onnxruntime.InferenceSession(
            self.weights, options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
        )

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return load_tokenizer(str(WEIGHTS / "tokenizer.json"))

    def __call__(self, doc: Doc) -> Doc:
        """Tag one doc."""
        found = findings(doc)
        pieces = encode(self._tokenizer, found.text, _coverage(found))
        for start, end, kind, confidence in decode(self._probabilities(pieces, found.sentences)):
            first, last = name_bounds(found.text, pieces.offsets[start][0], pieces.offsets[end - 1][1])
            name = found.text[first:last]
            if confidence >= self.least_confidence and _may_be_name(name):
                found.candidates.append(Candidate(first, last, name, Rule.TAGGER, round(confidence, 3), kind))
        return doc

    def _probabilities(self, pieces: Pieces, sentences: Sequence[tuple[int, int]]) -> Floats:
        """Label probabilities of all pieces, part by part."""
        if not pieces.ids:
            return np.zeros((0, len(LABELS)), dtype=np.float32)
        starts = [start for start, _ in pieces.offsets]
        cuts = cuts_of(len(starts), [bisect_left(starts, start) for start, _ in sentences])
        return np.concatenate([self._run(pieces, start, end) for start, end in pairwise(cuts)])

    def _run(self, pieces: Pieces, start: int, end: int) -> Floats:
        inputs = {
            "ids": np.array([pieces.ids[start:end]], dtype=np.int64),
            "features": np.array([pieces.features[start:end]], dtype=np.int64),
        }
        scores = self._session.run(["scores"], inputs)[0][0]
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        probabilities: Floats = powers / powers.sum(axis=1, keepdims=True)
        return probabilities


_LEADING = re.compile(r"(?:\d+(?:\.\d+)?[BMK]|the|our|a|an)\s", re.IGNORECASE)
_TRAILING = re.compile(
    r"(?:\s(?:leaderboards?|benchmarks?|datasets?|models?|algorithms?|methods?|frameworks?|suites?|environments?|"
    r"metrics?|scores?|series|famil(?:y|ies)|variants?|pipelines?)|[-@.,/(]+|"
    r"\s(?:with|for|and|of|in|on|to|via|by|from|the))\Z"
)
_GOES_ON = re.compile(r"[^\W_]*(?:-[A-Z0-9]\w*)*")
_SIZE = re.compile(r"\d+(?:\.\d+)?\s?[BMKx%]?\Z")


def name_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """A span with all of its last word and all parts of a compound name, without size or article before it and without
    the noun of its kind or a preposition behind it; of an adjective ("GRPO-trained"), only the name."""
    if rest := _GOES_ON.match(text, end):
        end = rest.end()
    if adjective := SUFFIXED.search(text, start, end):
        end = adjective.start()
    while leading := _LEADING.match(text, start, end):
        start = leading.end()
    while (trailing := _TRAILING.search(text, start, end)) and any(c.isupper() for c in text[start : trailing.start()]):
        end = trailing.start()
    return start, end


def _may_be_name(name: str) -> bool:
    """Not a class, a function word or a bare number; and no name goes on from the title into the abstract."""
    return fold(name) not in GENERIC and "\n" not in name and len(name) > 1 and not _SIZE.match(name)


def _coverage(found: Findings) -> bytearray:
    known = (c for c in found.candidates if c.rule is Rule.GAZETTEER)
    return coverage_of(len(found.text), ((c.start, c.end, c.type, c.needs_context) for c in known))
