"""What the corpus says, once checked: every id in here resolves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from assistant.types import Confidence, Language, StoredLanguage, Wording

EntityKind = Literal["step", "part", "role", "document", "clause", "topic", "term"]
RelationKind = Literal[
    "needs", "usually_after", "part_of", "produces", "uses", "owns", "takes_part", "clause"
]
Requirement = Literal["mandatory", "implied", "expected", "if_applicable", "guide", "body"]
SourceKind = Literal["guide", "standard", "scheme", "practice", "editorial", "customer"]
AppliesTo = Literal["*", "CN", "not-CN"]
Withheld = Literal[
    "price",
    "firm",  # a company, auditor or product recommended or named
    "legal",
    "verbatim",  # the text of a standard
    "prediction",
    "auditor",  # what only the auditor or the certification body knows
    "other_standard",
    "subject",  # nothing to do with certification
    "silent",  # of our field, but no source of the corpus says it
]
Facet = Literal[
    "definition",  # what it is
    "purpose",  # why, what for
    "action",  # what is done, and how
    "role",  # who
    "duty",  # what a role has to do
    "document",  # which documents or records
    "criterion",  # what must hold, what to consider
    "obligation",  # whether it has to be
    "frequency",  # how often, how many
    "timing",  # when, before what, after what
    "content",  # what it contains
]


Anchor = Literal["decision", "issue", "surveillance", "expiry"]
"""What a period is counted from: the certification decision, the issue of the certificate, the
last surveillance audit, the end of the certificate's validity."""

DueEvent = Literal[
    "first_surveillance",
    "next_surveillance",
    "expiry",
    "recertification_start",
    "recertification",
    "recertification_on_site",
    "restoration",
]


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both stored languages."""

    zh: str
    en: str

    def stored(self, language: StoredLanguage) -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Source:
    """A publication; ``date`` is ISO 8601, as precise as known."""

    id: str
    title: Text
    publisher: str
    edition: str
    date: str
    kind: SourceKind
    wording: Wording
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence that stands alone. ``entity`` is its home, ``about`` what else it is about."""

    id: str
    entity: str
    text: Text
    source: str
    facets: tuple[Facet, ...]
    confidence: Confidence = "high"
    about: tuple[str, ...] = ()
    applies_to: AppliesTo = "*"
    caution: Text | None = None
    valid_from: str | None = None
    superseded_by: str | None = None
    checked: str | None = None
    review_by: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A directed edge; ``because`` holds the ids of the statements that say so (never empty)."""

    origin: str
    kind: RelationKind
    target: str
    because: tuple[str, ...]
    applies_to: AppliesTo = "*"
    condition: Text | None = None


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How a step comes back; ``because`` as in :class:`Relation`."""

    every: Text
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing with a public id. The last six fields are for documents and steps only."""

    id: str
    kind: EntityKind
    name: Text
    aliases: tuple[str, ...] = ()
    requirement: Requirement | None = None
    requirement_applies_to: AppliesTo = "*"
    basis: Text | None = None
    optional: bool = False
    event: bool = False
    recurs: Recurrence | None = None

    def also(self, language: StoredLanguage) -> tuple[str, ...]:
        """The aliases that a reader of the language can use."""
        return tuple(alias for alias in self.aliases if language == "zh" or alias.isascii())


@dataclass(frozen=True, slots=True)
class Period:
    """By when something is due: ``months`` and then ``days`` after ``since``, before it where they
    are below zero; ``end_of_year`` moves that to the last day of its year.

    ``opens_months`` is when the time for it begins. ``because`` as in :class:`Relation`.
    """

    event: DueEvent
    of: str
    since: Anchor
    because: tuple[str, ...]
    months: int = 0
    days: int = 0
    end_of_year: bool = False
    opens_months: int | None = None
    applies_to: AppliesTo = "*"


@dataclass(frozen=True, slots=True)
class CompetencyQuestion:
    """A question that the corpus must be able to answer (Grüninger and Fox 1995), in one or more
    wordings a language.

    ``answered_by`` are statement ids in the order of saying, of which the first answers by itself;
    empty where ``withheld`` says why no answer is given.
    """

    zh: tuple[str, ...]
    en: tuple[str, ...]
    answered_by: tuple[str, ...] = ()
    withheld: Withheld | None = None

    def stored(self, language: StoredLanguage) -> tuple[str, ...]:
        return self.zh if language == "zh" else self.en

    @property
    def wordings(self) -> tuple[str, ...]:
        return (*self.zh, *self.en)


@dataclass(frozen=True)
class Knowledge:
    """The whole corpus. ``as_of`` is the newest date on which its facts were reviewed.

    ``ambiguous`` maps an alias that names several entities to them, as the data declares it;
    ``synonyms`` are groups of words that mean the same here, the corpus's own word first.
    """

    as_of: str
    sources: Mapping[str, Source]
    entities: Mapping[str, Entity]
    statements: Mapping[str, Statement]
    relations: tuple[Relation, ...]
    ambiguous: Mapping[str, tuple[str, ...]]
    synonyms: tuple[tuple[str, ...], ...] = ()
    questions: tuple[CompetencyQuestion, ...] = ()
    periods: tuple[Period, ...] = ()

    @cached_property
    def _statements_by_entity(self) -> Mapping[str, tuple[Statement, ...]]:
        grouped: dict[str, list[Statement]] = {}
        for statement in self.statements.values():
            for entity_id in (statement.entity, *statement.about):
                grouped.setdefault(entity_id, []).append(statement)
        return {key: tuple(found) for key, found in grouped.items()}

    @cached_property
    def _relations_by_end(self) -> Mapping[tuple[str, RelationKind, str], tuple[Relation, ...]]:
        grouped: dict[tuple[str, RelationKind, str], list[Relation]] = {}
        for relation in self.relations:
            grouped.setdefault(("from", relation.kind, relation.origin), []).append(relation)
            grouped.setdefault(("to", relation.kind, relation.target), []).append(relation)
        return {key: tuple(found) for key, found in grouped.items()}

    def about(self, entity_id: str) -> tuple[Statement, ...]:
        """Statements whose home is the entity or that are about it, in the order of the corpus."""
        return self._statements_by_entity.get(entity_id, ())

    def relations_from(self, entity_id: str, kind: RelationKind) -> tuple[Relation, ...]:
        return self._relations_by_end.get(("from", kind, entity_id), ())

    def relations_to(self, entity_id: str, kind: RelationKind) -> tuple[Relation, ...]:
        return self._relations_by_end.get(("to", kind, entity_id), ())

    def parts(self, entity_id: str) -> Iterator[str]:
        """The entity and everything that is part of it, depth first."""
        yield entity_id
        for relation in self.relations_to(entity_id, "part_of"):
            yield from self.parts(relation.origin)

    def whole(self, entity_id: str) -> str:
        """The outermost entity that this one is part of; itself where there is none."""
        for relation in self.relations_from(entity_id, "part_of"):
            return self.whole(relation.target)
        return entity_id

    def name(self, entity_id: str, language: Language) -> str:
        """The name as stored; traditional script is made later, where sentences are shown."""
        return self.entities[entity_id].name.stored("en" if language == "en" else "zh")
