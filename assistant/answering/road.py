"""The road as a list of steps, and what on it comes next."""

from collections.abc import Iterable

from assistant.answering.listing import Lister
from assistant.answering.phrases import join, say
from assistant.answering.snapshot import Snapshot
from assistant.knowledge.model import EntityKind, RelationKind
from assistant.knowledge.process import Waiting, contradicted, next_steps, road, stations
from assistant.knowledge.regions import applies
from assistant.listings import Link, Listing, Onward, Step, WaitingStep
from assistant.types import Language, Progress, Region

STEPS: frozenset[EntityKind] = frozenset(("step", "part"))


def list_steps(language: Language, snapshot: Snapshot) -> Listing[Step]:
    """All steps in the order of the road, their parts inside them."""
    lister = Lister(snapshot, language)
    steps = tuple(_step(step, lister) for step in road(snapshot.knowledge))
    return Listing(
        steps, lister.citations.build(language), snapshot.knowledge.as_of, snapshot.generation
    )


def list_next(
    progress: Progress, region: Region | None, language: Language, snapshot: Snapshot
) -> Onward:
    """What follows from progress; InvalidInput where it names no step, or contradicts itself."""
    lister, knowledge = Lister(snapshot, language, region), snapshot.knowledge
    lister.refuse_unknown((*progress.done, *progress.stuck), STEPS)
    found = next_steps(knowledge, progress.done, progress.stuck, region)
    if both := contradicted(knowledge, found, progress.stuck):
        names = join(list(dict.fromkeys(both)), lister.stored)
        raise lister.refusal(say("done_and_stuck", lister.stored, a=names))
    return Onward(
        done=found.done,
        implied=tuple(lister.link(relation.target, relation) for relation in found.implied),
        next=tuple(_step(step, lister) for step in found.next),
        waiting=tuple(_waiting(waiting, lister) for waiting in found.waiting),
        stuck=tuple(step for step in stations(knowledge) if step in progress.stuck),
        citations=lister.citations.build(language),
        as_of=knowledge.as_of,
        generation=snapshot.generation,
    )


def _step(step: str, lister: Lister) -> Step:
    entity, introduction = lister.snapshot.knowledge.entities[step], lister.introduction(step)
    return Step(
        id=step,
        name=lister.name(step),
        detail="".join(lister.text(statement.text) for statement in introduction),
        optional=entity.optional,
        citations=lister.cite(step),
        parts=tuple(_step(part, lister) for part in _parts(step, lister.snapshot)),
        needs=tuple(_before(step, "needs", lister)),
        usually_after=tuple(_before(step, "usually_after", lister)),
    )


def _parts(step: str, snapshot: Snapshot) -> Iterable[str]:
    inside = {r.origin for r in snapshot.knowledge.relations_to(step, "part_of")}
    return (part for part in stations(snapshot.knowledge) if part in inside)


def _before(step: str, kind: RelationKind, lister: Lister) -> Iterable[Link]:
    for relation in lister.snapshot.knowledge.relations_from(step, kind):
        if applies(relation.applies_to, lister.region):
            yield lister.link(relation.target, relation)


def _waiting(waiting: Waiting, lister: Lister) -> WaitingStep:
    return WaitingStep(
        step=waiting.step,
        name=lister.name(waiting.step),
        citations=lister.cite(waiting.step),
        needs=tuple(lister.link(relation.target, relation) for relation in waiting.needs),
    )
