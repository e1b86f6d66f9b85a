"""Fitting and export of the reader, with a fixed seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import torch
from torch.nn.functional import dropout

from kg.extraction.sources.reader import ENCODER
from kg.training.heads import HeadsNetwork
from kg.training.losses import Lesson, loss_of, loss_of_items
from kg.training.model import HIDDEN, POSITIONS, ReaderNetwork

__all__ = ["LONGEST", "export", "fit", "fit_heads"]

LONGEST = POSITIONS - 2
"""Pieces of a text that is learned from; no abstract but one in a hundred has more."""
_STEP = 1000  # pieces
_HEADS_RATE, _HEADS_STEP = 1e-3, 8  # of the passes over the heads alone: papers a step
_VECTOR_DROPOUT = 0.15
_HEADS_FASTER = 3.0  # how many times the rate of the encoder, which comes trained


def fit(
    model: ReaderNetwork,
    lessons: Sequence[Lesson],
    *,
    epochs: int,
    rate: float,
    seed: int,
    report: Callable[[str], None],
) -> None:
    """Fine-tune on lessons, one text a forward pass, steps of about a thousand pieces, warm-up and linear decay."""
    torch.manual_seed(seed)
    order = random.Random(seed)
    encoder = model.encoder_parts()
    known = {id(parameter) for parameter in encoder}
    heads = [p for p in model.parameters() if p.requires_grad and id(p) not in known]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "rate": rate}, {"params": heads, "rate": rate * _HEADS_FASTER}],
        lr=rate,
        weight_decay=0.01,
        fused=True,
    )
    total = epochs * sum(lesson.length for lesson in lessons)
    seen = pieces = 0
    model.train()
    for epoch in range(epochs):
        shuffled = list(lessons)
        order.shuffle(shuffled)
        running = 0.0
        for lesson in shuffled:
            loss = loss_of(model, lesson)
            loss.backward()  # type: ignore[no-untyped-call]
            running, seen, pieces = running + float(loss.detach()), seen + lesson.length, pieces + lesson.length
            if pieces >= _STEP:
                _step(optimizer, [*encoder, *heads], seen / total, pieces)
                pieces = 0
        report(f"epoch {epoch + 1}/{epochs}: loss {running / (total / epochs):.4f}")


def fit_heads(
    model: ReaderNetwork, lessons: Sequence[Lesson], *, epochs: int, seed: int, report: Callable[[str], None]
) -> None:
    """Teach the heads anew, over the vectors of an encoder that changes no more: many passes for the price of one.

    Those that taught the encoder have seen each paper change under it; taken further they learn papers by heart.
    """
    torch.manual_seed(seed)
    model.heads = HeadsNetwork(HIDDEN)
    order = random.Random(seed)
    model.eval()
    taught = [(_vectors(model, lesson), lesson) for lesson in lessons if lesson.items and lesson.items.spans]
    parameters = list(model.heads.parameters())
    optimizer = torch.optim.AdamW([{"params": parameters, "rate": _HEADS_RATE}], weight_decay=0.05, fused=True)
    model.heads.train()
    for epoch in range(epochs):
        order.shuffle(taught)
        running = 0.0
        for number, (vectors, lesson) in enumerate(taught, start=1):
            loss = loss_of_items(model.heads, dropout(vectors.float(), _VECTOR_DROPOUT), lesson)
            if loss.requires_grad:
                loss.backward()  # type: ignore[no-untyped-call]
            running += float(loss.detach())
            if number % _HEADS_STEP == 0:
                _step(optimizer, parameters, (epoch + number / len(taught)) / epochs, 40 * _HEADS_STEP)
        report(f"heads, epoch {epoch + 1}/{epochs}: loss {running / len(taught):.3f}")


def _vectors(model: ReaderNetwork, lesson: Lesson) -> torch.Tensor:
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        return model.encode(lesson.ids, lesson.features)[0].bfloat16()


def _step(optimizer: torch.optim.Optimizer, parameters: Sequence[torch.Tensor], share: float, pieces: int) -> None:
    for group in optimizer.param_groups:
        group["lr"] = group["rate"] * min(1.0, share / 0.1) * max(0.0, 1 - share)
    for parameter in parameters:
        if parameter.grad is not None:
            parameter.grad /= pieces
    torch.nn.utils.clip_grad_norm_(parameters, 1.0)
    optimizer.step()
    optimizer.zero_grad()


def export(model: ReaderNetwork, path: Path) -> None:
    """Write the model as one file: the encoder as ONNX with int8 weights (dynamic quantisation of the linear layers and
    the word embeddings), the heads on spans as arrays."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model.eval()
    with TemporaryDirectory() as folder:
        full, small = Path(folder) / "full.onnx", Path(folder) / "small.onnx"
        torch.onnx.export(
            model,
            (torch.ones(1, 16, dtype=torch.int64), torch.zeros(1, 16, dtype=torch.int64)),
            str(full),
            input_names=["ids", "features"],
            output_names=["scores", "vectors"],
            dynamic_axes={name: {1: "n"} for name in ("ids", "features", "scores", "vectors")},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(str(full), str(small), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
        encoder = np.frombuffer(small.read_bytes(), dtype=np.uint8)
    arrays: dict[str, Any] = {name: weights.numpy() for name, weights in model.heads.state_dict().items()}
    np.savez(path, **(arrays | {ENCODER: encoder}))
