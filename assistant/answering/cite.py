"""The one gate: a draft becomes an answer only as far as its sentences are borne out."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import structlog

from assistant.answering.checking import entities_of, judge, judge_talk
from assistant.answering.items import collect_items
from assistant.answering.model import Draft, DraftSentence, Understood
from assistant.answering.phrases import say
from assistant.answering.snapshot import Quote, Snapshot
from assistant.language import shown, stored
from assistant.types import Answer, Block, Citation, Sentence, Understanding

_log = structlog.get_logger()


@dataclass
class Citations:
    """Numbers the quotes in the order of their first use, and keeps the weakest support of each."""

    snapshot: Snapshot
    quotes: list[Quote] = field(default_factory=list)
    support: list[float] = field(default_factory=list)

    def add(self, quotes: Sequence[Quote], support: float) -> tuple[int, ...]:
        """Numbers ``n``, from 1, of the quotes."""
        numbers = []
        for quote in quotes:
            if quote not in self.quotes:
                self.quotes.append(quote)
                self.support.append(support)
            position = self.quotes.index(quote)
            self.support[position] = min(self.support[position], support)
            numbers.append(position + 1)
        return tuple(numbers)

    def build(self, understood: Understood) -> tuple[Citation, ...]:
        pairs = zip(self.quotes, self.support, strict=True)
        return tuple(
            _citation(n, quote, support, understood, self.snapshot)
            for n, (quote, support) in enumerate(pairs, start=1)
        )


def cite(draft: Draft, understood: Understood, snapshot: Snapshot, engine: str) -> Answer | None:
    """The answer with what is borne out; None where its first sentence is not.

    A sentence that fails is left out, logged, and counted in ``warnings``.
    """
    citations = Citations(snapshot)
    blocks: list[Block] = []
    dropped = 0
    for block in draft.blocks:
        sentences = [_pass(sentence, understood, citations) for sentence in block.sentences]
        if block.kind == "lead" and None in sentences:
            return None
        kept = tuple(sentence for sentence in sentences if sentence is not None)
        dropped += len(sentences) - len(kept)
        if kept:
            blocks.append(Block(block.kind, kept))
    items = collect_items(draft.items, citations, understood, snapshot)
    language = understood.language
    return Answer(
        outcome=draft.outcome,
        language=language,
        blocks=tuple(blocks),
        items=items,
        citations=citations.build(understood),
        suggestions=tuple(shown(text, language) for text in draft.suggestions),
        warnings=_warnings(citations, dropped, understood),
        understood=Understanding(
            understood.intent, understood.entities, understood.region, understood.progress
        ),
        engine=engine,
        as_of=snapshot.knowledge.as_of,
        generation=snapshot.generation,
    )


def _pass(sentence: DraftSentence, understood: Understood, citations: Citations) -> Sentence | None:
    """The sentence as shown, with its numbers; None where it is not borne out."""
    snapshot = citations.snapshot
    text = shown(sentence.text, understood.language)
    if sentence.kind == "talk":
        verdict = judge_talk(text, understood.text, snapshot)
        quotes: tuple[Quote, ...] = ()
    else:
        language = stored(understood.language)
        reasons = dict.fromkeys(sentence.reasons)
        quotes = tuple(snapshot.quote(reason, language) for reason in reasons)
        verdict = judge(text, sentence.kind, quotes, snapshot)
    if not verdict.sound:
        _log.warning("sentence_left_out", reasons=sentence.reasons, faults=verdict.faults)
        return None
    return Sentence(text, sentence.kind, citations.add(quotes, verdict.support))


def _citation(
    n: int, quote: Quote, support: float, understood: Understood, snapshot: Snapshot
) -> Citation:
    statement, passage = quote.statement, quote.passage
    source = snapshot.knowledge.sources[statement.source]
    language = understood.language
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


def _warnings(citations: Citations, dropped: int, understood: Understood) -> tuple[str, ...]:
    """Cautions of what is cited, medium confidence, and what had to be left out."""
    language = stored(understood.language)
    warnings: list[str] = []
    for n, quote in enumerate(citations.quotes, start=1):
        if quote.statement.caution:
            warnings.append(f"[{n}] {quote.statement.caution.stored(language)}")
        if quote.statement.confidence == "medium":
            warnings.append(say("medium", language, n=n))
    if dropped:
        warnings.append(say("left_out", language, n=dropped))
    return tuple(shown(warning, understood.language) for warning in warnings)
