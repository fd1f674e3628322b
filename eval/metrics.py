"""What is measured of one answer, each metric small enough to work out by hand.

A metric of one question is None where the question does not ask for it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.types import Answer, Outcome
from eval.questions import Alternatives, Asked

_STATEMENT = re.compile(r"F\d{3}[a-z]?|CS-\d{3}[a-z]?|.+/.+")
_SPLIT_OFF = re.compile(r"(.*\d)[a-z]")


@dataclass(frozen=True, slots=True)
class Given:
    """What an answer gave, as ids.

    ``items`` are what it names, in order; ``entities`` and ``statements`` what its citations are
    about; ``lead`` the statements that its first sentence cites.
    """

    outcome: Outcome
    items: tuple[str, ...]
    entities: frozenset[str]
    statements: frozenset[str]
    lead: frozenset[str]


@dataclass(frozen=True, slots=True)
class Score:
    """How good one answer is.

    ``outcome``: it is the one expected. ``lead``: the first sentence cites a statement that it
    should. The others are shares, 0..1: see :func:`precision`, :func:`recall`, :func:`facts`.
    """

    outcome: bool
    precision: float | None
    recall: float | None
    facts: float | None
    lead: bool | None

    @property
    def ids_right(self) -> bool | None:
        return None if self.recall is None else self.recall == 1

    @property
    def facts_right(self) -> bool | None:
        return None if self.facts is None else self.facts == 1

    @property
    def all_right(self) -> bool:
        return self.outcome and False not in (self.ids_right, self.facts_right, self.lead)


@dataclass(frozen=True, slots=True)
class Result:
    """A question, the answer to it, and how good that is."""

    asked: Asked
    answer: Answer
    given: Given
    score: Score


def measure(asked: Asked, answer: Answer) -> Result:
    gave = given(answer)
    return Result(asked, answer, gave, score(asked, gave))


def given(answer: Answer) -> Given:
    about = {citation.n: citation.about for citation in answer.citations}
    cited = frozenset(i for ids in about.values() for i in ids)
    first = next((s.citations for block in answer.blocks for s in block.sentences), ())
    return Given(
        outcome=answer.outcome,
        items=tuple(dict.fromkeys(item.id for item in answer.items)),
        entities=frozenset(i for i in cited if not is_statement(i)),
        statements=frozenset(filter(is_statement, cited)),
        lead=frozenset(i for n in first for i in about[n] if is_statement(i)),
    )


def score(asked: Asked, given: Given) -> Score:
    return Score(
        outcome=given.outcome == asked.outcome,
        precision=precision(asked.ids, given.items),
        recall=recall(asked.ids, {*given.items, *given.entities}),
        facts=facts(asked.facts, given.statements),
        lead=bool(with_parents(given.lead) & set(asked.lead)) if asked.lead else None,
    )


def precision(wanted: Alternatives, items: Sequence[str]) -> float | None:
    """Share of the items named that are in any list of alternatives, 0..1; None without items."""
    right = {i for alternatives in wanted for i in alternatives}
    return sum(i in right for i in items) / len(items) if wanted and items else None


def recall(wanted: Alternatives, named: Iterable[str]) -> float | None:
    """Share of the lists of alternatives of which at least one id is named, 0..1."""
    return (len(wanted) - len(missing(wanted, set(named)))) / len(wanted) if wanted else None


def facts(wanted: Alternatives, cited: Iterable[str]) -> float | None:
    """Share of the lists of alternatives of which at least one statement is cited, 0..1."""
    return recall(wanted, with_parents(cited))


def missing(wanted: Alternatives, found: set[str]) -> Alternatives:
    """The lists of alternatives of which nothing was found."""
    return tuple(alternatives for alternatives in wanted if found.isdisjoint(alternatives))


def with_parents(ids: Iterable[str]) -> set[str]:
    """The ids, and for a statement that was split off (F071b) the one it came from (F071)."""
    found = set(ids)
    parents = (_SPLIT_OFF.fullmatch(i) for i in found if is_statement(i))
    return found | {match[1] for match in parents if match}


def is_statement(id_: str) -> bool:
    """Whether an id is a statement's (F071, CS-083, 8.2.4/2) and not an entity's (8.2.4, R-03)."""
    return _STATEMENT.fullmatch(id_) is not None
