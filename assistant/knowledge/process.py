"""What follows from the order of the road: which step comes next, and what it waits for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.knowledge.model import Knowledge, Relation, RelationKind
from assistant.knowledge.regions import applies
from assistant.types import Region

_ORDER: tuple[RelationKind, ...] = ("needs", "usually_after")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A step that cannot start yet, and the relations to steps that are not done."""

    step: str
    needs: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class NextSteps:
    """``done`` includes what the given steps needed, and ``implied`` says why.

    ``next`` can start now, in road order.
    """

    done: tuple[str, ...]
    next: tuple[str, ...]
    waiting: tuple[Waiting, ...]
    implied: tuple[Relation, ...]


def outwards(knowledge: Knowledge, entity_id: str) -> Iterator[str]:
    """The entity, then each one that it is part of, to the whole step."""
    yield entity_id
    for relation in knowledge.relations_from(entity_id, "part_of"):
        yield from outwards(knowledge, relation.target)


def following(knowledge: Knowledge, entity_id: str) -> tuple[Relation, ...]:
    """Relations from what comes after an entity, events aside; whole steps, then hard ones first.

    Inside a step the order of its parts counts; where that ends, the order of the whole step.
    """
    for at in outwards(knowledge, entity_id):
        after = [r for kind in _ORDER for r in knowledge.relations_to(at, kind)]
        if found := [r for r in after if not knowledge.entities[r.origin].event]:
            return tuple(sorted(found, key=lambda r: knowledge.entities[r.origin].kind != "step"))
    return ()


def preceding(knowledge: Knowledge, entity_id: str) -> tuple[Relation, ...]:
    """Relations to what comes before an entity; hard ones first. Outwards as :func:`following`."""
    for at in outwards(knowledge, entity_id):
        if found := [r for kind in _ORDER for r in knowledge.relations_from(at, kind)]:
            return tuple(found)
    return ()


def in_order(knowledge: Knowledge, entity_id: str) -> bool:
    """Whether something comes before or after the entity itself, not only its whole."""
    return any(
        knowledge.relations_to(entity_id, kind) or knowledge.relations_from(entity_id, kind)
        for kind in _ORDER
    )


def next_steps(
    knowledge: Knowledge,
    done: Iterable[str],
    stuck: Sequence[str] = (),
    region: Region | None = None,
) -> NextSteps:
    """Steps that can start where the asker is, given those that are done.

    A step is next when all it needs, and all it usually comes after, is done; one that needs
    something still open is waiting. An optional step holds nothing up. One that is stuck has
    begun, so it is never next, but it may be found waiting.
    """
    finished, implied = _with_needs(knowledge, done, region)
    upcoming: list[str] = []
    waiting: list[Waiting] = []
    on_the_way = set(road(knowledge)).union(stuck)
    for step in (step for step in stations(knowledge) if step in on_the_way):
        if _is_done(knowledge, step, finished):
            continue
        if open_needs := _open(knowledge, step, "needs", finished, region):
            waiting.append(Waiting(step, open_needs))
        elif step not in stuck and not _open(knowledge, step, "usually_after", finished, region):
            upcoming.append(step)
    in_order = tuple(step for step in stations(knowledge) if step in finished)
    return NextSteps(in_order, tuple(upcoming), tuple(waiting), implied)


def contradicted(knowledge: Knowledge, found: NextSteps, stuck: Iterable[str]) -> tuple[str, ...]:
    """Steps said to be stuck that are done, or are part of what is."""
    finished = frozenset(found.done)
    return tuple(step for step in stuck if _is_done(knowledge, step, finished))


def whole_step(knowledge: Knowledge, entity_id: str) -> str | None:
    """The step that an entity is, or is part of; None for what stands outside the road."""
    whole = knowledge.whole(entity_id)
    return whole if knowledge.entities[whole].kind == "step" else None


def road(knowledge: Knowledge) -> tuple[str, ...]:
    """All whole steps, in the order of their numbers."""
    return tuple(i for i in stations(knowledge) if knowledge.entities[i].kind == "step")


def stations(knowledge: Knowledge) -> tuple[str, ...]:
    """All steps and their parts, in the order of their numbers."""
    steps = (e.id for e in knowledge.entities.values() if e.kind in ("step", "part"))
    return tuple(sorted(steps, key=_number))


def _is_done(knowledge: Knowledge, step: str, finished: frozenset[str]) -> bool:
    return not finished.isdisjoint(outwards(knowledge, step))


def _open(
    knowledge: Knowledge,
    step: str,
    kind: RelationKind,
    finished: frozenset[str],
    region: Region | None,
) -> tuple[Relation, ...]:
    """What a step, or the whole it is part of, still waits for."""
    return tuple(
        relation
        for at in outwards(knowledge, step)
        for relation in knowledge.relations_from(at, kind)
        if applies(relation.applies_to, region)
        and not _is_done(knowledge, relation.target, finished)
        and not knowledge.entities[relation.target].optional
    )


def _with_needs(
    knowledge: Knowledge, done: Iterable[str], region: Region | None
) -> tuple[frozenset[str], tuple[Relation, ...]]:
    """The given steps and those they cannot have been done without, with the relations to these."""
    finished: set[str] = set()
    implied: dict[str, Relation] = {}
    pending = given = list(dict.fromkeys(done))
    while pending:
        finished.update(pending)
        finished.update(_complete(knowledge, finished))
        places = [at for step in pending for at in outwards(knowledge, step)]
        needed = [r for at in places for r in knowledge.relations_from(at, "needs")]
        found = [
            r for r in needed if r.target not in finished and _is_certain(knowledge, r, region)
        ]
        for relation in found:
            implied.setdefault(relation.target, relation)
        pending = list(dict.fromkeys(r.target for r in found))
    return frozenset(finished), tuple(r for step, r in implied.items() if step not in given)


def _complete(knowledge: Knowledge, finished: set[str]) -> set[str]:
    """Steps of which every part that nobody may leave out is done; one that recurs never is."""
    wholes: set[str] = set()
    for whole in {step for part in finished for step in outwards(knowledge, part)} - finished:
        origins = [r.origin for r in knowledge.relations_to(whole, "part_of")]
        parts = [knowledge.entities[i] for i in origins if knowledge.entities[i].kind == "part"]
        passed = all(part.id in finished or part.optional for part in parts)
        if parts and passed and not any(part.recurs for part in parts):
            wholes.add(whole)
    return wholes


def _is_certain(knowledge: Knowledge, relation: Relation, region: Region | None) -> bool:
    """Whether nobody gets past it: no condition, nothing optional, no rule of another place."""
    here = relation.applies_to == "*" or (
        region is not None and applies(relation.applies_to, region)
    )
    optional = knowledge.entities[relation.target].optional
    return here and relation.condition is None and not optional


def _number(step: str) -> tuple[bool, int, int, str]:
    """S before C, then by number: S2, S2.3, S10, S10.a."""
    number, _, part = step[1:].partition(".")
    return step[0] != "S", int(number), int(part) if part.isdigit() else 0, part
