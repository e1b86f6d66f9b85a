"""Whether something became more frequent: two counts compared, many such comparisons at once, how far to trust them.

Of ``k1`` among ``n1`` papers and ``k0`` among ``n0``, each count is taken to be Poisson. If both rates are one, then
the ``k1 + k0`` papers fall into the first window as throws of a coin of weight ``n1 / (n1 + n0)``: the exact
conditional test of Przyborowski and Wilenski (Biometrika 1940), with the interval of Clopper and Pearson (Biometrika
1934) for the ratio. For shares that are large it errs on the safe side. Of many comparisons those are kept that
Benjamini and Hochberg (J. R. Stat. Soc. B 1995) keep, at a stated share of false ones, with bounds that hold after this
choice (Benjamini and Yekutieli, J. Am. Stat. Assoc. 2005): what is kept has a bound above 1, and what has not is not
kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Rate", "Rise", "rises"]


@dataclass(frozen=True, slots=True)
class Rate:
    """How often something was met among so many, in a window and in the one before."""

    now: int
    of_now: int
    before: int
    of_before: int


@dataclass(frozen=True, slots=True)
class Rise:
    """A rate that rose: its place in what was given, the ratio of the two shares (infinite where there was none
    before), what it is at least, and the probability of so many by chance alone."""

    place: int
    ratio: float
    at_least: float
    chance: float


def rises(rates: Sequence[Rate], false_share: float) -> tuple[Rise, ...]:
    """The rates that rose, the largest sure rise first, such that at most ``false_share`` of them is expected to be
    chance.

    >>> [rise.place for rise in rises([Rate(30, 100, 10, 100), Rate(3, 100, 1, 100), Rate(40, 100, 40, 100)], 0.05)]
    [0]
    """
    if not rates:
        return ()
    import numpy as np
    from scipy.special import betainc, betaincinv

    now, of_now, before, of_before = np.array(
        [(each.now, each.of_now, each.before, each.of_before) for each in rates], dtype=float
    ).T
    testable = (now > 0) & (of_before > 0)
    weight = of_now / np.maximum(of_now + of_before, 1)
    # Of throws of a coin of this weight, the probability of so many or more.
    chance = np.where(testable, betainc(np.maximum(now, 1), before + 1, weight), 1.0)
    ordered = np.sort(chance)
    ranks = np.arange(1, len(rates) + 1)
    kept = int(np.max(ranks * (ordered <= false_share * ranks / len(rates))))
    if not kept:
        return ()
    level = false_share * kept / len(rates)
    least = betaincinv(np.maximum(now, 1), before + 1, level)
    bound = least / (1 - least) * of_before / np.maximum(of_now, 1)
    found = [
        Rise(place, _ratio(rates[place]), float(bound[place]), float(chance[place]))
        for place in np.flatnonzero(testable & (chance <= level)).tolist()
    ]
    return tuple(sorted(found, key=lambda rise: (-rise.at_least, rise.place)))


def _ratio(rate: Rate) -> float:
    return (rate.now / rate.of_now) / (rate.before / rate.of_before) if rate.before else float("inf")
