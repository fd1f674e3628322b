"""Whether a question can be answered; the answer's draft, a counter-question, or an honest no."""

from collections.abc import Iterator

from assistant.answering.compose import compose
from assistant.answering.model import Draft, DraftBlock, DraftSentence, Evidence, Understood
from assistant.answering.naming import called
from assistant.answering.phrases import Phrase, say
from assistant.answering.snapshot import Snapshot
from assistant.knowledge.model import Facet
from assistant.language import stored
from assistant.types import Outcome

COVERED = 0.5  # share of the question's content words that the evidence has to speak of
_OFFERED = 3
# What can be asked about a thing, where a statement about it has the facet.
_ASKABLE: tuple[tuple[Facet, Phrase, str], ...] = (
    ("document", "ask_documents", "documents"),
    ("frequency", "ask_frequency", "frequency"),
    ("duty", "ask_duties", "duties"),
    ("definition", "ask_definition", "definition"),
)


def draft(understood: Understood, evidence: Evidence, snapshot: Snapshot) -> Draft:
    """Scope, unmatched content words and missing slots decide; never a score of search."""
    no = _reason_not_to_answer(understood, evidence)
    if no is not None:
        return _talk(*no, understood, evidence, snapshot)
    if blocks := compose(understood, evidence, snapshot):
        offers = tuple(_offers(understood.entities, understood, snapshot))[:_OFFERED]
        return Draft("answered", blocks, offers)
    return unsupported(understood, evidence, snapshot)


def unsupported(understood: Understood, evidence: Evidence, snapshot: Snapshot) -> Draft:
    """The honest no, with what was searched and what could be asked instead."""
    return _talk("not_covered", _unsupported(understood), understood, evidence, snapshot)


def _talk(
    outcome: Outcome,
    texts: list[str],
    understood: Understood,
    evidence: Evidence,
    snapshot: Snapshot,
) -> Draft:
    lead, *rest = [DraftSentence(text, "talk") for text in texts]
    blocks = (DraftBlock("lead", (lead,)), DraftBlock("paragraph", tuple(rest)))
    return Draft(
        outcome,
        tuple(block for block in blocks if block.sentences),
        tuple(_alternatives(understood, evidence, snapshot))[:_OFFERED],
    )


def _reason_not_to_answer(
    understood: Understood, evidence: Evidence
) -> tuple[Outcome, list[str]] | None:
    language = stored(understood.language)
    if understood.foreign:
        what = " / ".join(understood.foreign)
        return "not_covered", [say("foreign", language, a=what)]
    if understood.unknown:
        return "not_covered", [say("unknown_id", language, a=understood.unknown[0])]
    if understood.ambiguous and not understood.entities:
        return "clarify", [say("which_one", language)]
    if _lost(understood):
        return "clarify", [say("which_step", language)]
    if evidence.coverage < COVERED and not understood.progress.done:
        return "not_covered", _unsupported(understood)
    return None


def _lost(understood: Understood) -> bool:
    """Asked what comes next, without a word on where the asker is."""
    nowhere = not understood.entities and not understood.words and not understood.progress.done
    return nowhere and understood.intent in ("next", "before")


def _unsupported(understood: Understood) -> list[str]:
    language = stored(understood.language)
    return [say("no_support", language), say("searched", language)]


def _alternatives(understood: Understood, evidence: Evidence, snapshot: Snapshot) -> Iterator[str]:
    """Questions that can be answered instead: the readings of a name, or what lies nearest."""
    language = stored(understood.language)
    if understood.ambiguous:
        for entity_id in understood.ambiguous:
            name = called(entity_id, snapshot.knowledge, language)
            yield say("ask_definition", language, a=name)
        return
    if _lost(understood):
        for step in ("S1", "S5", "S8"):
            yield say("ask_next", language, a=called(step, snapshot.knowledge, language))
        return
    for entity_id in dict.fromkeys((*understood.entities, *evidence.nearest)):
        yield from list(_offers((entity_id,), understood, snapshot))[:1]


def _offers(entities: tuple[str, ...], understood: Understood, snapshot: Snapshot) -> Iterator[str]:
    """Questions about the entities that were not asked and that statements answer."""
    language = stored(understood.language)
    for entity_id in entities:
        facets = {facet for s in snapshot.knowledge.about(entity_id) for facet in s.facets}
        name = called(entity_id, snapshot.knowledge, language)
        for facet, phrase, intent in _ASKABLE:
            if facet in facets and intent != understood.intent:
                yield say(phrase, language, a=name)
