"""One role: what it is, what it has to do, where it takes part, what it owns."""

from collections.abc import Iterable

from assistant.answering.listing import Lister
from assistant.answering.road import STEPS
from assistant.answering.snapshot import Snapshot
from assistant.errors import NotFound
from assistant.knowledge.model import EntityKind, RelationKind
from assistant.language import shown
from assistant.listings import Link, Role
from assistant.types import Language

_DOCUMENTS: frozenset[EntityKind] = frozenset(("document",))
_CLAUSES: frozenset[EntityKind] = frozenset(("clause",))


def show_role(role_id: str, language: Language, snapshot: Snapshot) -> Role:
    """Raises NotFound where the id is not that of a role."""
    knowledge = snapshot.knowledge
    entity = knowledge.entities.get(role_id)
    if entity is None or entity.kind != "role":
        raise NotFound("No role has this id.")
    lister = Lister(snapshot, language)
    definitions = lister.own(role_id, "definition")
    duties = lister.own(role_id, "duty")
    return Role(
        id=role_id,
        name=lister.name(role_id),
        aliases=tuple(shown(alias, language) for alias in entity.also(lister.stored)),
        definition=lister.say(definitions[0]) if definitions else None,
        duties=tuple(lister.say(duty) for duty in duties),
        steps=tuple(_links(role_id, "takes_part", STEPS, lister)),
        documents=tuple(_links(role_id, "owns", _DOCUMENTS, lister)),
        clauses=tuple(_links(role_id, "clause", _CLAUSES, lister)),
        citations=lister.citations.build(language),
        as_of=knowledge.as_of,
        generation=snapshot.generation,
    )


def _links(
    role_id: str, kind: RelationKind, kinds: frozenset[EntityKind], lister: Lister
) -> Iterable[Link]:
    knowledge = lister.snapshot.knowledge
    for relation in knowledge.relations_from(role_id, kind):
        if knowledge.entities[relation.target].kind in kinds:
            yield lister.link(relation.target, relation)
