"""``kg_tagger``: names that nobody has listed, found by a small neural tagger.

Word pieces go through an int8 encoder (ONNX, one thread, one text at a time, so that the outcome depends on the text
alone), an abstract of usual length in two parts, cut where a sentence begins: attention costs the square of the length,
and the half of an abstract is context enough.
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
from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.document import Findings, findings
from kg.extraction.lexicon import GENERIC
from kg.extraction.proposals import NameProposal
from kg.extraction.tagging import LABELS, Floats, cuts_of, decode, name_bounds
from kg.extraction.weights import shipped
from kg.extraction.wordpieces import Pieces, coverage_of, encode, load_tokenizer
from kg.model import Rule
from kg.text.folding import fold

if TYPE_CHECKING:
    import onnxruntime
    from tokenizers import Tokenizer

__all__ = ["TaggerComponent"]

_SIZE = re.compile(r"\d+(?:\.\d+)?\s?[BMKx%]?\Z")


@Language.factory("kg_tagger")
def make_tagger(nlp: Language, name: str, least_score: float, weights: str | None = None) -> TaggerComponent:
    """The component over the shipped weights, or over a file of others of the same make."""
    return TaggerComponent(Path(weights) if weights else shipped("tagger.onnx"), least_score)


class TaggerComponent:
    """Proposes each span that the tagger is sure enough of."""

    def __init__(self, weights: Path, least_score: float) -> None:
        self.weights, self.least_score = weights, least_score

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
        # Fused, this normalisation runs slower on a CPU than its parts do: left apart it saves a tenth of the time.
        return onnxruntime.InferenceSession(
            str(self.weights), options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
        )

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return load_tokenizer(str(shipped("tokenizer.json")))

    def __call__(self, doc: Doc) -> Doc:
        """Tag one doc."""
        found = findings(doc)
        pieces = encode(self._tokenizer, found.text, _coverage(found))
        for start, end, kind, score in decode(self._probabilities(pieces, found.sentences)):
            first, last = name_bounds(found.text, pieces.offsets[start][0], pieces.offsets[end - 1][1])
            name = found.text[first:last]
            if score >= self.least_score and _may_be_name(name):
                found.names.append(NameProposal(first, last, name, Rule.TAGGER, round(score, 3), kind))
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


def _may_be_name(name: str) -> bool:
    """Not a class, a function word or a bare number; and no name goes on from the title into the abstract."""
    return fold(name) not in GENERIC and "\n" not in name and len(name) > 1 and not _SIZE.match(name)


def _coverage(found: Findings) -> bytearray:
    known = (c for c in found.names if c.rule is Rule.GAZETTEER)
    return coverage_of(len(found.text), ((c.start, c.end, c.type, c.needs_context) for c in known))
