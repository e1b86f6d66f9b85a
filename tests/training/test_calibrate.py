import numpy as np

from kg.training.calibrate import expected_calibration_error, fit_logistic, probabilities


def test_fitted_model_gives_the_shares_that_it_saw() -> None:
    rows = [{"bias": 1.0, "seen": float(i % 2)} for i in range(400)]
    right = [(i % 2 == 1 and i % 10 != 1) or (i % 2 == 0 and i % 10 == 0) for i in range(400)]
    weights = fit_logistic(rows, right, penalty=0.01)
    without, with_it = probabilities([{"bias": 1.0}, {"bias": 1.0, "seen": 1.0}], weights)
    assert abs(without - 0.2) < 0.02
    assert abs(with_it - 0.8) < 0.02


def test_fit_is_the_same_twice() -> None:
    rows = [{"bias": 1.0, "x": float(x)} for x in np.linspace(-1, 1, 50)]
    right = [i % 3 == 0 for i in range(50)]
    assert fit_logistic(rows, right) == fit_logistic(rows, right)


def test_calibration_error_is_zero_where_shares_agree_and_large_where_not() -> None:
    assert expected_calibration_error([0.5] * 10, [True] * 5 + [False] * 5) == 0
    assert expected_calibration_error([0.95] * 10, [False] * 10) > 0.9


def test_of_nothing_nothing_is_fitted() -> None:
    assert fit_logistic([], []) == {}
    assert expected_calibration_error([], []) == 0.0
