"""Whether a question can be answered; the answer's draft, a counter-question, or an honest no."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from assistant.answering.clause_lists import list_clauses
from assistant.answering.compose import compose
from assistant.answering.composed import Composed
from assistant.answering.model import Draft, DraftBlock, DraftSentence, Evidence, Understood
from assistant.answering.naming import called
from assistant.answering.offers import instead, offers
from assistant.answering.phrases import Phrase, say
from assistant.answering.snapshot import Snapshot
from assistant.answering.timetable import readings, tell_dates, unclear_day
from assistant.answering.words import POINTING
from assistant.knowledge.model import Withheld
from assistant.language import stored
from assistant.types import Outcome

_OFFERED = 3
_FEW = 2  # content words that leave open what 这个 or "it" means


@dataclass(frozen=True, slots=True)
class _Bar:
    """What evidence has to reach without competency questions: the least share of content words
    known to the corpus with the least score of the best statement, or a score so high that unknown
    words are no reason for a no. Set on the dev part."""

    known: float
    score: float
    certain: float
    certain_though_unknown: float


# How much liker a question has to be to one that gets no answer than to any that does, words that
# ask for what is never given making up for that much; how like it has to be to one that is
# answered, and where that share of its words is not known to the corpus. Set on the dev part.
_LIKER, _WORDS = 0.1, 1.4
_LIKE, _LIKE_THOUGH_UNKNOWN, _KNOWN = 1.22, 1.75, 0.3
_NAMED = _Bar(known=0.15, score=1.3, certain=2.4, certain_though_unknown=3.8)
_UNNAMED = _Bar(known=0.4, score=1.8, certain=2.4, certain_though_unknown=3.8)
_REASONS: Mapping[Withheld, Phrase] = {
    "price": "no_price",
    "firm": "no_firm",
    "legal": "no_law",
    "verbatim": "no_wording",
    "prediction": "no_forecast",
    "auditor": "no_auditor",
    "other_standard": "other_standard",
    "subject": "off_topic",
    "silent": "no_support",
}
_WITHOUT_REQUIREMENTS = frozenset("123")  # chapters of the standard: scope, references, terms


def draft(
    understood: Understood, evidence: Evidence, snapshot: Snapshot, *, graph: bool = True
) -> Draft:
    """Scope, unmatched content words and missing slots decide; never a score of search.

    What follows from the data alone is certain, and asks for no evidence.
    """
    derived = _derived(understood, snapshot) if graph else Composed()
    no = _reason_not_to_answer(
        understood, evidence, certain=bool(derived.blocks) or unclear_day(understood)
    )
    if no is not None:
        return _talk(*no, understood, evidence, snapshot)
    composed = derived if derived.blocks else compose(understood, evidence, snapshot, graph=graph)
    if composed.blocks:
        asked = replace(understood, intent="content") if derived.blocks else understood
        offered = tuple(offers(understood.entities, asked, snapshot))[:_OFFERED]
        return Draft("answered", composed.blocks, composed.items, offered)
    return unsupported(understood, evidence, snapshot)


def _derived(understood: Understood, snapshot: Snapshot) -> Composed:
    """What follows from the data alone."""
    timetable = tell_dates(understood, snapshot)
    return timetable if timetable.blocks else list_clauses(understood, snapshot)


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
        (),
        tuple(_alternatives(understood, evidence, snapshot))[:_OFFERED],
    )


def _reason_not_to_answer(
    understood: Understood, evidence: Evidence, *, certain: bool
) -> tuple[Outcome, list[str]] | None:
    language = stored(understood.language)
    foreign = " / ".join(understood.foreign)
    covered = certain or _covered(understood, evidence)
    withheld = understood.withheld if certain else _withheld(understood, evidence)
    rules: tuple[tuple[bool, Outcome, list[str]], ...] = (
        (understood.improper, "refused", [say("refused", language)]),
        (understood.unread, "not_covered", [say("unread", language)]),
        (bool(foreign), "not_covered", [say("foreign", language, a=foreign)]),
        (withheld is not None, "not_covered", [say(withheld or "no_support", language)]),
        (bool(understood.unknown), "not_covered", _unknown(understood)),
        (unclear_day(understood), "clarify", [say("which_day", language)]),
        (not certain and _unclear(understood), "clarify", [say("which_one", language)]),
        (not certain and _lost(understood), "clarify", [say("which_step", language)]),
        (not covered, "not_covered", _unsupported(understood)),
    )
    return next(((outcome, texts) for applies, outcome, texts in rules if applies), None)


def _unknown(understood: Understood) -> list[str]:
    """What does not exist, or in the standard's chapters of terms and scope, is not held here."""
    language = stored(understood.language)
    kinds: dict[Phrase, list[str]] = {}
    for identifier in understood.unknown:
        chapter = identifier.partition(".")[0]
        phrase: Phrase = "no_clause" if chapter.isdigit() else "unknown_id"
        if chapter in _WITHOUT_REQUIREMENTS:
            phrase = "no_requirements"
        kinds.setdefault(phrase, []).append(identifier)
    comma = "、" if language == "zh" else ", "
    return [say(phrase, language, a=comma.join(ids)) for phrase, ids in kinds.items()]


