"""Evidence to a draft, engine ``extractive``: statements of the corpus, and leads that follow.

The first sentence answers the question; what was not asked for stays out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.model import (
    DraftBlock,
    DraftSentence,
    Evidence,
    Intent,
    Understood,
)
from assistant.answering.naming import called
from assistant.answering.phrases import Phrase, join, say
from assistant.answering.snapshot import Snapshot
from assistant.knowledge.model import EntityKind, Relation, Statement
from assistant.knowledge.process import following, in_order, next_steps, preceding
from assistant.knowledge.regions import applies, usable
from assistant.language import stored
from assistant.types import BlockKind


@dataclass(frozen=True, slots=True)
class Composed:
    """``items`` are the ids of the things asked for; no blocks where the evidence has no answer."""

    blocks: tuple[DraftBlock, ...] = ()
    items: tuple[str, ...] = ()


_SEVERAL = 2
_CLOSE = 1.5  # likeness from which a question is asked more closely than by what it names
# What is named where the intent asks for things of a kind.
_KINDS: Mapping[Intent, EntityKind] = {"who": "role", "documents": "document"}


def compose(
    understood: Understood, evidence: Evidence, snapshot: Snapshot, *, graph: bool = True
) -> Composed:
    """A supported answer, as far as the evidence answers what was asked."""
    composer = _COMPOSERS.get(understood.intent, _statements) if graph else _statements
    composed = composer(understood, evidence, snapshot)
    if not composed.blocks and evidence.match.questions:  # the graph ends here
        return _statements(understood, evidence, snapshot)
    return composed


def _statements(understood: Understood, evidence: Evidence, snapshot: Snapshot) -> Composed:
    """The statements themselves, the best one as the lead."""
    statements = [snapshot.knowledge.statements[identifier] for identifier in evidence.statements]
    claims = [claim(statement, understood, snapshot) for statement in statements]
    kind: BlockKind = "list" if understood.all_of_them else "paragraph"
    first = _first(statements, evidence)
    return lead_and(claims[:1], kind, claims[1:], _asked_for(understood, first, snapshot))


def _first(statements: Sequence[Statement], evidence: Evidence) -> Statement:
    """What answers the question matched, in whatever order its statements are said."""
    answers = {
        i: n
        for question in evidence.match.questions[:1]
        for n, i in enumerate(question.answered_by)
    }
    return min(statements, key=lambda statement: answers.get(statement.id, len(answers)))


def _asked_for(understood: Understood, first: Statement, snapshot: Snapshot) -> tuple[str, ...]:
    """The roles or documents asked for, the things told apart, else where the first statement
    stands."""
    if understood.intent == "difference" and len(understood.entities) > 1:
        return understood.entities
    entities = snapshot.knowledge.entities
    kind = _KINDS.get(understood.intent)
    named = (first.entity, *first.about)
    whole = snapshot.knowledge.whole(first.entity)  # of a topic the step is told
    place = whole if entities[first.entity].kind == "topic" else first.entity
    return tuple(e for e in named if entities[e].kind == kind) or (place,)


def _duties(understood: Understood, evidence: Evidence, snapshot: Snapshot) -> Composed:
    """All duties of a role that is all the question names, counted in the lead."""
    knowledge = snapshot.knowledge
    roles = [e for e in understood.entities if knowledge.entities[e].kind == "role"]
    statements = [
        s
        for s in (knowledge.about(roles[0]) if len(roles) == 1 else ())
        if s.entity == roles[0] and "duty" in s.facets and usable(s, understood.region)
    ]
    if len(statements) < _SEVERAL or understood.words or len(understood.entities) > 1:
        return _statements(understood, evidence, snapshot)
    claims = [claim(statement, understood, snapshot) for statement in statements]
    language = stored(understood.language)
    name = called(roles[0], knowledge, language)
    text = say("duties", language, a=name, n=len(claims))
    lead = DraftSentence(text, "derivation", tuple(s.id for s in statements))
    return lead_and([lead], "list", claims, (roles[0],))


def _documents(understood: Understood, evidence: Evidence, snapshot: Snapshot) -> Composed:
    """What a step or topic produces, or a role owns: named in the lead, each with its purpose."""
    unlike_any = evidence.match.questions and evidence.match.likeness < _CLOSE
    asked_closer = understood.words and not unlike_any
    named = () if asked_closer or len(understood.entities) > 1 else understood.entities
    for entity_id in named:
        relations = _papers(entity_id, understood, snapshot)
        if relations:
            return _paper_list(entity_id, relations, understood, snapshot)
    return _statements(understood, evidence, snapshot)


def _paper_list(
    entity_id: str,
    relations: Sequence[tuple[str, Relation]],
    understood: Understood,
    snapshot: Snapshot,
) -> Composed:
    language, knowledge = stored(understood.language), snapshot.knowledge
    papers = [document for document, _ in relations]
    names = join([called(paper, knowledge, language) for paper in papers], language)
    phrase: Phrase = "documents" if len(papers) > 1 else "one_document"
    text = say(
        "owned" if knowledge.entities[entity_id].kind == "role" else phrase,
        language,
        a=called(entity_id, knowledge, language),
        b=names,
        n=len(papers),
    )
    reasons = tuple(relation.because[0] for _, relation in relations)
    purposes = [
        claim(statement, understood, snapshot)
        for paper in papers
        for statement in knowledge.about(paper)
        if statement.entity == paper and "purpose" in statement.facets
    ]
    lead = DraftSentence(text, "derivation", reasons)
    return lead_and([lead], "list", purposes, tuple(papers))


def _papers(
    entity_id: str, understood: Understood, snapshot: Snapshot
) -> list[tuple[str, Relation]]:
    """Documents of an entity with the relation that says so, each once, in corpus order.

    A topic has those of its step's that are produced because of it or serve to show it.
    """
    knowledge = snapshot.knowledge
    kind = knowledge.entities[entity_id].kind
    if kind == "role":
        relations = list(knowledge.relations_from(entity_id, "owns"))
    else:
        inside = [r for part in knowledge.parts(entity_id)
                  for r in knowledge.relations_from(part, "produces")]  # fmt: skip
        around = knowledge.relations_from(knowledge.whole(entity_id), "produces")
        about = {s.id for s in knowledge.about(entity_id)}
        proving = {s.entity for s in knowledge.about(entity_id) if "purpose" in s.facets}
        near = [r for r in around if r.target in proving or set(r.because) & about]
        relations = [*inside, *near]
    found: dict[str, Relation] = {}
    for relation in relations:
        if applies(relation.applies_to, understood.region):
            found.setdefault(relation.target, relation)
    return list(found.items())


def _next(understood: Understood, evidence: Evidence, snapshot: Snapshot) -> Composed:
    """What follows from the graph; where progress is given, what can start now."""
    if evidence.match.questions and _beside_order(understood, evidence, snapshot):
        return _statements(understood, evidence, snapshot)
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


def _before(understood: Understood, evidence: Evidence, snapshot: Snapshot) -> Composed:
    if evidence.match.questions and _beside_order(understood, evidence, snapshot):
        return _statements(understood, evidence, snapshot)
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


def claim(statement: Statement, understood: Understood, snapshot: Snapshot) -> DraftSentence:
    """A statement as it is, cited."""
    text = snapshot.quote(statement.id, stored(understood.language)).text
    return DraftSentence(text, "claim", (statement.id,))


def lead_and(
    lead: Sequence[DraftSentence],
    kind: BlockKind,
    rest: Sequence[DraftSentence],
    items: tuple[str, ...],
) -> Composed:
    """Two blocks, without those that are empty."""
    blocks = (DraftBlock("lead", tuple(lead)), DraftBlock(kind, tuple(rest)))
    return Composed(tuple(block for block in blocks if block.sentences), items)


_Composer = Callable[[Understood, Evidence, Snapshot], Composed]
_COMPOSERS: Mapping[Intent, _Composer] = {
    "duties": _duties,
    "documents": _documents,
    "next": _next,
    "before": _before,
}
