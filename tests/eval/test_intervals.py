"""Intervals, against published ones."""

import pytest

from eval.intervals import bootstrap, wilson


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [  # Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_published_values(successes: int, n: int, low: float, high: float) -> None:
    estimate = wilson(successes, n)
    assert estimate.value == successes / n
    assert (estimate.low, estimate.high) == pytest.approx((low, high), abs=5e-5)


def test_wilson_of_all_ends_at_one() -> None:
    assert wilson(7, 7).high == 1.0
    assert wilson(7, 7).value == 1.0


@pytest.mark.parametrize(("successes", "n"), [(0, 0), (3, 2), (-1, 4)])
def test_wilson_refuses_what_is_no_proportion(successes: int, n: int) -> None:
    with pytest.raises(ValueError, match="no proportion"):
        wilson(successes, n)


def test_bootstrap_is_the_same_each_time_and_holds_the_mean() -> None:
    values = [0.0, 0.5, 0.5, 1.0, 1.0, 1.0]
    estimate = bootstrap(values)
    assert estimate == bootstrap(values)
    assert estimate.value == pytest.approx(4 / 6)
    assert estimate.low < estimate.value < estimate.high
    assert estimate.n == 6


def test_bootstrap_comes_near_to_the_standard_error_of_many() -> None:
    """Half of 400 are 1: the standard error is 0.025, so the interval is 0.451 to 0.549."""
    estimate = bootstrap([0.0, 1.0] * 200)
    assert (estimate.low, estimate.high) == pytest.approx((0.451, 0.549), abs=0.006)


def test_bootstrap_of_equal_values_is_sure() -> None:
    estimate = bootstrap([0.1] * 3)
    assert estimate.low == estimate.value == estimate.high


def test_bootstrap_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no mean"):
        bootstrap([])
