from __future__ import annotations

import math
import random

from hypothesis import given
from hypothesis import strategies as st

from kg.questions.rates import Rate, rises

RATES = st.builds(Rate, st.integers(0, 60), st.integers(60, 500), st.integers(0, 60), st.integers(60, 900))


def test_a_share_that_trebled_rose_and_a_handful_did_not() -> None:
    steady, few, risen = Rate(50, 1000, 50, 1000), Rate(3, 1000, 0, 1000), Rate(60, 1000, 20, 1000)
    (found,) = rises([steady, few, risen], 0.05)
    assert (found.place, found.ratio) == (2, 3.0)
    assert 1 < found.at_least < 3


def test_the_test_is_that_of_throws_of_a_coin() -> None:
    (found,) = rises([Rate(9, 100, 1, 100)], 0.05)
    assert math.isclose(found.chance, (math.comb(10, 9) + math.comb(10, 10)) / 2**10)
    # Clopper and Pearson, of 9 in 10, at 5 % on one side: 0.6058.
    assert math.isclose(found.at_least, 0.6058 / 0.3942, rel_tol=1e-3)


def test_the_same_counts_are_less_sure_among_many_comparisons() -> None:
    rate, noise = Rate(14, 100, 4, 100), Rate(5, 100, 5, 100)
    assert rises([rate], 0.05)
    assert not rises([rate, *[noise] * 200], 0.05)


def test_what_was_not_there_before_has_a_bound_and_no_finite_ratio() -> None:
    (found,) = rises([Rate(20, 100, 0, 100)], 0.05)
    assert math.isinf(found.ratio)
    assert 1 < found.at_least < 20


def test_without_papers_before_nothing_rose() -> None:
    assert rises([Rate(20, 100, 0, 0)], 0.05) == ()
    assert rises([], 0.05) == ()


@given(st.lists(RATES, max_size=30))
def test_what_is_kept_has_a_bound_above_one_and_below_its_ratio(rates: list[Rate]) -> None:
    found = rises(rates, 0.05)
    assert all(1 < rise.at_least < rise.ratio for rise in found)
    assert list(found) == sorted(found, key=lambda rise: (-rise.at_least, rise.place))


def test_chance_alone_is_rarely_taken_for_a_rise() -> None:
    dice = random.Random(7)

    def drawn() -> int:
        return sum(dice.random() < 0.02 for _ in range(300))

    false = sum(bool(rises([Rate(drawn(), 300, drawn(), 300) for _ in range(20)], 0.05)) for _ in range(200))
    assert false <= 0.05 * 200
