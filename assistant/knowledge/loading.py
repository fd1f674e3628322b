"""Corpus folder to :class:`Knowledge`. What does not resolve is refused, with file, line and id."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter

from assistant.errors import CorpusError, Problem
from assistant.knowledge import files
from assistant.knowledge.checks import Places, check, period_name
from assistant.knowledge.model import (
    CompetencyQuestion,
    Entity,
    Knowledge,
    Period,
    Relation,
    Source,
    Statement,
)
from assistant.knowledge.reading_yaml import read_file


@dataclass
class _Collected:
    """What the files say, before it is known to resolve."""

    sources: dict[str, Source] = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=dict)
    statements: dict[str, Statement] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    steps: list[files.StepNode] = field(default_factory=list)
    ambiguous: dict[str, tuple[str, ...]] = field(default_factory=dict)
    synonyms: list[tuple[str, ...]] = field(default_factory=list)
    questions: list[CompetencyQuestion] = field(default_factory=list)
    periods: list[Period] = field(default_factory=list)
    as_of: list[str] = field(default_factory=list)
    places: Places = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self, file: str, line: int, identifier: str) -> None:
        """Note where an id is defined; a second definition is a problem."""
        if identifier in self.places:
            first_file, first_line = self.places[identifier]
            message = f"defined twice; first in {first_file}:{first_line}"
            self.problems.append(Problem(file, line, identifier, message))
        else:
            self.places[identifier] = (file, line)

    def place_all(self, file: str, line: int, identifiers: Iterable[str]) -> None:
        for identifier in identifiers:
            self.place(file, line, identifier)


def load_corpus(folder: Path) -> Knowledge:
    """Read and check every ``*.yaml`` below ``folder``.

    Raises:
        CorpusError: with all problems found, not only the first.
    """
    paths = sorted(folder.rglob("*.yaml"))
    if not paths:
        raise CorpusError((Problem(str(folder), 0, "", "no knowledge files (*.yaml) here"),))
    collected = _Collected()
    for path in paths:
        name = path.relative_to(folder).as_posix()
        content, problems = read_file(path, name)
        collected.problems.extend(problems)
        if content is not None:
            _collect(content, name, collected)
    if collected.problems:  # references into a file that could not be read would all look wrong
        raise CorpusError(tuple(collected.problems))
    knowledge = _assemble(collected)
    if problems := check(knowledge, collected.places):
        raise CorpusError(problems)
    return knowledge


def dump(knowledge: Knowledge) -> bytes:
    """The form in which a generation carries the knowledge its passages were made from."""
    return TypeAdapter(Knowledge).dump_json(knowledge)


def restore(content: bytes) -> Knowledge:
    """Inverse of :func:`dump`."""
    return TypeAdapter(Knowledge).validate_json(content)


def _collect(content: files.CorpusFile, name: str, into: _Collected) -> None:
    if content.as_of:
        into.as_of.append(content.as_of)
    _collect_entities(content, name, into)
    for step in content.steps:
        into.place(name, step.line, f"the place of {step.id}")
        into.steps.append(step)
        into.relations.extend(step.relations())
    for node in content.questions:
        question = node.build()
        into.questions.append(question)
        into.place_all(name, node.line, question.wordings)
    for period in content.periods:
        into.place(name, period.line, period_name(period.event, period.applies_to))
        into.periods.append(period.build())
    into.synonyms.extend(tuple(group) for group in content.synonyms)
    for alias, ids in content.ambiguous.items():
        if isinstance(ids, list):  # the line number of the mapping stands beside the aliases
            into.ambiguous[alias] = tuple(ids)


def _collect_entities(content: files.CorpusFile, name: str, into: _Collected) -> None:
    for source in content.sources:
        into.place(name, source.line, source.id)
        into.sources[source.id] = source.build()
    for entity in content.entities:
        into.place(name, entity.line, entity.id)
        into.entities[entity.id] = entity.build()
        into.relations.extend(relation.build(entity.id) for relation in entity.relations)
        for statement in entity.statements:
            into.place(name, statement.line, statement.id)
            into.statements[statement.id] = statement.build(entity.id)


def _assemble(collected: _Collected) -> Knowledge:
    entities = dict(collected.entities)
    for step in collected.steps:
        if step.id in entities:
            entities[step.id] = step.place(entities[step.id])
    return Knowledge(
        as_of=max(collected.as_of, default=""),
        sources=collected.sources,
        entities=entities,
        statements=collected.statements,
        relations=tuple(collected.relations),
        ambiguous=collected.ambiguous,
        synonyms=tuple(collected.synonyms),
        questions=tuple(collected.questions),
        periods=tuple(collected.periods),
    )
