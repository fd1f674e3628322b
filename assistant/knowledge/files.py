"""The shape of a corpus file. Unknown keys, missing languages and wrong types are refused."""

from pydantic import BaseModel, ConfigDict, Field

from assistant.knowledge import model
from assistant.types import Confidence, Wording

ENTITY_ID = r"^(S\d+(\.[0-9a-z]+)*|C\d+|R-\d\d|D[MASC]-\d\d|\d+(\.\d+)*|[TX]-[a-z0-9-]+)$"
STATEMENT_ID = r"^(F\d{3}[a-z]?|CS-\d{3}[a-z]?|[A-Z0-9][A-Za-z0-9.-]*/[a-z]?\d*)$"
DATE = r"^\d{4}(-\d\d(-\d\d)?)?$"
Because = str | list[str]


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


class StatementNode(_Node):
    id: str = Field(pattern=STATEMENT_ID)
    zh: str = Field(min_length=6)
    en: str = Field(min_length=12)
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


class RelationNode(_Node):
    kind: model.RelationKind
    to: str
    because: Because
    applies_to: model.AppliesTo = "*"
    condition: TextNode | None = None


class RecurrenceNode(_Node):
    every: TextNode
    because: Because


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


class EdgeNode(_Node):
    """One step that comes before another."""

    step: str
    because: Because
    applies_to: model.AppliesTo = "*"
    condition: TextNode | None = None


class StepNode(_Node):
    """A step's place on the road: ``needs`` is hard, ``usually_after`` is custom."""

    id: str
    needs: list[EdgeNode] = []
    usually_after: list[EdgeNode] = []
    optional: bool = False
    recurs: RecurrenceNode | None = None


class CorpusFile(_Node):
    """Any ``*.yaml`` below the corpus folder; each key may be left out."""

    as_of: str | None = Field(None, pattern=DATE)
    sources: list[SourceNode] = []
    entities: list[EntityNode] = []
    steps: list[StepNode] = []
    ambiguous: dict[str, list[str] | int] = {}
