"""Quotes numbered as they are used, and the citations that a reader opens."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.answering.checking import entities_of
from assistant.answering.snapshot import Quote, Snapshot
from assistant.language import shown, stored
from assistant.types import Citation, Language


@dataclass
class Citations:
    """Numbers the quotes in the order of their first use, and keeps the weakest support of each."""

    snapshot: Snapshot
    quotes: list[Quote] = field(default_factory=list)
    support: list[float] = field(default_factory=list)
    _places: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, quotes: Sequence[Quote], support: float) -> tuple[int, ...]:
        """Numbers ``n``, from 1, of the quotes."""
        numbers = []
        for quote in quotes:
            key = (quote.passage.id, quote.statement.id)
            place = self._places.setdefault(key, len(self.quotes))
            if place == len(self.quotes):
                self.quotes.append(quote)
                self.support.append(support)
            self.support[place] = min(self.support[place], support)
            numbers.append(place + 1)
        return tuple(numbers)

    def build(self, language: Language) -> tuple[Citation, ...]:
        pairs = zip(self.quotes, self.support, strict=True)
        return tuple(
            _citation(n, quote, support, language, self.snapshot)
            for n, (quote, support) in enumerate(pairs, start=1)
        )


def _citation(
    n: int, quote: Quote, support: float, language: Language, snapshot: Snapshot
) -> Citation:
    statement, passage = quote.statement, quote.passage
    source = snapshot.knowledge.sources[statement.source]
    caution = statement.caution.stored(stored(language)) if statement.caution else None
    return Citation(
        n=n,
        passage_id=passage.id,
        document_id=passage.document_id,
        title=shown(passage.title, language),
        locator=passage.locator,
        about=(statement.id, *entities_of(quote)),
        quote=quote.text,
        start=quote.span.start,
        end=quote.span.end,
        sha256=passage.sha256,
        source=shown(source.title.stored(stored(language)), language),
        wording=source.wording,
        confidence=statement.confidence,
        checked=statement.checked,
        applies_to=statement.applies_to,
        caution=shown(caution, language) if caution else None,
        support=support,
    )
