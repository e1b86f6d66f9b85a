"""The reader's network: a small BERT encoder, features added to its embeddings, and heads.

The encoder is that of J. Devlin et al., "BERT: pre-training of deep bidirectional transformers" (2019), in the size of
MiniLM-L6 (W. Wang et al., 2020), written out here so that its weights can be read from safetensors without a framework
of their own.
"""

from __future__ import annotations

import torch
from torch import nn

from kg.extraction.tagging import LABELS
from kg.extraction.wordpieces import COVERAGES, SHAPES
from kg.training.heads import DROPOUT, HeadsNetwork

__all__ = ["HIDDEN", "POSITIONS", "ReaderNetwork", "load_encoder"]

HIDDEN, ATTENTION_HEADS, INNER, PIECES, POSITIONS = 384, 12, 1536, 30522, 512
_BIO = 3


class _Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.output = (nn.Linear(HIDDEN, HIDDEN) for _ in range(4))
        self.attention_norm, self.norm = nn.LayerNorm(HIDDEN, eps=1e-12), nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up, self.down = nn.Linear(HIDDEN, INNER), nn.Linear(INNER, HIDDEN)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        batch, length, _ = x.shape
        q, k, v = (
            project(x).view(batch, length, ATTENTION_HEADS, HIDDEN // ATTENTION_HEADS).transpose(1, 2)
            for project in (self.query, self.key, self.value)
        )
        weights = torch.softmax(q @ k.transpose(-1, -2) * (HIDDEN // ATTENTION_HEADS) ** -0.5, dim=-1)
        mixed = (weights @ v).transpose(1, 2).reshape(batch, length, HIDDEN)
        x = self.attention_norm(x + self.dropout(self.output(mixed)))
        return self.norm(x + self.dropout(self.down(nn.functional.gelu(self.up(x)))))


class ReaderNetwork(nn.Module):
    """Of one text, int64 (1, n) ids and feature rows in: float (1, n, labels + 6) scores and (1, n, width) vectors out.

    The scores are those of the labels of names, then three each for numbers that are results and for what is measured.
    ``heads`` reads what the vectors of spans mean.
    """

    def __init__(self, layers: int = 6) -> None:
        super().__init__()
        self.words = nn.Embedding(PIECES, HIDDEN)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.kinds = nn.Parameter(torch.zeros(HIDDEN))
        self.features = nn.Embedding(SHAPES * COVERAGES, HIDDEN)
        nn.init.zeros_(self.features.weight)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(DROPOUT)
        self.layers = nn.ModuleList(_Layer() for _ in range(layers))
        self.words.weight.requires_grad_(False)
        self.head = nn.Linear(HIDDEN, len(LABELS))
        self.values, self.measures = nn.Linear(HIDDEN, _BIO), nn.Linear(HIDDEN, _BIO)
        self.heads = HeadsNetwork(HIDDEN)

    def encoder_parts(self) -> list[nn.Parameter]:
        """What comes trained, and learns more slowly than the heads."""
        parts = (self.positions, self.features, self.norm, self.layers)
        return [self.kinds, *(parameter for part in parts for parameter in part.parameters())]

    def encode(self, ids: torch.Tensor, features: torch.Tensor) -> torch.Tensor:
        """The vectors of the pieces."""
        positions = torch.arange(ids.shape[1]).unsqueeze(0)
        x = self.words(ids) + self.positions(positions) + self.kinds + self.features(features)
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x)
        return x

    def scores(self, vectors: torch.Tensor) -> torch.Tensor:
        """Scores of the pieces, before softmax."""
        return torch.cat([self.head(vectors), self.values(vectors), self.measures(vectors)], dim=-1)

    def forward(self, ids: torch.Tensor, features: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Scores and vectors."""
        vectors = self.encode(ids, features)
        return self.scores(vectors), vectors


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


def load_encoder(model: ReaderNetwork, weights: dict[str, torch.Tensor]) -> None:
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
