"""The whole of training, as the shipped weights were made: public corpora, annotated papers, then the confidence."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from kg.evaluation import load_gold
from kg.extraction.gazetteer import Gazetteer
from kg.extraction.wordpieces import load_tokenizer
from kg.training.calibrate import Evidence, expected_calibration_error, fit_logistic, probabilities
from kg.training.corpora import Annotated, read_crossner, read_scirex, read_tdmsci
from kg.training.examples import make_example
from kg.training.losses import Lesson, lesson_of
from kg.training.model import ReaderNetwork, load_encoder
from kg.training.papers import PaperSchool
from kg.training.train import LONGEST, export, fit, fit_heads
from kg.training.verdicts import Examiner
from kg.vocabulary import load_vocabulary

__all__ = ["FOLDS", "LAYERS", "TrainingData", "train"]

LAYERS = 4
FOLDS = 5
_SCIREX_SENTENCES = 9000
_RATE = 1.5e-4
_HEADS_EPOCHS = 8
_SEED = 1

Report = Callable[[str], None]
State = dict[str, torch.Tensor]
Paper = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TrainingData:
    """Where everything is: the encoder's folder (safetensors and tokenizer.json), the corpora, our annotated papers."""

    encoder: Path
    scirex: Path
    tdmsci: Path
    crossner: Path
    papers: tuple[Path, ...]
    epochs: int = 3


def train(data: TrainingData, output: Path, report: Report) -> None:
    """Train the reader and fit the confidence; writes ``reader.npz``, ``confidence.json``, ``tokenizer.json``, and
    ``fold0.npz`` to ``fold4.npz``, with ``fold0.json`` and so on, to measure by.

    The confidence is fitted on what readers say of papers that they have not seen: of five, each trained without a
    fifth of the papers, the numbers 0, 5, 10 ... of each file for the first. ``foldN.json`` is the confidence fitted
    without the papers of fold N. The shipped reader is trained on all of them.
    """
    torch.set_num_threads(1)
    output.mkdir(parents=True, exist_ok=True)
    (output / "tokenizer.json").write_bytes((data.encoder / "tokenizer.json").read_bytes())
    tokenizer = load_tokenizer(str(output / "tokenizer.json"))
    general = general_state(data, tokenizer, report)
    lessons = [lessons_of(path, tokenizer) for path in data.papers]
    for fold in range(FOLDS):
        learned = [lesson for each in lessons for n, lesson in enumerate(each) if n % FOLDS != fold]
        teach(general, learned, data.epochs, output / f"fold{fold}.npz", report)
    fit_confidence(data.papers, output, report)
    teach(general, [lesson for each in lessons for lesson in each], data.epochs, output / "reader.npz", report)


def general_state(data: TrainingData, tokenizer: Tokenizer, report: Report) -> State:
    """The network after one pass over the public corpora, from which it goes on."""
    gazetteer = Gazetteer(load_vocabulary())
    sentences = list(read_scirex(data.scirex))
    random.Random(7).shuffle(sentences)
    texts = [*sentences[:_SCIREX_SENTENCES], *read_tdmsci(data.tdmsci), *read_crossner(data.crossner)]

    def lesson(text: Annotated) -> Lesson:
        return lesson_of(make_example(text, tokenizer, gazetteer), None, LONGEST)

    torch.manual_seed(_SEED)
    model = ReaderNetwork(LAYERS)
    load_encoder(model, load_file(data.encoder / "model.safetensors"))
    fit(model, list(map(lesson, texts)), epochs=1, rate=_RATE, seed=_SEED, report=report)
    state: State = model.state_dict()
    return state


def lessons_of(path: Path, tokenizer: Tokenizer) -> list[Lesson]:
    """What is learned from the annotated papers of a file, in its order."""
    gazetteer = Gazetteer(load_vocabulary())
    papers = PaperSchool(tokenizer).read(path)
    return [lesson_of(make_example(paper.annotated, tokenizer, gazetteer), paper, LONGEST) for paper in papers]


def teach(start: State, lessons: Sequence[Lesson], epochs: int, path: Path, report: Report) -> None:
    """Fine-tune on annotated papers from a state, and write the reader."""
    model = ReaderNetwork(LAYERS)
    model.load_state_dict(start)
    fit(model, lessons, epochs=epochs, rate=_RATE, seed=_SEED, report=report)
    fit_heads(model, lessons, epochs=_HEADS_EPOCHS, seed=_SEED, report=report)
    export(model, path)


def fit_confidence(papers: Sequence[Path], output: Path, report: Report) -> None:
    """Fit the confidence on what the readers of the folds, in ``output``, say of the papers that they have not seen."""
    examiners = [Examiner(output / f"fold{fold}.npz") for fold in range(FOLDS)]
    unseen = [list(_fold(papers, fold)) for fold in range(FOLDS)]
    things = [examiner.things(rows) for examiner, rows in zip(examiners, unseen, strict=True)]
    of_things = _fit(things, report, "things")
    for examiner, weights in zip(examiners, of_things, strict=False):
        examiner.judge.weights = weights
    rows = [examiner.rows(gold) for examiner, gold in zip(examiners, unseen, strict=True)]
    of_rows = _fit(rows, report, "rows")
    for name, (thing, row) in zip(_files(), zip(of_things, of_rows, strict=True), strict=True):
        (output / name).write_text(json.dumps(thing | row, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _files() -> Iterator[str]:
    yield from (f"fold{fold}.json" for fold in range(FOLDS))
    yield "confidence.json"


Verdicts = Sequence[tuple[Evidence, bool]]


def _fit(folds: Sequence[Verdicts], report: Report, what: str) -> list[dict[str, float]]:
    """Weights fitted without each fold, and on all of them."""
    fitted, given, right = [], [], []
    for fold, verdicts in enumerate(folds):
        others = [each for n, other in enumerate(folds) if n != fold for each in other]
        fitted.append(fit_logistic(*_columns(others)))
        given += probabilities([evidence for evidence, _ in verdicts], fitted[-1])
        right += [verdict for _, verdict in verdicts]
    error = expected_calibration_error(given, right)
    report(f"confidence of {len(given)} {what}: expected calibration error out of fold {error:.3f}")
    fitted.append(fit_logistic(*_columns([each for fold in folds for each in fold])))
    return fitted


def _columns(verdicts: Verdicts) -> tuple[list[Evidence], list[bool]]:
    return [evidence for evidence, _ in verdicts], [right for _, right in verdicts]


def _fold(papers: Sequence[Path], fold: int) -> Iterator[Paper]:
    for path in papers:
        yield from (row for number, row in enumerate(load_gold(path)) if number % FOLDS == fold)
