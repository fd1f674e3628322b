"""What one request sees of the world: one generation of index and knowledge, and no other."""

from dataclasses import dataclass

from assistant.index.searching import Searcher
from assistant.knowledge.model import Knowledge, Statement
from assistant.knowledge.names import NameIndex
from assistant.language import fold, tokens
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
    """Index and knowledge of one generation, with the lookups that answering needs between them."""

    def __init__(self, searcher: Searcher, knowledge: Knowledge) -> None:
        self.searcher = searcher
        self.knowledge = knowledge
        self.names = NameIndex(knowledge)
        self._quotes = {
            (span.statement_id, passage.language): Quote(
                knowledge.statements[span.statement_id], passage, span
            )
            for passage in searcher.passages.values()
            for span in passage.spans
        }
        self._terms: dict[tuple[str, StoredLanguage], frozenset[str]] = {}
        self._canonical = {
            fold(word): fold(group[0]) for group in knowledge.synonyms for word in group[1:]
        }

    @property
    def generation(self) -> str:
        return self.searcher.generation

    def quote(self, statement_id: str, language: StoredLanguage) -> Quote:
        """Raises KeyError where the index does not hold the statement."""
        return self._quotes[statement_id, language]

    def terms(self, folded: str) -> frozenset[str]:
        """Comparable terms of a text, each synonym replaced by the corpus's own word."""
        for word, ours in self._canonical.items():
            folded = folded.replace(word, ours)
        return frozenset(tokens(folded))

    def terms_of(self, statement_id: str, language: StoredLanguage) -> frozenset[str]:
        """:meth:`terms` of a statement, worked out once."""
        key = (statement_id, language)
        if key not in self._terms:
            text = self.knowledge.statements[statement_id].text.stored(language)
            self._terms[key] = self.terms(fold(text))
        return self._terms[key]
