"""What is measured of many answers: the metrics of each, taken together with their intervals."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.types import Language
from eval.intervals import Estimate, bootstrap, wilson
from eval.metrics import Given, Result

_TAILS: dict[Language, str] = {"zh-Hans": "hans", "zh-Hant": "hant", "en": "en"}


@dataclass(frozen=True, slots=True)
class Totals:
    """Over ``n`` questions; an estimate is None where no question asks for it.

    Proportions of questions, 0..1: ``all_right`` in whatever they ask for, ``outcome`` as expected,
    ``ids`` all named, ``facts`` all cited, ``lead`` right, ``negatives_answered`` of those that
    must not be answered (0 is best). Means: ``facts_share``, ``recall`` and ``precision`` of
    ``eval.metrics``, 0..1, and ``items``, the items that an answered question's answer names.
    """

    n: int
    all_right: Estimate | None
    outcome: Estimate | None
    lead: Estimate | None
    facts: Estimate | None
    facts_share: Estimate | None
    ids: Estimate | None
    recall: Estimate | None
    precision: Estimate | None
    items: Estimate | None
    negatives_answered: Estimate | None


def total(results: Sequence[Result]) -> Totals:
    scores = [result.score for result in results]
    answered = [r.given for r in results if r.given.outcome == "answered"]
    return Totals(
        n=len(results),
        all_right=proportion(score.all_right for score in scores),
        outcome=proportion(score.outcome for score in scores),
        lead=proportion(score.lead for score in scores),
        facts=proportion(score.facts_right for score in scores),
        facts_share=mean(score.facts for score in scores),
        ids=proportion(score.ids_right for score in scores),
        recall=mean(score.recall for score in scores),
        precision=mean(score.precision for score in scores),
        items=mean(len(given.items) for given in answered),
        negatives_answered=proportion(negatives_answered(results)),
    )


def proportion(flags: Iterable[bool | None]) -> Estimate | None:
    """The share of True, None left out; None where there is nothing else."""
    known = [flag for flag in flags if flag is not None]
    return wilson(sum(known), len(known)) if known else None


def mean(values: Iterable[float | None]) -> Estimate | None:
    """As :func:`proportion`, of numbers."""
    known = [value for value in values if value is not None]
    return bootstrap(known) if known else None


def by(key: Callable[[Result], str], results: Iterable[Result]) -> dict[str, list[Result]]:
    """The results by a key, keys in order."""
    groups: dict[str, list[Result]] = {}
    for result in results:
        groups.setdefault(key(result), []).append(result)
    return dict(sorted(groups.items()))


def negatives_answered(results: Iterable[Result]) -> list[bool]:
    """For each question that must not be answered, whether it was: False is good."""
    negatives = (r for r in results if r.asked.outcome != "answered")
    return [r.given.outcome == "answered" for r in negatives]


def triples_equal(results: Iterable[Result], *, strict: bool) -> list[bool]:
    """For each question asked in all three languages, whether the answers are the same.

    The same: one outcome and one set of items. Strictly the same: also one set of statements cited,
    in the first sentence and in all. Such a question's id is its group's with the language behind
    it; a group that is not whole is not counted.
    """
    triples = by(lambda r: r.asked.group, filter(_of_a_triple, results))
    return [
        len({_gist(r.given, strict) for r in group}) == 1
        for group in triples.values()
        if len({r.asked.language for r in group}) == len(group) == len(_TAILS)
    ]


def _of_a_triple(result: Result) -> bool:
    asked = result.asked
    return asked.id == f"{asked.group}-{_TAILS[asked.language]}"


def _gist(given: Given, strict: bool) -> tuple[object, ...]:
    loose = (given.outcome, frozenset(given.items))
    return (*loose, given.lead, given.statements) if strict else loose
