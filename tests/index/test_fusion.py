from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from assistant.index.fusion import Floats, fuse

Candidate = tuple[float, float, bool]
cosines = st.floats(-1, 1, allow_subnormal=False)
candidates = st.lists(
    st.tuples(cosines, st.floats(0, 50, allow_subnormal=False), st.booleans()),
    min_size=1,
    max_size=30,
)


def fused(rows: list[Candidate]) -> Floats:
    near, words, same = zip(*rows, strict=True)
    return fuse(np.array(near), np.array(words), np.array(same))


@given(candidates)
def test_scores_are_between_0_and_1(rows: list[Candidate]) -> None:
    scores = fused(rows)
    assert scores.shape == (len(rows),)
    assert ((scores >= 0) & (scores <= 1)).all()


@given(candidates)
def test_more_of_both_never_scores_less(rows: list[Candidate]) -> None:
    scores = fused(rows)
    for (near, words, same), score in zip(rows, scores, strict=True):
        for (nearer, more, equally), higher in zip(rows, scores, strict=True):
            if nearer >= near and more >= words and same is equally:
                assert higher >= score


@given(candidates, st.randoms(use_true_random=False))
def test_the_order_of_the_candidates_does_not_matter(rows: list[Candidate], random: Random) -> None:
    order = list(range(len(rows)))
    random.shuffle(order)
    shuffled = fused([rows[i] for i in order])
    assert np.array_equal(shuffled, fused(rows)[order])


def test_words_decide_within_a_language_and_nearness_across() -> None:
    near, wordy = (0.9, 0.0), (0.8, 10.0)
    same = fused([(*near, True), (*wordy, True)])
    other = fused([(*near, False), (*wordy, False)])
    assert np.allclose(same, [0.4, 0.6])
    assert np.allclose(other, [0.8, 0.2])


def test_no_candidates_no_scores() -> None:
    assert fuse(np.empty(0), np.empty(0), np.empty(0, bool)).shape == (0,)
