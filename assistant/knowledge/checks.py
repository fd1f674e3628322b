"""What must hold of the corpus as a whole. Each check yields every problem it finds."""

from collections.abc import Callable, Iterator
from graphlib import CycleError, TopologicalSorter

from assistant.errors import Problem
from assistant.knowledge.model import Knowledge
from assistant.language import fold

Places = dict[str, tuple[str, int]]
"""Where each id is defined: file and line."""

_Finding = tuple[str, str]
"""The id to blame, and what is wrong with it."""


def check(knowledge: Knowledge, places: Places) -> tuple[Problem, ...]:
    """All problems of a corpus whose files were readable; empty where it is sound."""
    return tuple(
        Problem(*places.get(identifier, ("", 0)), identifier, message)
        for run in _CHECKS
        for identifier, message in run(knowledge)
    )


def _dates(knowledge: Knowledge) -> Iterator[_Finding]:
    if not knowledge.as_of:
        yield "", "no file says `as_of`, the date of the last review"


def _statements(knowledge: Knowledge) -> Iterator[_Finding]:
    for statement in knowledge.statements.values():
        if statement.source not in knowledge.sources:
            yield statement.id, f"unknown source {statement.source!r}"
        for entity_id in statement.about:
            if entity_id not in knowledge.entities:
                yield statement.id, f"about an unknown entity {entity_id!r}"
        successor = statement.superseded_by
        if successor is not None and successor not in knowledge.statements:
            yield statement.id, f"superseded by an unknown statement {successor!r}"


def _relations(knowledge: Knowledge) -> Iterator[_Finding]:
    for relation in knowledge.relations:
        for end in (relation.origin, relation.target):
            if end not in knowledge.entities:
                yield relation.origin, f"relation {relation.kind} names an unknown entity {end!r}"


def _reasons(knowledge: Knowledge) -> Iterator[_Finding]:
    grounded = [(r.origin, f"{r.kind} {r.target}", r.because) for r in knowledge.relations]
    grounded += [
        (entity.id, "recurs", entity.recurs.because)
        for entity in knowledge.entities.values()
        if entity.recurs
    ]
    for identifier, what, because in grounded:
        for reason in because:
            if reason not in knowledge.statements:
                yield identifier, f"{what}: because of an unknown statement {reason!r}"


def _cycles(knowledge: Knowledge) -> Iterator[_Finding]:
    for kind in ("needs", "part_of"):
        sorter: TopologicalSorter[str] = TopologicalSorter()
        for relation in knowledge.relations:
            if relation.kind == kind:
                sorter.add(relation.origin, relation.target)
        try:
            sorter.prepare()
        except CycleError as error:
            cycle = error.args[1]
            yield cycle[0], f"cycle in {kind}: {' -> '.join(cycle)}"


def _names(knowledge: Knowledge) -> Iterator[_Finding]:
    """A name is one entity's; only a clause may be titled like the thing that it asks for."""
    declared = {fold(alias) for alias in knowledge.ambiguous}
    holders: dict[str, str] = {}
    for entity in knowledge.entities.values():
        if entity.kind == "clause":
            continue
        names = {fold(name) for name in (entity.name.zh, entity.name.en, *entity.aliases)}
        for name in sorted(names - declared):
            other = holders.setdefault(name, entity.id)
            if other != entity.id:
                yield entity.id, f"{name!r} also names {other}; declare it under `ambiguous`"
    for alias, ids in knowledge.ambiguous.items():
        for entity_id in ids:
            if entity_id not in knowledge.entities:
                yield entity_id, f"ambiguous alias {alias!r} names an unknown entity"


def _documents(knowledge: Knowledge) -> Iterator[_Finding]:
    for entity in knowledge.entities.values():
        if entity.kind == "document" and entity.requirement is None:
            yield entity.id, "a document says how far it is required: `requirement`"


def _questions(knowledge: Knowledge) -> Iterator[_Finding]:
    for question in knowledge.questions:
        for statement_id in question.answered_by:
            if statement_id not in knowledge.statements:
                yield question.zh[0], f"answered by an unknown statement {statement_id!r}"


def period_name(event: str, applies_to: str) -> str:
    """What a period is called in problems, and by which a second one for the same is found."""
    return f"the period {event} ({applies_to})"


def _periods(knowledge: Knowledge) -> Iterator[_Finding]:
    """A period rests on statements that hold where it does, one of them about what it is of."""
    for period in knowledge.periods:
        name = period_name(period.event, period.applies_to)
        if period.of not in knowledge.entities:
            yield name, f"of an unknown entity {period.of!r}"
        if not (period.months or period.days):
            yield name, "neither `months` nor `days`"
        reasons = [knowledge.statements[r] for r in period.because if r in knowledge.statements]
        for reason in set(period.because) - {statement.id for statement in reasons}:
            yield name, f"because of an unknown statement {reason!r}"
        for statement in reasons:
            if statement.applies_to not in ("*", period.applies_to):
                yield name, f"{statement.id} holds in {statement.applies_to!r} only"
        if reasons and not any(period.of in (s.entity, *s.about) for s in reasons):
            yield name, f"no reason is about {period.of}"


_CHECKS: tuple[Callable[[Knowledge], Iterator[_Finding]], ...] = (
    _dates,
    _statements,
    _relations,
    _reasons,
    _cycles,
    _names,
    _documents,
    _questions,
    _periods,
)
