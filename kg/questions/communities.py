"""What belongs together: how closely entities are tied, and the communities that the ties make.

Two entities are tied by the papers that name both; a paper with a long list proves less about each pair on it (Newman
2001, "Scientific collaboration networks"), and the ties of what everybody names are worth less. Communities are those
that Louvain's method finds (Blondel et al. 2008), the largest first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

__all__ = ["backbone", "communities", "naming", "ties"]

Whole = npt.NDArray[np.int64]
Matrix = Any
"""A sparse matrix of scipy, which has no types of its own."""

_SEED = 7
_RESOLUTIONS = (0.8, 1.2, 2.0, 3.0)
_LONG_LIST = 60  # names in one paper, of which more would only cost time


def naming(papers: Sequence[Sequence[int]], entities: int) -> Matrix:
    """Papers by entities: 1 where the paper names the entity."""
    rows = [row for row, named in enumerate(papers) for _ in named]
    columns = [entity for named in papers for entity in named]
    return sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(papers), entities))


def ties(names: Matrix) -> Matrix:
    """Entities by entities: how closely they belong together."""
    length = np.asarray(names.sum(axis=1)).ravel()
    share = np.where((length > 1) & (length <= _LONG_LIST), 1 / np.maximum(length - 1, 1), 0.0)
    fame = np.maximum(np.asarray(names.sum(axis=0)).ravel(), 1.0)
    even = sparse.diags(fame**-0.25)
    together = (even @ names.T @ sparse.diags(share) @ names @ even).tocsr()
    together.setdiag(0)
    together.eliminate_zeros()
    together.sort_indices()
    return together


def communities(tied: Matrix, largest: float = 0.3) -> Whole:
    """The community of each entity, by index, the largest first.

    Where one would hold more than the share ``largest`` of all, communities are looked for at a finer resolution.
    """
    found = np.arange(tied.shape[0])
    if tied.nnz == 0:
        return found
    from sknetwork.clustering import Louvain

    for resolution in _RESOLUTIONS:
        louvain = Louvain(resolution=resolution, shuffle_nodes=False, random_state=_SEED)
        found = np.asarray(louvain.fit_predict(tied), dtype=np.int64)
        if np.bincount(found).max() <= max(largest * len(found), 2):
            break
    return _by_size(found)


def _by_size(found: Whole) -> Whole:
    _, first, index, count = np.unique(found, return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.lexsort((first, -count))] = np.arange(len(first))
    return np.asarray(rank[index])


def backbone(tied: Matrix, keep: int = 3) -> list[tuple[int, int, float]]:
    """The closest ties of each entity, as (one, other, strength up to 1): enough to show who belongs with whom."""
    chosen: dict[tuple[int, int], float] = {}
    for row in range(tied.shape[0]):
        start, stop = tied.indptr[row], tied.indptr[row + 1]
        others, weights = tied.indices[start:stop], tied.data[start:stop]
        for place in np.lexsort((others, -weights))[:keep]:
            pair = (min(row, int(others[place])), max(row, int(others[place])))
            chosen[pair] = float(weights[place])
    most = max(chosen.values(), default=1.0)
    return [(one, other, weight / most) for (one, other), weight in sorted(chosen.items())]
