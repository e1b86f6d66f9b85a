"""Fitting and export of the tagger, with a fixed seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import torch

from kg.training.examples import Example
from kg.training.model import Tagger

__all__ = ["export_onnx", "fit"]

SEED = 20240205
_LONGEST = 510  # pieces


def fit(model: Tagger, examples: Sequence[Example], *, epochs: int, rate: float, report: Callable[[str], None]) -> None:
    """Fine-tune on examples, one text a forward pass, steps of about a thousand pieces.

    The loss of a piece is the negative log of the probability of all labels that it may have, so that coarse, missing
    and optional annotation each teach just what they know.
    """
    torch.manual_seed(SEED)
    order = random.Random(SEED)
    parameters = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=rate, weight_decay=0.01)
    total = epochs * sum(min(len(e.pieces.ids), _LONGEST) for e in examples)
    seen, step_pieces = 0, 0
    model.train()
    for epoch in range(epochs):
        shuffled = list(examples)
        order.shuffle(shuffled)
        running = 0.0
        for example in shuffled:
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = _loss(model, example)
            loss.backward()  # type: ignore[no-untyped-call]
            length = min(len(example.pieces.ids), _LONGEST)
            running, seen, step_pieces = running + float(loss.detach()), seen + length, step_pieces + length
            if step_pieces >= 1000:
                share = seen / total
                for group in optimizer.param_groups:
                    group["lr"] = rate * min(1.0, share / 0.1) * max(0.0, 1 - share)
                for parameter in parameters:
                    if parameter.grad is not None:
                        parameter.grad /= step_pieces
                torch.nn.utils.clip_grad_norm_(parameters, 1.0)
                optimizer.step()
                optimizer.zero_grad()
                step_pieces = 0
        report(f"epoch {epoch + 1}/{epochs}: loss {running / (total / epochs):.4f}")


def _loss(model: Tagger, example: Example) -> torch.Tensor:
    ids, features = _tensors(example)
    scores = model(ids, features)[0].float()
    mask = torch.full(scores.shape, -1e9)
    for piece, labels in enumerate(example.allowed[:_LONGEST]):
        mask[piece, list(labels)] = 0.0
    return (torch.logsumexp(scores, 1) - torch.logsumexp(scores + mask, 1)).sum()


def _tensors(example: Example) -> tuple[torch.Tensor, torch.Tensor]:
    pieces = example.pieces
    return torch.tensor([pieces.ids[:_LONGEST]]), torch.tensor([pieces.features[:_LONGEST]])


def export_onnx(model: Tagger, path: Path) -> None:
    """Write the model as ONNX with int8 weights (dynamic quantisation of the linear layers and the word embeddings)."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model.eval()
    full = path.with_suffix(".full.onnx")
    torch.onnx.export(
        model,
        (torch.ones(1, 16, dtype=torch.int64), torch.zeros(1, 16, dtype=torch.int64)),
        str(full),
        input_names=["ids", "features"],
        output_names=["scores"],
        dynamic_axes={"ids": {1: "n"}, "features": {1: "n"}, "scores": {1: "n"}},
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(str(full), str(path), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    full.unlink()
