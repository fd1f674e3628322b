"""What one request sees of the world: one generation of index and knowledge, and no other."""

from dataclasses import dataclass

from assistant.index.searching import Searcher
from assistant.knowledge.model import EntityKind, Knowledge, Statement
from assistant.knowledge.names import NameIndex
from assistant.language import fold, tokens
from assistant.types import Passage, Span, StoredLanguage

# Where else a thing is spoken of, nearest first.
_NEARNESS: tuple[EntityKind, ...] = (
    "step", "part", "topic", "term", "role", "document", "clause",
)  # fmt: skip


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
        self._subjects: dict[tuple[str, StoredLanguage], tuple[str, ...]] = {}
        pairs = [(fold(w), fold(group[0])) for group in knowledge.synonyms for w in group[1:]]
        self._words = {word: ours for word, ours in pairs if not word.isascii()}
        self._stems = {tokens(w)[0]: tokens(ours)[0] for w, ours in pairs if w.isascii()}

    @property
    def generation(self) -> str:
        return self.searcher.generation

    def quote(self, statement_id: str, language: StoredLanguage) -> Quote:
        """Raises KeyError where the index does not hold the statement."""
        return self._quotes[statement_id, language]

    def said_of(self, entity_id: str) -> tuple[Statement, ...]:
        """What is said of an entity and its parts: in its own place, along the road, elsewhere."""
        knowledge = self.knowledge
        found = dict.fromkeys(
            statement for part in knowledge.parts(entity_id) for statement in knowledge.about(part)
        )
        return tuple(sorted(found, key=lambda statement: self._distance(statement, entity_id)))

    def _distance(self, statement: Statement, entity_id: str) -> int:
        if statement.entity == entity_id:
            return 0
        kind = self.knowledge.entities[statement.entity].kind
        return 1 + _NEARNESS.index(kind)

    def subject_of(self, statement_id: str, language: StoredLanguage) -> tuple[str, ...]:
        """What a statement speaks of: the first entity it names that is no clause.

        Statements name their subject, and in both languages it stands first; a clause named
        before it is where the rule is found.
        """
        key = (statement_id, language)
        if key not in self._subjects:
            folded = fold(self.knowledge.statements[statement_id].text.stored(language))
            mentions = (mention.entities for mention in self.names.find(folded).found)
            self._subjects[key] = next(filter(self._is_no_clause, mentions), ())
        return self._subjects[key]

    def _is_no_clause(self, entities: tuple[str, ...]) -> bool:
        return self.knowledge.entities[entities[0]].kind != "clause"

    def terms(self, folded: str) -> frozenset[str]:
        """Comparable terms of a text, each synonym replaced by the corpus's own word."""
        for word, ours in self._words.items():
            folded = folded.replace(word, ours)
        return frozenset(self._stems.get(token, token) for token in tokens(folded))

    def terms_of(self, statement_id: str, language: StoredLanguage) -> frozenset[str]:
        """:meth:`terms` of a statement, worked out once."""
        key = (statement_id, language)
        if key not in self._terms:
            text = self.knowledge.statements[statement_id].text.stored(language)
            self._terms[key] = self.terms(fold(text))
        return self._terms[key]
