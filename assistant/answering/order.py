"""What comes next and what before, as the graph of the process has it."""

from collections.abc import Sequence

from assistant.answering.composed import Composed, claim, lead_and, say_statements
from assistant.answering.model import DraftSentence, Evidence, Understood
from assistant.answering.naming import called
from assistant.answering.phrases import say
from assistant.answering.snapshot import Snapshot
from assistant.knowledge.model import Relation
from assistant.knowledge.process import following, in_order, next_steps, preceding
from assistant.knowledge.regions import applies
from assistant.language import stored


def say_next(understood: Understood, evidence: Evidence, snapshot: Snapshot) -> Composed:
    """What follows from the graph; where progress is given, what can start now."""
    if evidence.match.questions and _beside_order(understood, evidence, snapshot):
        return say_statements(understood, evidence, snapshot)
    if evidence.place:
        done = {snapshot.knowledge.whole(e) for e in evidence.place} | {*evidence.place}
        after = [r for e in evidence.place for r in following(snapshot.knowledge, e)]
        return _ordered(understood, [r for r in after if r.origin not in done], snapshot)
    found = next_steps(snapshot.knowledge, understood.progress.done)
    relations = [
        relation
        for step in found.next
        for kind in ("needs", "usually_after")
        for relation in snapshot.knowledge.relations_from(step, kind)
        if relation.target in found.done
    ]
    return _ordered(understood, relations, snapshot)


def say_before(understood: Understood, evidence: Evidence, snapshot: Snapshot) -> Composed:
    if evidence.match.questions and _beside_order(understood, evidence, snapshot):
        return say_statements(understood, evidence, snapshot)
    relations = preceding(snapshot.knowledge, evidence.place[0]) if evidence.place else ()
    return _ordered(understood, relations, snapshot)


def _beside_order(understood: Understood, evidence: Evidence, snapshot: Snapshot) -> bool:
    """Whether papers are asked for, or all of the place lies inside a step, where the graph keeps
    no order."""
    knowledge, place = snapshot.knowledge, evidence.place
    inside = bool(place) and not any(
        knowledge.entities[entity].kind == "step" or in_order(knowledge, entity) for entity in place
    )
    return inside or "documents" in understood.asks


def _ordered(understood: Understood, relations: Sequence[Relation], snapshot: Snapshot) -> Composed:
    """The first relation leads, and the statements that say so follow it."""
    relations = [r for r in relations if applies(r.applies_to, understood.region)]
    if not relations:
        return Composed()
    language, knowledge = stored(understood.language), snapshot.knowledge
    sentences = []
    for position, relation in enumerate(relations):
        earlier = called(relation.target, knowledge, language)
        later = called(relation.origin, knowledge, language)
        hard = relation.kind == "needs"
        if understood.intent == "before":
            text = say("before_hard" if hard else "before_usual", language, a=later, b=earlier)
        elif position:
            text = say("also_next", language, a=earlier, b=later)
        else:
            text = say("next_hard" if hard else "next_usual", language, a=earlier, b=later)
        sentences.append(DraftSentence(text, "derivation", relation.because))
    reasons = dict.fromkeys(reason for r in relations[:1] for reason in r.because)
    claims = [claim(knowledge.statements[reason], understood, snapshot) for reason in reasons]
    backwards = understood.intent == "before"
    targets = tuple(r.target if backwards else r.origin for r in relations)
    return lead_and(sentences[:1], "paragraph", [*claims, *sentences[1:]], targets[:1])
