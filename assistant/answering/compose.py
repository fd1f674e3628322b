"""Evidence to a draft, engine ``extractive``: statements of the corpus, and leads that follow.

The first sentence answers the question; what was not asked for stays out.
"""

from collections.abc import Callable, Mapping, Sequence

from assistant.answering.composed import Composed, claim, lead_and, say_statements
from assistant.answering.model import (
    DraftSentence,
    Evidence,
    Intent,
    Understood,
)
from assistant.answering.naming import called
from assistant.answering.order import say_before, say_next
from assistant.answering.phrases import Phrase, join, say
from assistant.answering.snapshot import Snapshot
from assistant.knowledge.model import Relation
from assistant.knowledge.regions import applies, usable
from assistant.language import stored

_SEVERAL = 2
_CLOSE = 1.5  # likeness from which a question is asked more closely than by what it names


def compose(
    understood: Understood, evidence: Evidence, snapshot: Snapshot, *, graph: bool = True
) -> Composed:
    """A supported answer, as far as the evidence answers what was asked."""
    composer = _COMPOSERS.get(understood.intent, say_statements) if graph else say_statements
    composed = composer(understood, evidence, snapshot)
    if not composed.blocks and evidence.match.questions:  # the graph ends here
        return say_statements(understood, evidence, snapshot)
    return composed


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
        return say_statements(understood, evidence, snapshot)
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
    return say_statements(understood, evidence, snapshot)


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


_Composer = Callable[[Understood, Evidence, Snapshot], Composed]
_COMPOSERS: Mapping[Intent, _Composer] = {
    "duties": _duties,
    "documents": _documents,
    "next": say_next,
    "before": say_before,
}
