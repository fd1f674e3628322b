"""How entities are called in running text."""

from assistant.knowledge.model import EntityKind, Knowledge
from assistant.types import StoredLanguage

# Topics and terms have ids for the corpus alone; people know them by name.
_NAMELESS_IDS: frozenset[EntityKind] = frozenset(("topic", "term"))


def called(entity_id: str, knowledge: Knowledge, language: StoredLanguage) -> str:
    """``正式运行（S9）`` or ``formal operation (S9)``; topics without their id, clauses without
    their title."""
    entity = knowledge.entities[entity_id]
    if entity.kind == "clause":
        return f"第 {entity_id} 条" if language == "zh" else f"clause {entity_id}"
    name = entity.name.stored(language)
    if language == "en":
        name = _within_sentence(name)
    if entity.kind in _NAMELESS_IDS:
        return name
    return f"{name}（{entity_id}）" if language == "zh" else f"{name} ({entity_id})"


def _within_sentence(name: str) -> str:
    """Lower-case the first letter, unless the first word is an abbreviation."""
    return name[0].lower() + name[1:] if name[1:2].islower() or name[1:2] == " " else name
