"""What one request sees of the world: one generation of index and knowledge, and no other."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.answering.competency import QuestionTable
from assistant.answering.table import StatementTable
from assistant.answering.terms import Vocabulary
from assistant.index.searching import Searcher
from assistant.knowledge.model import Knowledge, Statement
from assistant.knowledge.names import NameIndex
from assistant.knowledge.passages import LANGUAGES
from assistant.types import Passage, Span, StoredLanguage


@dataclass(frozen=True, slots=True)
class Quote:
    """A statement where it stands: ``passage.text[span.start:span.end]`` is its text."""

    statement: Statement
    passage: Passage
    span: Span

    @property
    def text(self) -> str:
        return self.passage.text[self.span.start : self.span.end]


class Snapshot:
    """Index and knowledge of one generation, with the lookups that answering needs between them.

    ``said`` are the vectors of the statements, shape (2, n, d): Chinese, English; ``asked`` those
    of the wordings of the competency questions, shape (w, d).
    """

    def __init__(
        self,
        searcher: Searcher,
        knowledge: Knowledge,
        said: NDArray[np.float32],
        asked: NDArray[np.float32],
    ) -> None:
        self.searcher = searcher
        self.knowledge = knowledge
        self.names = NameIndex(knowledge)
        self.vocabulary = Vocabulary(knowledge)
        self.questions = QuestionTable(knowledge, self.vocabulary, asked)
        self._quotes = {
            (span.statement_id, passage.language): Quote(
                knowledge.statements[span.statement_id], passage, span
            )
            for passage in searcher.passages.values()
            for span in passage.spans
        }
        self.tables: Mapping[StoredLanguage, StatementTable] = {
            language: StatementTable(
                knowledge,
                self.names,
                self.vocabulary,
                language,
                said[row],
                self._passages(language),
            )
            for row, language in enumerate(LANGUAGES)
        }

    def _passages(self, language: StoredLanguage) -> dict[str, str]:
        return {
            statement_id: quote.passage.id
            for (statement_id, stored), quote in self._quotes.items()
            if stored == language
        }

    @property
    def generation(self) -> str:
        return self.searcher.generation

    def quote(self, statement_id: str, language: StoredLanguage) -> Quote:
        """Raises KeyError where the index does not hold the statement."""
        return self._quotes[statement_id, language]
