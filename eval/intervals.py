"""How sure a figure is: 95 % intervals for proportions and for means.

Both take the questions as independent. Those of one group (wordings of one question, a triple) are
not quite, so the intervals are somewhat too narrow.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_Z = 1.959964  # the normal distribution holds 95 % within so many standard deviations
_RESAMPLES = 2000
_SEED = 20000


@dataclass(frozen=True, slots=True)
class Estimate:
    """``low <= value <= high``, out of ``n`` measurements."""

    value: float
    low: float
    high: float
    n: int


def wilson(successes: int, n: int) -> Estimate:
    """A proportion, 0..1, and its score interval (Wilson 1927).

    Raises ValueError unless ``0 <= successes <= n`` and ``n > 0``.
    """
    if n < 1 or not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} is no proportion")
    share, z2 = successes / n, _Z**2
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return Estimate(share, max(0.0, min(share, centre - half)), max(share, centre + half), n)


def bootstrap(values: Sequence[float]) -> Estimate:
    """A mean, and the middle 95 % of the means of samples drawn from ``values`` with replacement.

    The same values give the same interval. Raises ValueError where there are none.
    """
    if not values:
        raise ValueError("nothing has no mean")
    rng = np.random.default_rng(_SEED)
    drawn = rng.choice(np.asarray(values, np.float64), (_RESAMPLES, len(values)))
    low, high = np.percentile(drawn.mean(axis=1), (2.5, 97.5))
    mean = math.fsum(values) / len(values)
    return Estimate(mean, min(mean, float(low)), max(mean, float(high)), len(values))
