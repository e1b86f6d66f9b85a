"""The tagger's network: a small BERT encoder, features added to its embeddings, and a linear head a piece.

The encoder is that of J. Devlin et al., "BERT: pre-training of deep bidirectional transformers" (2019), in the size of
MiniLM-L6 (W. Wang et al., 2020), written out here so that its weights can be read from safetensors without a framework
of their own.
"""

from __future__ import annotations

import torch
from torch import nn

from kg.extraction.tagging import LABELS
from kg.extraction.wordpieces import COVERAGES, SHAPES

__all__ = ["Tagger", "load_encoder"]

HIDDEN, HEADS, INNER, PIECES, POSITIONS = 384, 12, 1536, 30522, 512


class _Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.output = (nn.Linear(HIDDEN, HIDDEN) for _ in range(4))
        self.attention_norm, self.norm = nn.LayerNorm(HIDDEN, eps=1e-12), nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up, self.down = nn.Linear(HIDDEN, INNER), nn.Linear(INNER, HIDDEN)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        batch, length, _ = x.shape
        q, k, v = (
            project(x).view(batch, length, HEADS, HIDDEN // HEADS).transpose(1, 2)
            for project in (self.query, self.key, self.value)
        )
        weights = torch.softmax(q @ k.transpose(-1, -2) * (HIDDEN // HEADS) ** -0.5, dim=-1)
        mixed = (weights @ v).transpose(1, 2).reshape(batch, length, HIDDEN)
        x = self.attention_norm(x + self.dropout(self.output(mixed)))
        return self.norm(x + self.dropout(self.down(nn.functional.gelu(self.up(x)))))


class Tagger(nn.Module):
    """Label scores for each piece of one text: int64 (1, n) ids and feature rows in, float (1, n, labels) out."""

    def __init__(self, layers: int = 6) -> None:
        super().__init__()
        self.words = nn.Embedding(PIECES, HIDDEN)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.kinds = nn.Parameter(torch.zeros(HIDDEN))
        self.features = nn.Embedding(SHAPES * COVERAGES, HIDDEN)
        nn.init.zeros_(self.features.weight)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(0.1)
        self.layers = nn.ModuleList(_Layer() for _ in range(layers))
        self.head = nn.Linear(HIDDEN, len(LABELS))
        self.words.weight.requires_grad_(False)

    def forward(self, ids: torch.Tensor, features: torch.Tensor) -> torch.Tensor:
        """Scores before softmax."""
        positions = torch.arange(ids.shape[1]).unsqueeze(0)
        x = self.words(ids) + self.positions(positions) + self.kinds + self.features(features)
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x)
        scores: torch.Tensor = self.head(x)
        return scores


_NAMES = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "output",
    "attention.output.LayerNorm": "attention_norm",
    "intermediate.dense": "up",
    "output.dense": "down",
    "output.LayerNorm": "norm",
}


def load_encoder(model: Tagger, weights: dict[str, torch.Tensor]) -> None:
    """Fill the encoder from the weights of a BERT checkpoint, by its usual names."""
    state = model.state_dict()
    state["words.weight"] = weights["embeddings.word_embeddings.weight"]
    state["positions.weight"] = weights["embeddings.position_embeddings.weight"]
    state["kinds"] = weights["embeddings.token_type_embeddings.weight"][0]
    for part in ("weight", "bias"):
        state[f"norm.{part}"] = weights[f"embeddings.LayerNorm.{part}"]
        for number in range(len(model.layers)):
            for theirs, ours in _NAMES.items():
                state[f"layers.{number}.{ours}.{part}"] = weights[f"encoder.layer.{number}.{theirs}.{part}"]
    model.load_state_dict(state)