def _withheld(understood: Understood, evidence: Evidence) -> Phrase | None:
    """What is said to a question that gets no answer; None where it may get one."""
    match = evidence.match
    made_up = _WORDS if understood.withheld else 0.0
    if match.withheld is None or not match.questions:
        return understood.withheld
    if match.margin + made_up <= _LIKER:
        return None
    return understood.withheld or _REASONS[match.withheld]


def _covered(understood: Understood, evidence: Evidence) -> bool:
    """Whether the corpus speaks of what was asked at all."""
    if understood.progress.done or (evidence.place and understood.intent in ("next", "before")):
        return True
    if not understood.entities and not understood.told:
        return False
    if evidence.match.questions:
        certainty = evidence.match.likeness - evidence.match.margin / 2
        return certainty >= (_LIKE if evidence.known >= _KNOWN else _LIKE_THOUGH_UNKNOWN)
    if understood.intent == "documents" and evidence.place and evidence.score >= _NAMED.score:
        return True
    bar = _NAMED if understood.entities else _UNNAMED
    certain = bar.certain if evidence.known else bar.certain_though_unknown
    return evidence.score >= certain or (
        evidence.known >= bar.known and evidence.score >= bar.score
    )


def _unclear(understood: Understood) -> bool:
    """An ambiguous name, or only a word like 文件, is all that the question names."""
    if understood.entities or understood.intent in ("next", "before"):
        return False
    only_pointed_at = set(understood.told) <= POINTING and understood.intent != "about"
    points = understood.points and len(understood.told) <= _FEW
    return bool(understood.ambiguous) or only_pointed_at or points


def _lost(understood: Understood) -> bool:
    """Asked what comes next, without a word on where the asker is."""
    nowhere = not understood.entities and not understood.told and not understood.progress.done
    return nowhere and understood.intent in ("next", "before")


def _unsupported(understood: Understood) -> list[str]:
    language = stored(understood.language)
    if understood.said:
        return [say("no_more", language)]
    return [say("no_support", language), say("searched", language)]


def _alternatives(understood: Understood, evidence: Evidence, snapshot: Snapshot) -> Iterator[str]:
    """Questions that can be answered instead: the readings of a name, or what lies nearest."""
    language = stored(understood.language)
    if unclear_day(understood):
        yield from readings(understood)
        return
    if understood.ambiguous:
        for entity_id in understood.ambiguous:
            name = called(entity_id, snapshot.knowledge, language)
            yield say("ask_definition", language, a=name)
        return
    if _lost(understood):
        for step in ("S1", "S5", "S8"):
            yield say("ask_next", language, a=called(step, snapshot.knowledge, language))
        return
    yield from instead(understood, snapshot)
    for entity_id in dict.fromkeys((*understood.entities, *evidence.nearest)):
        yield from list(offers((entity_id,), understood, snapshot))[:1]
