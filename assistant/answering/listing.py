"""What all lists share: things named in the reader's language, each with its citations."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.answering.checking import entities_of
from assistant.answering.citations import Citations
from assistant.answering.phrases import join, say
from assistant.answering.snapshot import Snapshot
from assistant.errors import InvalidInput
from assistant.knowledge.model import EntityKind, Facet, Relation, Statement, Text
from assistant.knowledge.regions import usable
from assistant.language import shown, stored
from assistant.listings import Link, Said
from assistant.types import Language, Region, StoredLanguage

# What tells a stranger most about a thing.
_INTRODUCING: tuple[Facet, ...] = ("definition", "purpose", "action", "content", "criterion")


@dataclass
class Lister:
    """Names and quotes for one list; whatever it numbers ends up in ``citations``."""

    snapshot: Snapshot
    language: Language
    region: Region | None = None
    citations: Citations = field(init=False)

    def __post_init__(self) -> None:
        self.citations = Citations(self.snapshot)

    @property
    def stored(self) -> StoredLanguage:
        return stored(self.language)

    def text(self, text: Text) -> str:
        return shown(text.stored(self.stored), self.language)

    def name(self, entity_id: str) -> str:
        return self.text(self.snapshot.knowledge.entities[entity_id].name)

    def cite(self, entity_id: str, reasons: Iterable[str] = ()) -> tuple[int, ...]:
        """Numbers of the reasons and, where none is about the entity, of its introduction."""
        quotes = [self.snapshot.quote(reason, self.stored) for reason in dict.fromkeys(reasons)]
        if not any(entity_id in entities_of(quote) for quote in quotes):
            introduction = self.introduction(entity_id)
            quotes += [self.snapshot.quote(s.id, self.stored) for s in introduction]
        return self.citations.add(quotes, 1.0)

    def introduction(self, entity_id: str) -> tuple[Statement, ...]:
        """The one statement that tells most about an entity, from its own place if there is one."""
        said = self.current(self.snapshot.knowledge.about(entity_id))
        best = sorted(said, key=lambda s: (s.entity != entity_id, s.applies_to != "*", _rank(s)))
        return tuple(best[:1])

    def current(self, statements: Iterable[Statement]) -> tuple[Statement, ...]:
        """Those that may be said here unasked."""
        return tuple(statement for statement in statements if usable(statement, self.region))

    def own(self, entity_id: str, facet: Facet) -> tuple[Statement, ...]:
        """What is said of an entity in its own place, on one side of it."""
        said = self.current(self.snapshot.knowledge.about(entity_id))
        return tuple(s for s in said if s.entity == entity_id and facet in s.facets)

    def say(self, statement: Statement) -> Said:
        number = self.citations.add([self.snapshot.quote(statement.id, self.stored)], 1.0)
        return Said(statement.id, self.text(statement.text), number)

    def link(self, entity_id: str, relation: Relation) -> Link:
        """``entity_id`` is the end of the relation that is to be named."""
        return Link(
            id=entity_id,
            name=self.name(entity_id),
            applies_to=relation.applies_to,
            condition=self.text(relation.condition) if relation.condition else None,
            because=relation.because,
            citations=self.cite(entity_id, relation.because),
        )

    def refuse_unknown(self, ids: Iterable[str], kinds: frozenset[EntityKind]) -> None:
        """Raises InvalidInput, naming the ids that are of none of the kinds."""
        entities = self.snapshot.knowledge.entities
        unknown = [
            i for i in dict.fromkeys(ids) if i not in entities or entities[i].kind not in kinds
        ]
        if unknown:
            raise self.refusal(say("unknown_id", self.stored, a=join(unknown, self.stored)))

    def refusal(self, hint: str) -> InvalidInput:
        """``hint`` is in the stored language."""
        return InvalidInput("The request names what cannot be used.", shown(hint, self.language))


def _rank(statement: Statement) -> int:
    ranks = [_INTRODUCING.index(facet) for facet in statement.facets if facet in _INTRODUCING]
    return min(ranks, default=len(_INTRODUCING))
