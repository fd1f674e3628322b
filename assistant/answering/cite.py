"""The one gate: a draft becomes an answer only as far as its sentences are borne out."""

import structlog

from assistant.answering.checking import judge, judge_talk
from assistant.answering.citations import Citations
from assistant.answering.items import collect_items
from assistant.answering.model import Draft, DraftSentence, Understood
from assistant.answering.phrases import say
from assistant.answering.snapshot import Quote, Snapshot
from assistant.language import shown, stored
from assistant.types import Answer, Block, Sentence, Understanding

_log = structlog.get_logger()


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
        citations=citations.build(language),
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
        verdict = judge(text, sentence.kind, quotes, snapshot, understood.text)
    if not verdict.sound:
        _log.warning("sentence_left_out", reasons=sentence.reasons, faults=verdict.faults)
        return None
    return Sentence(text, sentence.kind, citations.add(quotes, verdict.support))


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
