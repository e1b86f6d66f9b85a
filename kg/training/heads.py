"""The heads on the items of a text, to be taught; what they compute is written once more in ``kg.extraction.heads``."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import nn

from kg.extraction.heads import ATTENTION_HEADS, BLOCKS, KINDS, RELATIONS, SLOTS, WIDTH
from kg.extraction.items import BETWEEN, DISTANCES, ITEM_KINDS, PLACES, RANKS, Items, PieceSpan
from kg.extraction.judging.features import FEATURES

__all__ = ["DROPOUT", "HeadsNetwork"]

DROPOUT = 0.1


class _Block(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.project, self.output = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, 2 * WIDTH), nn.Linear(2 * WIDTH, WIDTH)
        self.attention_norm, self.norm = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.near = nn.Embedding(DISTANCES, ATTENTION_HEADS)
        self.same = nn.Parameter(torch.zeros(ATTENTION_HEADS))
        self.dropout = nn.Dropout(DROPOUT)
        nn.init.zeros_(self.near.weight)

    def forward(self, x: torch.Tensor, distances: torch.Tensor, same: torch.Tensor) -> torch.Tensor:
        size, width = len(x), WIDTH // ATTENTION_HEADS
        q, k, v = self.project(x).view(size, 3, ATTENTION_HEADS, width).permute(1, 2, 0, 3)
        scores = q @ k.transpose(1, 2) / math.sqrt(width) + self.near(distances).permute(2, 0, 1)
        weights = torch.softmax(scores + self.same[:, None, None] * same, dim=-1)
        mixed = (weights @ v).transpose(0, 1).reshape(size, WIDTH)
        x = self.attention_norm(x + self.dropout(self.output(mixed)))
        normed: torch.Tensor = self.norm(x + self.dropout(self.down(torch.relu(self.up(x)))))
        return normed


class HeadsNetwork(nn.Module):
    """See ``kg.extraction.heads.Heads``, whose methods these are: scores where those give probabilities."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.span, self.feature = nn.Linear(2 * hidden, WIDTH), nn.Linear(FEATURES, WIDTH)
        self.item_kind, self.place = nn.Embedding(ITEM_KINDS, WIDTH), nn.Embedding(PLACES, WIDTH)
        self.norm, self.dropout = nn.LayerNorm(WIDTH), nn.Dropout(DROPOUT)
        self.blocks = nn.ModuleList(_Block() for _ in range(BLOCKS))
        self.relation_hidden = nn.Linear(2 * WIDTH + FEATURES, WIDTH)
        self.relation, self.kind = nn.Linear(WIDTH, len(RELATIONS)), nn.Linear(WIDTH, len(KINDS))
        self.asked, self.offered = _each_slot(WIDTH), _each_slot(WIDTH)
        self.joined, self.nothing = _each_slot(1), _each_slot(1)
        self.distance = nn.ModuleList(nn.Embedding(DISTANCES, WIDTH) for _ in SLOTS)
        self.rank = nn.ModuleList(nn.Embedding(RANKS, WIDTH) for _ in SLOTS)
        self.between = nn.ModuleList(nn.Linear(BETWEEN, WIDTH) for _ in SLOTS)
        for part in (*self.distance, *self.rank, *self.between):
            nn.init.normal_(part.weight, std=0.02)

    def read(self, vectors: torch.Tensor, items: Items) -> torch.Tensor:
        """(items, width)."""
        x = self.span(_ends(vectors, items.spans)) + self.feature(torch.from_numpy(items.features))
        x = x + self.item_kind(torch.from_numpy(items.kinds)) + self.place(torch.from_numpy(items.places))
        x = self.norm(self.dropout(x))
        owners, distances = torch.from_numpy(items.owners), torch.from_numpy(items.distances)
        same = ((owners[:, None] == owners[None]) & (owners[:, None] >= 0)).float()
        for block in self.blocks:
            x = block(x, distances, same)
        return x

    def relations(
        self, read: torch.Tensor, items: Items, things: Sequence[int], features: torch.Tensor
    ) -> torch.Tensor:
        """(things, relations) scores."""
        mentions, places = items.mentions_of(things)
        owners = torch.tensor(places)
        empty = torch.zeros(len(things), WIDTH)
        mean = empty.index_add(0, owners, read[mentions]) / torch.bincount(owners, minlength=len(things)).unsqueeze(1)
        most = empty.scatter_reduce(
            0, owners.unsqueeze(1).expand(-1, WIDTH), read[mentions], "amax", include_self=False
        )
        joined = self.relation_hidden(torch.cat([most, mean, features], dim=1))
        scores: torch.Tensor = self.relation(self.dropout(torch.relu(joined)))
        return scores

    def kinds(self, read: torch.Tensor, items: Items) -> torch.Tensor:
        """(values, kinds) scores."""
        scores: torch.Tensor = self.kind(read[items.first_value :])
        return scores

    def slot(
        self, slot: int, read: torch.Tensor, items: Items, candidates: Sequence[int], owners: Sequence[int]
    ) -> torch.Tensor:
        """(values, fillers + 1) scores."""
        values = read[items.first_value :]
        asked, offered = self.asked[slot](values), self.offered[slot](read[candidates])
        distances = torch.from_numpy(items.distances[items.first_value :][:, candidates])
        ranks = torch.from_numpy(items.ranks[:, candidates])
        between = self.dropout(torch.from_numpy(items.between(candidates)))
        near = self.distance[slot](distances) + self.rank[slot](ranks) + self.between[slot](between)
        joined = self.joined[slot](torch.relu(asked[:, None] + offered[None] + near)).squeeze(-1)
        scores = joined + asked @ offered.T / math.sqrt(WIDTH)
        highest = scores.max(dim=1, keepdim=True).values.detach()
        powers = torch.zeros(len(values), owners[-1] + 1).index_add(
            1, torch.tensor(owners), torch.exp(scores - highest)
        )
        return torch.cat([torch.log(powers + 1e-20) + highest, self.nothing[slot](values)], dim=1)


def _each_slot(to: int) -> nn.ModuleList:
    return nn.ModuleList(nn.Linear(WIDTH, to) for _ in SLOTS)


def _ends(vectors: torch.Tensor, spans: Sequence[PieceSpan]) -> torch.Tensor:
    first, last = (torch.tensor([span[0] for span in spans]), torch.tensor([span[1] - 1 for span in spans]))
    return torch.cat([vectors[first], vectors[last]], dim=-1)
