"""Which statements answer a question.

Every statement is held against the question in several ways, weighted as ``Weights`` says:
nearness of meaning in both languages, words, BM25, the things it speaks of, the facet asked for,
and how well its passage was found (measured on ``eval/questions/dev``, docs/quality.md). No such
score tells what is covered from what is not; that is decided apart, in ``drafting``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.answering.matching import Told, match
from assistant.answering.model import Intent, Match, Understood
from assistant.answering.snapshot import Snapshot
from assistant.answering.table import StatementTable
from assistant.answering.terms import Column
from assistant.answering.weights import Weights
from assistant.answering.words import FILLERS_EN
from assistant.knowledge.model import Facet, Statement
from assistant.language import stored
from assistant.types import Hit

# How far a facet answers an intent.
FACETS: Mapping[Intent, Mapping[Facet, float]] = {
    "who": {"role": 1.0, "duty": 0.7},
    "duties": {"duty": 1.0, "role": 0.5, "action": 0.5},
    "documents": {"document": 1.0, "content": 0.4},
    "frequency": {"frequency": 1.0, "timing": 0.4},
    "definition": {
        "definition": 1.0, "purpose": 0.8, "content": 0.6, "action": 0.3, "document": 0.3,
    },
    "difference": {"definition": 1.0, "content": 0.5, "role": 0.5, "purpose": 0.5},
    "purpose": {"purpose": 1.0},
    "obligation": {
        "obligation": 1.0, "criterion": 0.7, "frequency": 0.4, "role": 0.4, "action": 0.3,
    },
    "timing": {"timing": 1.0, "frequency": 0.5},
    "criteria": {"criterion": 1.0, "obligation": 0.4},
    "how": {"action": 1.0, "content": 0.6, "duty": 0.3},
    "content": {"content": 1.0, "action": 0.7, "document": 0.6, "criterion": 0.5},
    "about": {"definition": 0.6, "action": 0.4, "content": 0.4, "role": 0.3, "criterion": 0.3},
    "confirm": {
        "obligation": 0.5, "criterion": 0.5, "role": 0.4, "content": 0.4, "action": 0.4,
        "document": 0.4, "frequency": 0.4, "timing": 0.4, "duty": 0.4,
    },
    "next": {"timing": 1.0},
    "before": {"timing": 1.0},
}  # fmt: skip
_BESIDES = 0.7  # how far the facets of a further intent count
# Intents that words tell so plainly that each gets its own statement in a question of two parts.
_PLAIN: Mapping[Intent, Facet] = {"who": "role", "frequency": "frequency"}
_PLAINLY = 1.0
_BOTH = 2.0  # a difference is told by what speaks of both
_MENTIONED, _ELSEWHERE = 0.5, 1.0
_MARGIN, _SIBLING, _MOST = 0.25, 1.1, 6
_LIST_SIBLING, _LIST_MOST = 1.2, 12
# Share of a statement's terms already said that makes it a repetition; siblings share their frame.
_REPEATS, _SAME = 0.8, 0.97


@dataclass(frozen=True, slots=True)
class Selection:
    """Statements in the order of saying; ``score`` is the best of any, ``known`` the share (0..1)
    of the question's content words, by weight, that the corpus uses at all; ``match`` says which
    competency questions it is like."""

    statements: tuple[Statement, ...]
    score: float
    known: float
    match: Match


def select(
    understood: Understood,
    vector: NDArray[np.float32],
    hits: Sequence[Hit],
    snapshot: Snapshot,
    weights: Weights,
) -> Selection:
    """``vector`` is the question embedded, shape (d,), unit norm; ``hits`` what search found."""
    table = snapshot.tables[stored(understood.language)]
    scores = score(understood, vector, hits, snapshot, weights)
    told = Told(scores, table.facets(_wanted(understood.asks)))
    matched = match(understood, vector, told, snapshot, weights)
    rows = _answering(matched, scores, table, weights) or _companions(scores, table, understood)
    rows = list(dict.fromkeys([*rows, *_further(scores, table, understood)]))
    words = {term for word in understood.words for term in snapshot.vocabulary.terms_of(word)}
    statements = tuple(table.statements[row] for row in rows)
    known = table.terms.known(words, snapshot.questions.terms(stored(understood.language)))
    return Selection(statements, float(scores.max()), known, matched)


def _answering(
    matched: Match, scores: Column, table: StatementTable, weights: Weights
) -> list[int]:
    """What answers the likest competency question, and what those as like add to it."""
    chosen: list[int] = []
    said: set[str] = set()
    for position, question in enumerate(matched.questions):
        for row in table.rows_of(question.answered_by):
            terms = table.terms.rows[row]
            repeats = position and len(terms & said) >= _REPEATS * len(terms)
            if np.isfinite(scores[row]) and row not in chosen and not repeats:
                chosen.append(row)
                said |= terms
    return _nearest_first(chosen, scores, weights.leads)


def _nearest_first(rows: list[int], scores: Column, leads: float) -> list[int]:
    """A statement that is clearly better for the question than the first goes before it."""
    best = max(rows, key=lambda row: float(scores[row]), default=0)
    if rows and scores[best] > scores[rows[0]] + leads:
        return [best, *(row for row in rows if row != best)]
    return rows


def score(
    understood: Understood,
    vector: NDArray[np.float32],
    hits: Sequence[Hit],
    snapshot: Snapshot,
    weights: Weights,
) -> Column:
    """Higher is better, comparable within one question; shape (statements,)."""
    language = stored(understood.language)
    table, other = snapshot.tables[language], snapshot.tables["zh" if language == "en" else "en"]
    terms = snapshot.vocabulary.terms_of(understood.plain) - FILLERS_EN
    column = (
        weights.near * table.nearness(vector)
        + weights.near_other * other.nearness(vector)
        + weights.words * table.terms.overlap(terms)
        + weights.bm25 * table.terms.relevance(terms)
        + weights.things * table.speaks_of(understood.entities)
        + weights.facet * table.facets(_wanted(understood.asks))
        + weights.passage * table.standing_in({hit.passage_id: hit.score for hit in hits})
    )
    if understood.intent == "difference" and len(understood.entities) > 1:
        column += _BOTH * table.speaks_of_all(understood.entities)
    if understood.entities and not understood.words:  # nothing but a name to go by
        things = table.speaks_of(understood.entities)
        column[things < min(_MENTIONED, float(things.max()))] -= _ELSEWHERE
    column += table.authority(understood.intent == "obligation")
    column[~table.usable(understood.region)] = -np.inf
    scored: Column = column
    return scored


def _wanted(asks: tuple[Intent, ...]) -> dict[Facet, float]:
    """Facets of all that the question may ask, those of the intent in full."""
    wanted: dict[Facet, float] = {}
    for position, intent in enumerate(asks):
        for facet, weight in FACETS[intent].items():
            weighted = weight * (_BESIDES if position else 1.0)
            wanted[facet] = max(wanted.get(facet, 0.0), weighted)
    return wanted


def _companions(scores: Column, table: StatementTable, understood: Understood) -> list[int]:
    """The best statement, and those as good: nearly as high, or its siblings, which say the same
    kind of thing of the same entity. Where all are asked for, siblings count from farther off.

    The rest follows the first in the order of the corpus, which is that of the process.
    """
    order = np.argsort(-scores, kind="stable")
    best = int(order[0])
    margin, most = (_LIST_SIBLING, _LIST_MOST) if understood.all_of_them else (_SIBLING, _MOST)
    chosen: list[int] = []
    said = set(table.terms.rows[best])
    for row in map(int, order[1:60]):
        if len(chosen) == most - 1:
            break
        siblings = _siblings(table.statements[row], table.statements[best])
        allowed, repeats = (margin, _SAME) if siblings else (_MARGIN, _REPEATS)
        held = len(table.terms.rows[row] & said)
        if scores[row] >= scores[best] - allowed and held < repeats * len(table.terms.rows[row]):
            chosen.append(row)
            said |= table.terms.rows[row]
    return [best, *sorted(chosen)]


def _further(scores: Column, table: StatementTable, understood: Understood) -> list[int]:
    """For each further thing plainly asked of what is named, the statement that tells it."""
    if not understood.entities:
        return []
    things = table.speaks_of(understood.entities)
    rows = []
    if understood.intent == "difference":  # each of the two by itself as well
        introduced = scores + table.facets(FACETS["definition"])
        rows = [int(np.argmax(introduced + table.speaks_of((e,)))) for e in understood.entities]
    for intent in understood.asks[1:]:
        facet = _PLAIN.get(intent)
        if facet is not None:
            told = np.where(table.facets({facet: 1.0}) >= 1.0, scores + things, -np.inf)
            row = int(np.argmax(told))
            if scores[row] > _PLAINLY and things[row] > 0:
                rows.append(row)
    return rows


def _siblings(one: Statement, other: Statement) -> bool:
    return one.entity == other.entity and one.facets[0] == other.facets[0]
