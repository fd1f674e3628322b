"""Curated passages: one entity in one language, as far as one source speaks of it."""

import hashlib
from collections.abc import Iterator

from assistant.knowledge.model import Entity, Knowledge, Statement
from assistant.types import Passage, Span, StoredLanguage

LANGUAGES: tuple[StoredLanguage, ...] = ("zh", "en")


def build_passages(knowledge: Knowledge) -> tuple[Passage, ...]:
    """A heading line (id, name, aliases), then the statements, one a line.

    A document belongs to one source, so an entity of which two sources speak has two passages a
    language. The locator is ``<entity>/<language>``.
    """
    grouped: dict[tuple[str, str], list[Statement]] = {}
    for statement in knowledge.statements.values():
        grouped.setdefault((statement.source, statement.entity), []).append(statement)
    return tuple(
        _passage(knowledge, source_id, knowledge.entities[entity_id], statements, language)
        for (source_id, entity_id), statements in grouped.items()
        for language in LANGUAGES
    )


def _passage(
    knowledge: Knowledge,
    source_id: str,
    entity: Entity,
    statements: list[Statement],
    language: StoredLanguage,
) -> Passage:
    lines = [_heading(entity, language)]
    spans: list[Span] = []
    position = len(lines[0]) + 1
    for statement in statements:
        line = statement.text.stored(language)
        spans.append(Span(statement.id, position, position + len(line)))
        lines.append(line)
        position += len(line) + 1
    text = "\n".join(lines)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    locator = f"{entity.id}/{language}"
    return Passage(
        id=f"{source_id}#{locator}@{sha256[:12]}",
        document_id=source_id,
        title=knowledge.sources[source_id].title.stored(language),
        locator=locator,
        language=language,
        text=text,
        sha256=sha256,
        about=tuple(dict.fromkeys(_entities(entity, statements))),
        spans=tuple(spans),
    )


def _heading(entity: Entity, language: StoredLanguage) -> str:
    aliases = entity.also(language)
    separator, opening, closing = ("、", "（", "）") if language == "zh" else (", ", " (", ")")
    also = f"{opening}{separator.join(aliases)}{closing}" if aliases else ""
    return f"{entity.id} {entity.name.stored(language)}{also}"


def _entities(entity: Entity, statements: list[Statement]) -> Iterator[str]:
    yield entity.id
    for statement in statements:
        yield from statement.about
