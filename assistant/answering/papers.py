"""Documents and records as a list, all or those wanted."""

from collections.abc import Collection, Iterable, Mapping

from assistant.answering.listing import Lister
from assistant.answering.road import STEPS
from assistant.answering.snapshot import Snapshot
from assistant.knowledge.model import Entity, EntityKind, Knowledge, Relation
from assistant.knowledge.process import outwards
from assistant.listings import Document, DocumentFilter, Link, Listing, Said
from assistant.types import Language

_ROLES: frozenset[EntityKind] = frozenset(("role",))
_CLAUSES: frozenset[EntityKind] = frozenset(("clause",))


def list_documents(
    wanted: DocumentFilter, language: Language, snapshot: Snapshot
) -> Listing[Document]:
    """Documents by their ids; InvalidInput where the filter names what does not exist.

    A step stands for its parts as well, and so does a clause.
    """
    lister, knowledge = Lister(snapshot, language), snapshot.knowledge
    lister.refuse_unknown(wanted.step, STEPS)
    lister.refuse_unknown(wanted.clause, _CLAUSES)
    lister.refuse_unknown(wanted.role, _ROLES)
    tests = {
        "produces": _with_parts(wanted.step, knowledge),
        "clause": _with_parts(wanted.clause, knowledge),
        "owns": frozenset(wanted.role),
    }
    documents = sorted(
        (entity for entity in knowledge.entities.values() if entity.kind == "document"),
        key=lambda entity: entity.id,
    )
    listed = tuple(
        _document(entity, lister)
        for entity in documents
        if not wanted.requirement or entity.requirement in wanted.requirement
        if _holds(entity.id, tests, knowledge)
    )
    return Listing(listed, lister.citations.build(language), knowledge.as_of, snapshot.generation)


def _with_parts(ids: Iterable[str], knowledge: Knowledge) -> frozenset[str]:
    return frozenset(part for entity_id in ids for part in knowledge.parts(entity_id))


def _holds(document: str, tests: Mapping[str, Collection[str]], knowledge: Knowledge) -> bool:
    ends = {
        "produces": [r.origin for r in knowledge.relations_to(document, "produces")],
        "clause": [r.target for r in knowledge.relations_from(document, "clause")],
        "owns": [r.origin for r in knowledge.relations_to(document, "owns")],
    }
    return all(not test or set(test) & set(ends[kind]) for kind, test in tests.items())


def _document(entity: Entity, lister: Lister) -> Document:
    knowledge = lister.snapshot.knowledge
    purposes = [lister.say(statement) for statement in lister.own(entity.id, "purpose")[:1]]
    required = [lister.say(statement) for statement in lister.own(entity.id, "obligation")]
    owners = [lister.link(r.origin, r) for r in knowledge.relations_to(entity.id, "owns")]
    clauses = [lister.link(r.target, r) for r in knowledge.relations_from(entity.id, "clause")]
    steps = list(_steps(knowledge.relations_to(entity.id, "produces"), lister))
    said: list[Said | Link] = [*purposes, *required, *owners, *steps, *clauses]
    numbers = {n for one in said for n in one.citations}
    if not purposes:
        numbers.update(lister.cite(entity.id))
    return Document(
        id=entity.id,
        title=lister.name(entity.id),
        purpose=purposes[0].text if purposes else None,
        requirement=entity.requirement,
        applies_to=entity.requirement_applies_to,
        basis=lister.text(entity.basis) if entity.basis else None,
        owners=tuple(owners),
        steps=tuple(steps),
        clauses=tuple(clauses),
        citations=tuple(sorted(numbers)),
    )


def _steps(produced: Iterable[Relation], lister: Lister) -> Iterable[Link]:
    """What produces a document; a topic counts as the step that it belongs to."""
    knowledge, found = lister.snapshot.knowledge, dict[str, Relation]()
    for relation in produced:
        around = outwards(knowledge, relation.origin)
        step = next((at for at in around if knowledge.entities[at].kind in STEPS), None)
        if step is not None:
            found.setdefault(step, relation)
    return (lister.link(step, relation) for step, relation in found.items())
