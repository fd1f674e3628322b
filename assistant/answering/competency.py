"""The competency questions as a table, so that a question is held against each at once."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.answering.terms import Column, TermTable, Vocabulary
from assistant.knowledge.model import Knowledge
from assistant.knowledge.passages import LANGUAGES
from assistant.language import fold
from assistant.types import StoredLanguage

_SHRINKAGE = 0.4  # towards the same variance everywhere; 0.1 to 0.7 do about as well


@dataclass(frozen=True, slots=True)
class _Meaning:
    """Where questions lie once directions in which wordings of one question differ, their language
    above all, count less: within-class covariance normalisation (Hatch, Kajarekar and Stolcke
    2006, Interspeech), a question being the class. ``centres`` has unit rows."""

    origin: NDArray[np.float32]
    projection: NDArray[np.float32]
    centres: NDArray[np.float32]

    def nearness(self, vector: NDArray[np.float32]) -> Column:
        """How far each question stands out by its cosine, in quarters of a standard deviation."""
        placed = (vector - self.origin) @ self.projection
        cosines = self.centres @ (placed / max(float(np.linalg.norm(placed)), 1e-6))
        column: Column = (cosines - cosines.mean()) / max(float(cosines.std()), 1e-6) / 4
        return column


@dataclass(frozen=True, slots=True)
class _Words:
    """The terms of all wordings in one language; those of question n begin at ``starts[n]``."""

    terms: TermTable
    starts: NDArray[np.int64]

    def alike(self, terms: frozenset[str]) -> Column:
        """Dice coefficient (0..1) of the terms with those of the likest wording of each."""
        column: Column = np.maximum.reduceat(self.terms.dice(terms), self.starts)
        return column


class QuestionTable:
    """``vectors`` has shape (w, d) and unit rows, in the order of the knowledge's wordings.

    ``answered`` and ``withheld`` are places in ``questions``. For each that is answered, ``firsts``
    holds the row, in the order of the knowledge's statements, of what answers it first, and
    ``rows`` from ``starts`` on those of all that do.
    """

    def __init__(
        self, knowledge: Knowledge, vocabulary: Vocabulary, vectors: NDArray[np.float32]
    ) -> None:
        self.questions = knowledge.questions
        given = np.array([bool(question.answered_by) for question in knowledge.questions], bool)
        self.answered, self.withheld = np.flatnonzero(given), np.flatnonzero(~given)
        place = {statement_id: row for row, statement_id in enumerate(knowledge.statements)}
        rows = [[place[s] for s in q.answered_by] for q in knowledge.questions if q.answered_by]
        self.rows = np.array([row for some in rows for row in some], np.int64)
        self.starts = _starts([len(some) for some in rows])
        self.firsts = self.rows[self.starts]
        self._meaning = _meaning(vectors, _starts([len(q.wordings) for q in self.questions]))
        self._words: Mapping[StoredLanguage, _Words] = {
            language: _words(knowledge, vocabulary, language) for language in LANGUAGES
        }

    def likeness(
        self, vector: NDArray[np.float32], terms: frozenset[str], language: StoredLanguage
    ) -> tuple[Column, Column]:
        """How like each question is to the one asked, by meaning and by words, each of shape
        (questions,); ``vector`` has shape (d,) and unit norm. Not without questions."""
        return self._meaning.nearness(vector), self._words[language].alike(terms)

    def terms(self, language: StoredLanguage) -> TermTable:
        return self._words[language].terms


def _starts(lengths: list[int]) -> NDArray[np.int64]:
    return np.cumsum([0, *lengths[:-1]], dtype=np.int64)[: len(lengths)]


def _meaning(vectors: NDArray[np.float32], starts: NDArray[np.int64]) -> _Meaning:
    if not len(starts):
        return _Meaning(np.zeros(0, np.float32), vectors, vectors)
    lengths = np.diff([*starts, len(vectors)])
    means = np.add.reduceat(vectors, starts) / lengths[:, None]
    within = vectors - np.repeat(means, lengths, axis=0)
    covariance = within.T @ within / len(vectors)
    dimension = len(covariance)
    even = np.eye(dimension) * max(float(np.trace(covariance)) / dimension, 1e-6)
    values, axes = np.linalg.eigh((1 - _SHRINKAGE) * covariance + _SHRINKAGE * even)
    projection = (axes * values**-0.5 @ axes.T).astype(np.float32)
    origin = vectors.mean(axis=0)
    centres = np.add.reduceat(_unit((vectors - origin) @ projection), starts)
    return _Meaning(origin, projection, _unit(centres))


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: NDArray[np.float32] = (rows / np.maximum(norms, 1e-6)).astype(np.float32)
    return unit


def _words(knowledge: Knowledge, vocabulary: Vocabulary, language: StoredLanguage) -> _Words:
    wordings = [question.stored(language) for question in knowledge.questions]
    terms = [vocabulary.terms_of(fold(wording)) for some in wordings for wording in some]
    return _Words(TermTable(terms), _starts([len(some) for some in wordings]))
