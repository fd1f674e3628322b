"""The shape of a corpus file. Unknown keys, missing languages and wrong types are refused."""

from dataclasses import replace
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from assistant.knowledge import model
from assistant.types import Confidence, Wording

ENTITY_ID = r"^(S\d+(\.[0-9a-z]+)*|C\d+|R-\d\d|D[MASC]-\d\d|\d+(\.\d+)*|[TX]-[a-z0-9-]+)$"
STATEMENT_ID = r"^(F\d{3}[a-z]?|CS-\d{3}[a-z]?|[A-Z0-9][A-Za-z0-9.-]*/[a-z]?\d*)$"
ONE_LINE = r"^[^\n\r]+$"
DATE = r"^\d{4}(-\d\d(-\d\d)?)?$"


class _Node(BaseModel):
    """A mapping in a corpus file; ``line`` is where it begins, counted from 1."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    line: int = Field(0, alias="__line__")


class TextNode(_Node):
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def build(self) -> model.Text:
        return model.Text(self.zh, self.en)


class SourceNode(_Node):
    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    title: TextNode
    publisher: str = Field(min_length=1)
    edition: str = ""
    date: str = Field(pattern=DATE)
    kind: model.SourceKind
    wording: Wording = "own"
    note: TextNode | None = None

    def build(self) -> model.Source:
        return model.Source(
            id=self.id,
            title=self.title.build(),
            publisher=self.publisher,
            edition=self.edition,
            date=self.date,
            kind=self.kind,
            wording=self.wording,
            note=self.note.build() if self.note else None,
        )


class StatementNode(_Node):
    id: str = Field(pattern=STATEMENT_ID)
    zh: str = Field(min_length=6, pattern=ONE_LINE)
    en: str = Field(min_length=12, pattern=ONE_LINE)
    source: str
    facets: list[model.Facet] = Field(min_length=1)
    confidence: Confidence = "high"
    about: list[str] = []
    applies_to: model.AppliesTo = "*"
    caution: TextNode | None = None
    valid_from: str | None = Field(None, pattern=DATE)
    superseded_by: str | None = None
    checked: str | None = None
    review_by: str | None = Field(None, pattern=DATE)

    def build(self, entity_id: str) -> model.Statement:
        return model.Statement(
            id=self.id,
            entity=entity_id,
            text=model.Text(self.zh, self.en),
            source=self.source,
            facets=tuple(self.facets),
            confidence=self.confidence,
            about=tuple(self.about),
            applies_to=self.applies_to,
            caution=self.caution.build() if self.caution else None,
            valid_from=self.valid_from,
            superseded_by=self.superseded_by,
            checked=self.checked,
            review_by=self.review_by,
        )


class _Grounded(_Node):
    """Something that statements say; ``because`` is an id or a list of ids."""

    because: str | list[str] = Field(min_length=1)

    @property
    def reasons(self) -> tuple[str, ...]:
        return (self.because,) if isinstance(self.because, str) else tuple(self.because)


class _Edge(_Grounded):
    applies_to: model.AppliesTo = "*"
    condition: TextNode | None = None

    def relate(self, origin: str, kind: model.RelationKind, target: str) -> model.Relation:
        condition = self.condition.build() if self.condition else None
        return model.Relation(origin, kind, target, self.reasons, self.applies_to, condition)


class RelationNode(_Edge):
    kind: model.RelationKind
    to: str

    def build(self, origin: str) -> model.Relation:
        return self.relate(origin, self.kind, self.to)


class RecurrenceNode(_Grounded):
    every: TextNode

    def build(self) -> model.Recurrence:
        return model.Recurrence(self.every.build(), self.reasons)


class PeriodNode(_Grounded):
    """By when something is due; ``of`` is the step or topic it belongs to."""

    event: model.DueEvent
    of: str
    since: model.Anchor
    months: int = 0
    days: int = 0
    end_of_year: bool = False
    opens_months: int | None = None
    applies_to: model.AppliesTo = "*"

    def build(self) -> model.Period:
        return model.Period(
            event=self.event,
            of=self.of,
            since=self.since,
            because=self.reasons,
            months=self.months,
            days=self.days,
            end_of_year=self.end_of_year,
            opens_months=self.opens_months,
            applies_to=self.applies_to,
        )


class EntityNode(_Node):
    id: str = Field(pattern=ENTITY_ID)
    kind: model.EntityKind
    name: TextNode
    aliases: list[str] = []
    requirement: model.Requirement | None = None
    requirement_applies_to: model.AppliesTo = "*"
    basis: TextNode | None = None
    statements: list[StatementNode] = []
    relations: list[RelationNode] = []

    def build(self) -> model.Entity:
        """The entity without its place on the road, which :class:`StepNode` holds."""
        return model.Entity(
            id=self.id,
            kind=self.kind,
            name=self.name.build(),
            aliases=tuple(self.aliases),
            requirement=self.requirement,
            requirement_applies_to=self.requirement_applies_to,
            basis=self.basis.build() if self.basis else None,
        )


class EdgeNode(_Edge):
    """One step that comes before another."""

    step: str


class StepNode(_Node):
    """A step's place on the road: ``needs`` is hard, ``usually_after`` is custom.

    An ``event`` may come at any time after what it needs, or never: it is nobody's next step.
    """

    id: str
    needs: list[EdgeNode] = []
    usually_after: list[EdgeNode] = []
    optional: bool = False
    event: bool = False
    recurs: RecurrenceNode | None = None

    def relations(self) -> tuple[model.Relation, ...]:
        needs = [edge.relate(self.id, "needs", edge.step) for edge in self.needs]
        after = [edge.relate(self.id, "usually_after", edge.step) for edge in self.usually_after]
        return (*needs, *after)

    def place(self, entity: model.Entity) -> model.Entity:
        recurs = self.recurs.build() if self.recurs else None
        return replace(entity, optional=self.optional, event=self.event, recurs=recurs)


_Wording = Annotated[str, Field(min_length=2, pattern=ONE_LINE)]


class QuestionNode(_Node):
    """A competency question: ``answered_by`` statements, or ``withheld`` for a reason."""

    zh: list[_Wording] = Field(min_length=1)
    en: list[_Wording] = Field(min_length=1)
    answered_by: list[str] = []
    withheld: model.Withheld | None = None

    @model_validator(mode="after")
    def _either(self) -> Self:
        if bool(self.answered_by) == bool(self.withheld):
            raise ValueError("a question has either `answered_by` or `withheld`")
        return self

    def build(self) -> model.CompetencyQuestion:
        return model.CompetencyQuestion(
            tuple(self.zh), tuple(self.en), tuple(self.answered_by), self.withheld
        )


class CorpusFile(_Node):
    """Any ``*.yaml`` below the corpus folder; each key may be left out."""

    as_of: str | None = Field(None, pattern=DATE)
    sources: list[SourceNode] = []
    entities: list[EntityNode] = []
    steps: list[StepNode] = []
    ambiguous: dict[str, list[str] | int] = {}
    synonyms: list[list[str]] = []
    questions: list[QuestionNode] = []
    periods: list[PeriodNode] = []
