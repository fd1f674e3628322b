"""The things that an answer names, each with the citations that say so."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from assistant.answering.checking import entities_of
from assistant.answering.model import Intent, Understood
from assistant.answering.snapshot import Quote, Snapshot
from assistant.knowledge.model import Entity, EntityKind
from assistant.knowledge.names import named
from assistant.language import fold, shown, stored, to_stored
from assistant.types import Block, Item, ItemKind

_KINDS: Mapping[EntityKind, ItemKind] = {
    "step": "step",
    "part": "step",
    "role": "role",
    "document": "document",
    "clause": "clause",
}

# The things asked for, where an intent asks for things of one kind; others are named in passing.
_ASKED_FOR: Mapping[Intent, frozenset[EntityKind]] = {
    "documents": frozenset(("document",)),
    "who": frozenset(("role",)),
    "duties": frozenset(("role",)),
    "next": frozenset(("step", "part")),
    "before": frozenset(("step", "part")),
}


class Numbered(Protocol):
    """The quotes cited so far, and a way to cite more."""

    quotes: list[Quote]

    def add(self, quotes: Sequence[Quote], support: float) -> tuple[int, ...]: ...


def collect_items(
    blocks: Iterable[Block], citations: Numbered, understood: Understood, snapshot: Snapshot
) -> tuple[Item, ...]:
    """Entities named in checked sentences, in order, each with the citations about it."""
    found: dict[str, set[int]] = {}
    for block in blocks:
        for sentence in block.sentences:
            mentions = snapshot.names.find(fold(to_stored(sentence.text))).found
            for entity_id in named(mentions):
                about = {n for n in sentence.citations if entity_id in _about(citations, n)}
                if about:
                    found.setdefault(entity_id, set()).update(about)
    asked_for = _ASKED_FOR.get(understood.intent, frozenset(_KINDS))
    entities = ((snapshot.knowledge.entities[i], numbers) for i, numbers in found.items())
    return tuple(
        _item(entity, numbers, citations, understood, snapshot)
        for entity, numbers in entities
        if entity.kind in asked_for and entity.kind in _KINDS
    )


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
