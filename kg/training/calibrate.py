"""Fitting the confidence: a logistic model over what the components say, on annotated papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

__all__ = ["expected_calibration_error", "fit_logistic", "probabilities"]

Evidence = Mapping[str, float]


def fit_logistic(rows: Sequence[Evidence], right: Sequence[bool], *, penalty: float = 0.5) -> dict[str, float]:
    """Weights by Newton's method with an L2 penalty (none on the bias); the same for the same rows, none for none."""
    if not rows:
        return {}
    names = sorted({name for row in rows for name in row})
    x = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    y = np.array(right, dtype=float)
    ridge = np.diag([0.0 if name == "bias" else penalty for name in names]) + 1e-6 * np.eye(len(names))
    weights = np.zeros(len(names))
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (p - y) + ridge @ weights
        hessian = (x * (p * (1 - p))[:, None]).T @ x + ridge
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}


def probabilities(rows: Sequence[Evidence], weights: Mapping[str, float]) -> list[float]:
    """What the model gives each row."""
    return [
        float(1 / (1 + np.exp(-sum(weights.get(name, 0.0) * value for name, value in row.items())))) for row in rows
    ]


def expected_calibration_error(given: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """Mean gap between confidence and share right, over equal bins weighted by size (Guo et al., 2017).

    It is 0 where nothing was given.
    """
    if not given:
        return 0.0
    p, y = np.array(given), np.array(right, dtype=float)
    which = np.minimum((p * bins).astype(int), bins - 1)
    gaps = [
        abs(p[which == b].mean() - y[which == b].mean()) * (which == b).sum() for b in range(bins) if (which == b).any()
    ]
    return float(sum(gaps) / len(p))
