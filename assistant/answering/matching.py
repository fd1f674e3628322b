"""Which competency questions are like the question asked, in words and in what answers them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.answering.model import Match, Understood
from assistant.answering.snapshot import Snapshot
from assistant.answering.terms import Column
from assistant.answering.weights import Weights
from assistant.language import stored

_AS_LIKE, _MOST = 0.25, 3
_SPEAKS, _ELSEWHERE = 0.5, 1.0


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of each statement, shape (statements,): how good it is for the question, minus
    infinity where it may not be said; and how far it has the facet asked for."""

    scores: Column
    facets: Column


def match(
    understood: Understood,
    vector: NDArray[np.float32],
    told: Told,
    snapshot: Snapshot,
    weights: Weights,
) -> Match:
    """``vector`` is the question embedded, shape (d,), unit norm."""
    table = snapshot.questions
    views = (weights.like, weights.like_words)
    if not len(table.answered) or not any(views):
        return Match()
    terms = snapshot.vocabulary.terms_of(understood.plain)
    columns = table.likeness(vector, terms, stored(understood.language))
    likeness = np.sum([w * column for w, column in zip(views, columns, strict=True)], axis=0)
    standing = likeness[table.answered] + _told(told, snapshot, weights)
    if understood.by_id:  # an answer that does not speak of what an id names is of another thing
        spoken = snapshot.tables[stored(understood.language)].speaks_of(understood.by_id)
        most = np.maximum.reduceat(spoken[table.rows], table.starts) * len(understood.by_id)
        standing[most < _SPEAKS] -= _ELSEWHERE
    best = np.argsort(-standing, kind="stable")[:_MOST]
    near = best[standing[best] >= standing[best[0]] - _AS_LIKE]
    near = near[np.isfinite(standing[near])]
    answered = float(likeness[table.answered].max())
    questions = tuple(table.questions[table.answered[n]] for n in near)
    if not len(table.withheld):
        return Match(questions, answered)
    likest = table.withheld[np.argmax(likeness[table.withheld])]
    margin = float(likeness[likest]) - answered
    return Match(questions, answered, table.questions[likest].withheld, margin)


def _told(told: Told, snapshot: Snapshot, weights: Weights) -> Column:
    """What the statements add that answer each question, shape (answered,)."""
    table = snapshot.questions
    first = told.scores[table.firsts]
    best = np.maximum.reduceat(told.scores[table.rows], table.starts)
    first = np.where(np.isfinite(first), first, best)
    column: Column = (
        weights.first * first + weights.best * best + weights.suits * told.facets[table.firsts]
    )
    return column
