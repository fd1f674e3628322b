"""What follows from the order of the road: which step comes next, and what it waits for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.knowledge.model import Knowledge, Relation, RelationKind

_ORDER: tuple[RelationKind, ...] = ("needs", "usually_after")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A step that cannot start yet, and the relations to steps that are not done."""

    step: str
    needs: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class NextSteps:
    """``done`` includes what the given steps needed; ``next`` can start now, in road order."""

    done: tuple[str, ...]
    next: tuple[str, ...]
    waiting: tuple[Waiting, ...]


def following(knowledge: Knowledge, entity_id: str) -> tuple[Relation, ...]:
    """Relations from what comes after an entity; hard ones first.

    Inside a step the order of its parts counts; where that ends, the order of the whole step.
    """
    for at in _outwards(knowledge, entity_id):
        if found := [r for kind in _ORDER for r in knowledge.relations_to(at, kind)]:
            return tuple(found)
    return ()


def preceding(knowledge: Knowledge, entity_id: str) -> tuple[Relation, ...]:
    """Relations to what comes before an entity; hard ones first. Outwards as :func:`following`."""
    for at in _outwards(knowledge, entity_id):
        if found := [r for kind in _ORDER for r in knowledge.relations_from(at, kind)]:
            return tuple(found)
    return ()


def next_steps(knowledge: Knowledge, done: Iterable[str]) -> NextSteps:
    """Steps that can start, given those that are done.

    A step is next when all it needs, and all it usually comes after, is done; one that needs
    something still open is waiting. An optional step holds nothing up.
    """
    finished = _with_needs(knowledge, done)
    upcoming: list[str] = []
    waiting: list[Waiting] = []
    for step in road(knowledge):
        if step in finished:
            continue
        open_needs = _open(knowledge, step, "needs", finished)
        if open_needs:
            waiting.append(Waiting(step, open_needs))
        elif not _open(knowledge, step, "usually_after", finished):
            upcoming.append(step)
    in_order = tuple(step for step in road(knowledge) if step in finished)
    return NextSteps(in_order, tuple(upcoming), tuple(waiting))


def whole_step(knowledge: Knowledge, entity_id: str) -> str | None:
    """The step that an entity is, or is part of; None for what stands outside the road."""
    whole = knowledge.whole(entity_id)
    return whole if knowledge.entities[whole].kind == "step" else None


def road(knowledge: Knowledge) -> tuple[str, ...]:
    """All steps of the road, in the order of the corpus."""
    steps = (entity.id for entity in knowledge.entities.values() if entity.kind == "step")
    return tuple(sorted(steps, key=_number))


def _outwards(knowledge: Knowledge, entity_id: str) -> Iterator[str]:
    """The entity, then each one that it is part of, to the whole step."""
    yield entity_id
    for relation in knowledge.relations_from(entity_id, "part_of"):
        yield from _outwards(knowledge, relation.target)


def _open(
    knowledge: Knowledge, step: str, kind: RelationKind, finished: frozenset[str]
) -> tuple[Relation, ...]:
    relations = knowledge.relations_from(step, kind)
    return tuple(
        relation
        for relation in relations
        if relation.target not in finished and not knowledge.entities[relation.target].optional
    )


def _with_needs(knowledge: Knowledge, done: Iterable[str]) -> frozenset[str]:
    finished: set[str] = set()
    pending = list(done)
    while pending:
        step = pending.pop()
        if step not in finished:
            finished.add(step)
            pending.extend(r.target for r in knowledge.relations_from(step, "needs"))
    return frozenset(finished)


def _number(step: str) -> tuple[str, int]:
    return step[0], int(step[1:])
