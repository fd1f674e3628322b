"""All statements in one language as a table, so that a question is held against each at once."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.answering.terms import Column, TermTable, Vocabulary
from assistant.knowledge.model import Facet, Knowledge, Statement
from assistant.knowledge.names import NameIndex
from assistant.knowledge.regions import usable
from assistant.language import fold
from assistant.types import Region, StoredLanguage

_STANDARD = 0.2  # how much more the standard's word counts on what has to be
_OWN_WORD = 0.1  # what our own mapping has to be better by than a source
_SECOND = 0.6  # how far a facet counts that a statement has besides its main one
_ABOUT = 0.5  # how far an entity counts that a statement is about without being its subject


class StatementTable:
    """``vectors`` has shape (n, d) and unit rows, in the order of the knowledge's statements;
    ``passages`` maps a statement's id to that of the passage it stands in."""

    def __init__(
        self,
        knowledge: Knowledge,
        names: NameIndex,
        vocabulary: Vocabulary,
        language: StoredLanguage,
        vectors: NDArray[np.float32],
        passages: Mapping[str, str],
    ) -> None:
        self.statements: tuple[Statement, ...] = tuple(knowledge.statements.values())
        self._rows = {statement.id: row for row, statement in enumerate(self.statements)}
        self._knowledge = knowledge
        self._vectors = vectors
        self._passages = tuple(passages[statement.id] for statement in self.statements)
        texts = [fold(statement.text.stored(language)) for statement in self.statements]
        self.terms = TermTable([vocabulary.terms_of(text) for text in texts])
        self.subjects = tuple(self._subject(names, text) for text in texts)
        kinds = [knowledge.sources[statement.source].kind for statement in self.statements]
        ours = [kind in ("editorial", "practice") for kind in kinds]
        self._own_word: Column = np.array(ours, np.float32) * -_OWN_WORD
        self._standard: Column = np.array([k == "standard" for k in kinds], np.float32) * _STANDARD
        self._usable: dict[Region | None, NDArray[np.bool_]] = {}
        self._facets = self._facet_columns()
        self._entities = self._entity_columns()

    def nearness(self, vector: NDArray[np.float32]) -> Column:
        """How far each statement stands out by its cosine to a question, in quarters of a standard
        deviation over all; ``vector`` has shape (d,) and unit norm."""
        cosines = self._vectors @ vector
        column: Column = (cosines - cosines.mean()) / max(float(cosines.std()), 1e-6) / 4
        return column

    def rows_of(self, statement_ids: Iterable[str]) -> list[int]:
        return [self._rows[statement_id] for statement_id in statement_ids]

    def standing_in(self, passages: Mapping[str, float]) -> Column:
        """The score of the passage that each statement stands in; 0 where it was not found."""
        return np.array([passages.get(passage, 0.0) for passage in self._passages], np.float32)

    def facets(self, wanted: Mapping[Facet, float]) -> Column:
        """The best that each statement offers of the wanted facets, weighted."""
        none = np.zeros(len(self.statements), np.float32)
        columns = [self._facets[f] * weight for f, weight in wanted.items() if f in self._facets]
        best: Column = np.max([none, *columns], axis=0)
        return best

    def speaks_of(self, entities: Sequence[str]) -> Column:
        """Mean over the entities of how far each statement speaks of it or of a part of it: 1.0 as
        its subject or in its own place, less where it is mentioned."""
        mean: Column = self._each(entities).mean(axis=0, dtype=np.float32)
        return mean

    def speaks_of_all(self, entities: Sequence[str]) -> Column:
        """The least that each statement speaks of any of the entities."""
        least: Column = self._each(entities).min(axis=0)
        return least

    def _each(self, entities: Sequence[str]) -> NDArray[np.float32]:
        """Shape (entities, n), one row of zeros where there are none."""
        none = np.zeros(len(self.statements), np.float32)
        rows = [
            np.max([none, *(self._entities[p] for p in parts if p in self._entities)], axis=0)
            for parts in map(self._knowledge.parts, entities)
        ]
        return np.array(rows or [none], np.float32)

    def usable(self, region: Region | None) -> NDArray[np.bool_]:
        """Which statements may be said there, shape (n,)."""
        if region not in self._usable:
            flags = [usable(statement, region) for statement in self.statements]
            self._usable[region] = np.array(flags)
        return self._usable[region]

    def authority(self, binding: bool) -> Column:
        """Whose word counts more: a source's than our own; on what is binding, the standard's."""
        return self._own_word + (self._standard if binding else 0)

    def _subject(self, names: NameIndex, folded: str) -> tuple[str, ...]:
        """The first entity named that is no clause; statements name their subject first."""
        entities = self._knowledge.entities
        mentions = (mention.entities for mention in names.find(folded).found)
        return next((m for m in mentions if entities[m[0]].kind != "clause"), ())

    def _facet_columns(self) -> dict[Facet, Column]:
        columns: dict[Facet, Column] = {}
        for row, statement in enumerate(self.statements):
            for position, facet in enumerate(statement.facets):
                column = columns.setdefault(facet, np.zeros(len(self.statements), np.float32))
                column[row] = _SECOND if position else 1.0
        return columns

    def _entity_columns(self) -> dict[str, Column]:
        columns: dict[str, Column] = {}
        for row, (statement, subject) in enumerate(
            zip(self.statements, self.subjects, strict=True)
        ):
            full = {statement.entity, *subject}
            for entity in full | {*statement.about}:
                column = columns.setdefault(entity, np.zeros(len(self.statements), np.float32))
                column[row] = 1.0 if entity in full else _ABOUT
        return columns
