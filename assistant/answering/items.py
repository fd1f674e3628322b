"""The things that an answer names, each with the citations that say so."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from assistant.answering.checking import entities_of
from assistant.answering.model import Understood
from assistant.answering.snapshot import Quote, Snapshot
from assistant.knowledge.model import Entity, EntityKind
from assistant.language import shown, stored
from assistant.types import Item, ItemKind

_KINDS: Mapping[EntityKind, ItemKind] = {
    "step": "step",
    "part": "step",
    "role": "role",
    "document": "document",
    "clause": "clause",
}


class Numbered(Protocol):
    """The quotes cited so far, and a way to cite more."""

    quotes: list[Quote]

    def add(self, quotes: Sequence[Quote], support: float) -> tuple[int, ...]: ...


def collect_items(
    asked_for: Iterable[str], citations: Numbered, understood: Understood, snapshot: Snapshot
) -> tuple[Item, ...]:
    """The things asked for that citations are about; topics and terms are no items."""
    items: list[Item] = []
    cited = len(citations.quotes)  # what owners add further down is about documents alone
    for entity_id in dict.fromkeys(asked_for):
        entity = snapshot.knowledge.entities[entity_id]
        numbers = {n for n in range(1, cited + 1) if entity_id in _about(citations, n)}
        if numbers and entity.kind in _KINDS:
            items.append(_item(entity, numbers, citations, understood, snapshot))
    return tuple(items)


def _about(citations: Numbered, n: int) -> tuple[str, ...]:
    return entities_of(citations.quotes[n - 1])


def _item(
    entity: Entity,
    numbers: set[int],
    citations: Numbered,
    understood: Understood,
    snapshot: Snapshot,
) -> Item:
    language = stored(understood.language)
    owners = snapshot.knowledge.relations_to(entity.id, "owns") if entity.kind == "document" else ()
    reasons = dict.fromkeys(reason for owner in owners for reason in owner.because)
    quotes = [snapshot.quote(reason, language) for reason in reasons]
    numbers = numbers | set(citations.add(quotes, 1.0))
    home = (n for n in sorted(numbers) if _about(citations, n)[0] == entity.id)
    detail = next((citations.quotes[n - 1].text for n in home), "")
    basis = entity.basis.stored(language) if entity.basis else None
    return Item(
        kind=_KINDS[entity.kind],
        id=entity.id,
        title=shown(entity.name.stored(language), understood.language),
        detail=shown(detail, understood.language),
        citations=tuple(sorted(numbers)),
        requirement=entity.requirement,
        basis=shown(basis, understood.language) if basis else None,
        owner=tuple(dict.fromkeys(owner.origin for owner in owners)),
    )
