"""``kg_reader``: the neural reader. It proposes names that nobody has listed, and keeps what it read for the judge.

Word pieces go through an int8 encoder (ONNX, one thread, one text at a time, so that the outcome depends on the text
alone), the text in parts where it is longer than the encoder takes, cut where a sentence begins.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import ExtractionError
from kg.extraction.document import Findings, findings
from kg.extraction.heads import Heads
from kg.extraction.items import Floats
from kg.extraction.lexicon import GENERIC
from kg.extraction.link_words import links_of
from kg.extraction.proposals import NameProposal
from kg.extraction.reading import Reading
from kg.extraction.tagging import LABELS, cuts_of, decode, name_bounds
from kg.extraction.weights import shipped
from kg.extraction.wordpieces import Pieces, coverage_of, encode, load_tokenizer
from kg.model import EntityType, Rule
from kg.text.folding import fold

if TYPE_CHECKING:
    import onnxruntime
    from tokenizers import Tokenizer

__all__ = ["ENCODER", "ReaderComponent", "coverage_in"]

ENCODER = "encoder"
"""The name of the encoder among the weights: an ONNX file, as bytes."""

_SIZE = re.compile(r"\d+(?:\.\d+)?\s?[BMKx%]?\Z")
_TAGS = slice(0, len(LABELS))
_VALUES = slice(_TAGS.stop, _TAGS.stop + 3)
_MEASURES = slice(_VALUES.stop, _VALUES.stop + 3)


@Language.factory("kg_reader")
def make_reader(nlp: Language, name: str, least_score: float, weights: str | None = None) -> ReaderComponent:
    """The component over the shipped weights, or over those of another file, as ``kg train`` writes it."""
    return ReaderComponent(Path(weights) if weights else shipped("reader.npz"), least_score)


class ReaderComponent:
    """Reads a text, and proposes each span that it is sure enough of as a name."""

    def __init__(self, weights: Path, least_score: float) -> None:
        self.weights, self.least_score = weights, least_score

    @cached_property
    def _networks(self) -> tuple[bytes, Heads]:
        """The encoder as ONNX, and the heads."""
        try:
            with np.load(self.weights, allow_pickle=False) as file:
                return file[ENCODER].tobytes(), Heads({name: file[name] for name in file.files if name != ENCODER})
        except (OSError, ValueError, KeyError) as error:
            raise ExtractionError(
                f"{self.weights}: no weights of the reader ({error}); write them with 'kg train'"
            ) from None

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
        # Fused, this normalisation runs slower on a CPU than its parts do: left apart it saves a tenth of the time.
        return onnxruntime.InferenceSession(
            self._networks[0], options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
        )

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return load_tokenizer(str(shipped("tokenizer.json")))

    def __call__(self, doc: Doc) -> Doc:
        """Read one doc."""
        found = findings(doc)
        pieces = encode(self._tokenizer, found.text, coverage_in(found))
        if not pieces.ids:
            return doc
        scores, vectors = self._read(pieces, found)
        sentences = [found.sentence_at(start) for start, _ in pieces.offsets]
        values, measures = _softmax(scores[:, _VALUES]), _softmax(scores[:, _MEASURES])
        links = links_of(found.text, pieces.offsets)
        found.reading = Reading(pieces.offsets, sentences, links, values, measures, vectors, self._networks[1])
        for start, end, kind, score in decode(_softmax(scores[:, _TAGS]), tuple(EntityType)):
            first, last = name_bounds(found.text, pieces.offsets[start][0], pieces.offsets[end - 1][1])
            name = found.text[first:last]
            if score >= self.least_score and _may_be_name(name):
                found.names.append(NameProposal(first, last, name, Rule.TAGGER, round(score, 3), kind))
        return doc

    def _read(self, pieces: Pieces, found: Findings) -> tuple[Floats, Floats]:
        """Scores and vectors of all pieces, part by part."""
        starts = [start for start, _ in pieces.offsets]
        cuts = cuts_of(len(starts), [bisect_left(starts, start) for start, _ in found.sentences])
        parts = [self._run(pieces, start, end) for start, end in pairwise(cuts)]
        scores, vectors = (np.concatenate(each) for each in zip(*parts, strict=True))
        return scores, vectors

    def _run(self, pieces: Pieces, start: int, end: int) -> tuple[Floats, Floats]:
        inputs = {
            "ids": np.array([pieces.ids[start:end]], dtype=np.int64),
            "features": np.array([pieces.features[start:end]], dtype=np.int64),
        }
        scores, vectors = self._session.run(["scores", "vectors"], inputs)
        return scores[0], vectors[0]


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    probabilities: Floats = powers / powers.sum(axis=1, keepdims=True)
    return probabilities


def _may_be_name(name: str) -> bool:
    """Not a class, a function word or a bare number; and no name goes on from the title into the abstract."""
    return fold(name) not in GENERIC and "\n" not in name and len(name) > 1 and not _SIZE.match(name)


def coverage_in(found: Findings) -> bytearray:
    """What the name list says of each character, as far as it is read."""
    known = (c for c in found.names if c.rule is Rule.GAZETTEER)
    return coverage_of(len(found.text), ((c.start, c.end, c.type, c.needs_context) for c in known))
