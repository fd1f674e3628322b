"""The competency questions as a table, so that a question is held against each at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.knowledge.model import CompetencyQuestion, Knowledge


@dataclass(frozen=True, slots=True)
class Likeness:
    """A competency question and the cosine (-1..1) of its wording nearest to the question."""

    question: CompetencyQuestion
    cosine: float


class QuestionTable:
    """``vectors`` has shape (w, d) and unit rows, in the order of the knowledge's wordings."""

    def __init__(self, knowledge: Knowledge, vectors: NDArray[np.float32]) -> None:
        self._questions = knowledge.questions
        owners = [n for n, q in enumerate(knowledge.questions) for _ in q.wordings]
        self._starts = np.flatnonzero(np.diff(owners, prepend=-1))
        self._vectors = vectors

    def nearest(self, vector: NDArray[np.float32], k: int) -> tuple[Likeness, ...]:
        """At most ``k`` questions, the likest first; ``vector`` has shape (d,) and unit norm."""
        if not self._questions:
            return ()
        best = np.maximum.reduceat(self._vectors @ vector, self._starts)
        order = np.argsort(-best, kind="stable")[:k]
        return tuple(Likeness(self._questions[n], float(best[n])) for n in order)
