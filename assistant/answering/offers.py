"""Questions that can be asked about a thing, because statements answer them."""

from collections.abc import Iterator

from assistant.answering.model import Intent, Understood
from assistant.answering.naming import called
from assistant.answering.phrases import Phrase, say
from assistant.answering.snapshot import Snapshot
from assistant.knowledge.model import EntityKind, Facet
from assistant.knowledge.nearest import nearest
from assistant.language import stored
from assistant.types import StoredLanguage

# What can be asked about things of a kind, where a statement has the facet.
_ASKABLE: tuple[tuple[Facet, Phrase, Intent, frozenset[EntityKind]], ...] = (
    ("document", "ask_documents", "documents", frozenset(("step", "part", "topic"))),
    ("frequency", "ask_frequency", "frequency", frozenset(("topic",))),
    ("duty", "ask_duties", "duties", frozenset(("role",))),
    ("definition", "ask_definition", "definition", frozenset(("topic", "role", "step"))),
    ("purpose", "ask_definition", "definition", frozenset(("document",))),
    ("obligation", "ask_requirement", "obligation", frozenset(("clause",))),
)


def offers(entities: tuple[str, ...], understood: Understood, snapshot: Snapshot) -> Iterator[str]:
    """Questions about the entities that were not asked and that statements answer."""
    for entity_id in entities:
        askable = _askable(entity_id, stored(understood.language), snapshot)
        yield from (text for intent, text in askable.items() if intent != understood.intent)


def instead(understood: Understood, snapshot: Snapshot) -> Iterator[str]:
    """A question about each of the nearest to an id that does not exist."""
    for unknown in understood.unknown:
        for entity_id in nearest(unknown, snapshot.knowledge.entities):
            askable = _askable(entity_id, stored(understood.language), snapshot)
            yield from list(askable.values())[:1]


def _askable(entity_id: str, language: StoredLanguage, snapshot: Snapshot) -> dict[Intent, str]:
    """Questions about an entity that statements answer, the best first."""
    knowledge = snapshot.knowledge
    facets = {facet for s in knowledge.about(entity_id) for facet in s.facets}
    if all(s.facets[0] != "frequency" for s in knowledge.about(entity_id)):
        facets.discard("frequency")  # it is told only beside something else
    kind, name = knowledge.entities[entity_id].kind, called(entity_id, knowledge, language)
    if not knowledge.relations_from(entity_id, "produces"):
        facets.discard("document")
    askable: dict[Intent, str] = {
        intent: say(phrase, language, a=name)
        for facet, phrase, intent, kinds in _ASKABLE
        if facet in facets and kind in kinds
    }
    if kind == "clause" and knowledge.relations_to(entity_id, "part_of"):
        askable["content"] = say("ask_clauses", language, a=name)
    return askable
