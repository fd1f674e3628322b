"""What each view of a statement, and of a competency question, counts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """Fitted on the dev part, for the share of questions whose first statement is right.

    0 switches a view off; without the views of competency questions none is looked at.
    """

    # of a statement
    near: float = 0.6  # cosine to the statement in the language of the question
    near_other: float = 0.85  # cosine to it in the other language
    words: float = 0.7
    bm25: float = 0.45
    things: float = 0.5
    facet: float = 0.65
    passage: float = 0.5
    # of a competency question
    like: float = 0.95  # nearness in meaning
    like_words: float = 0.9
    first: float = 0.05  # the score of the statement that answers it first
    best: float = 0.12  # the best score of those that answer it
    suits: float = 0.35  # whether the first has the facet asked for
    leads: float = 0.35  # what a statement has to be better by to be said before the first
    graph: bool = True  # whether what follows from relations is composed from them
