"""The whole of training, as the shipped weights were made: public corpora, annotated papers, then the confidence."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from kg.evaluation import load_gold, pairs_with_gold
from kg.extraction.document import findings
from kg.extraction.gazetteer import Gazetteer
from kg.extraction.judge import Judge
from kg.extraction.judging.confidence import evidence_for
from kg.extraction.own_work import own_work_from
from kg.extraction.pipeline import Extractor
from kg.extraction.recipe import Recipe
from kg.extraction.wordpieces import load_tokenizer
from kg.model import Paper
from kg.training.calibrate import Evidence, expected_calibration_error, fit_logistic, probabilities
from kg.training.corpora import Annotated, read_crossner, read_papers, read_scirex, read_tdmsci
from kg.training.examples import Example, make_example
from kg.training.model import Tagger, load_encoder
from kg.training.train import export_onnx, fit
from kg.vocabulary import load_vocabulary

__all__ = ["TrainingData", "train"]

LAYERS = 4
FOLDS = 5
_SCIREX_SENTENCES = 9000
_RATE = 1.5e-4
_HEAD_SEED = 1

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class TrainingData:
    """Where everything is: the encoder's folder (safetensors and tokenizer.json), the corpora, our annotated papers."""

    encoder: Path
    scirex: Path
    tdmsci: Path
    crossner: Path
    papers: Path
    epochs: int = 5


def train(data: TrainingData, output: Path, report: Report) -> None:
    """Train the tagger and fit the confidence; writes ``tagger.onnx``, ``confidence.json``,
    ``tokenizer.json``, and ``public.onnx``, the tagger after the public corpora alone, to compare with.

    The confidence is fitted on what taggers say of papers that they have not seen: of five, each trained without a
    fifth of the papers. The shipped tagger is trained on all of them.
    """
    torch.set_num_threads(1)
    output.mkdir(parents=True, exist_ok=True)
    (output / "tokenizer.json").write_bytes((data.encoder / "tokenizer.json").read_bytes())
    tokenizer = load_tokenizer(str(output / "tokenizer.json"))
    encode = _encoder_of(tokenizer)
    general = _first_stage(data, encode, output / "public.onnx", report)
    examples = [encode(annotated) for annotated in read_papers(data.papers)]
    rows: list[Evidence] = []
    right: list[bool] = []
    for fold in range(FOLDS):
        path = output / f"fold{fold}.onnx"
        _second_stage(general, [e for i, e in enumerate(examples) if i % FOLDS != fold], data.epochs, path, report)
        for evidence, named in _judged(data.papers, fold, path):
            rows.append(evidence)
            right.append(named)
        path.unlink()
    weights = fit_logistic(rows, right)
    error = expected_calibration_error(probabilities(rows, weights), right)
    report(f"confidence fitted on {len(rows)} things, expected calibration error {error:.3f}")
    (output / "confidence.json").write_text(json.dumps(weights, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    _second_stage(general, examples, data.epochs, output / "tagger.onnx", report)


def _encoder_of(tokenizer: Tokenizer) -> Callable[[Annotated], Example]:
    gazetteer = Gazetteer(load_vocabulary())
    return lambda annotated: make_example(annotated, tokenizer, gazetteer)


def _first_stage(
    data: TrainingData, encode: Callable[[Annotated], Example], path: Path, report: Report
) -> dict[str, torch.Tensor]:
    """The encoder after one pass over the public corpora, as a state to go on from."""
    sentences = list(read_scirex(data.scirex))
    random.Random(7).shuffle(sentences)
    texts = [*sentences[:_SCIREX_SENTENCES], *read_tdmsci(data.tdmsci), *read_crossner(data.crossner)]
    torch.manual_seed(_HEAD_SEED)
    model = Tagger(LAYERS)
    load_encoder(model, load_file(data.encoder / "model.safetensors"))
    fit(model, [encode(text) for text in texts], epochs=1, rate=_RATE, report=report)
    export_onnx(model, path)
    state: dict[str, torch.Tensor] = model.state_dict()
    return state


def _second_stage(
    start: dict[str, torch.Tensor], examples: Sequence[Example], epochs: int, path: Path, report: Report
) -> None:
    model = Tagger(LAYERS)
    model.load_state_dict(start)
    fit(model, examples, epochs=epochs, rate=_RATE, report=report)
    export_onnx(model, path)


def _judged(papers: Path, fold: int, weights: Path) -> list[tuple[Evidence, bool]]:
    """For each thing that anything takes for named in the papers of one fold, what speaks for it and whether it is."""
    extractor = Extractor(Recipe.shipped().with_setting("kg_tagger", "weights", str(weights.absolute())))
    judge = extractor.nlp.get_pipe("kg_judge")
    assert isinstance(judge, Judge)
    judged: list[tuple[Evidence, bool]] = []
    for number, row in enumerate(load_gold(papers)):
        if number % FOLDS != fold:
            continue
        doc = extractor.read(Paper(title=str(row["title"]), abstract=str(row["abstract"])))
        found = findings(doc)
        things, own_work = judge.things(found), own_work_from(found)
        surfaces = [[found.text[m.start : m.end] for m in thing.mentions] for thing in things]
        verdicts = pairs_with_gold(row, [(t.name, t.type, s) for t, s in zip(things, surfaces, strict=True)])
        judged += [
            (evidence_for(thing, found, own_work), verdict == "right")
            for thing, verdict in zip(things, verdicts, strict=True)
            if verdict != "optional"
        ]
    return judged
