"""Lists of clauses that follow from the data: the parts of one, and those that ask for papers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.composed import Composed, claim, lead_and
from assistant.answering.model import DraftSentence, Understood
from assistant.answering.naming import called
from assistant.answering.phrases import Phrase, join, say
from assistant.answering.snapshot import Snapshot
from assistant.knowledge.clauses import marked, order
from assistant.knowledge.model import Knowledge, Requirement
from assistant.language import fold, stored

_PARTS = re.compile(
    r"(?:哪几|哪些|几|多少|什么)个?子?(?:条款?|小?节|款)|分(?:为|成)?(?:了)?(?:哪|几)"
    r"|\b(?:which|what|how many|all|list)(?: \w+){0,2} (?:sub-?)?(?:clauses|parts|sections)\b"
)
_PART_WORDS = frozenset(
    "条 条款 子条款 节 小节 款 分 面 clauses sub-clauses parts sections".split()  # noqa: SIM905
)
_ASKING = re.compile(
    r"(?:哪些|哪几|哪)个?(?:条款?|章节?)(?:里|中)?(?:都|明确|直接|点名)*(?:要求|规定|需要?|要)"
    r"|\b(?:which|what|all|list)(?: \w+){0,2} clauses\b(?: (?:in|of) [\w./: -]+?)?"
    r"(?: (?:explicitly|that|which|do|does))*"
    r" (?:asks? for|requires?|needs?|wants?|demands?|calls? for)"
)
# How papers of a kind are asked for, and what they have in their English names, folded. Kept
# records are asked for by nearly every clause in some way, so no list of them is complete.
_FORMS: Mapping[Phrase, tuple[str, str]] = {
    "wants_policy": (r"方针|策略|polic(?:y|ies)", r"\bpolic(?:y|ies)\b"),
    "wants_plan": (r"计划|plans?", r"\bplans?\b"),
    "wants_procedure": (r"程序(?:文件)?|procedures?", r"\bprocedures?\b"),
    "wants_documents": (
        r"成文(?:的?信息)?|文件(?:化?的?信息|化)?|书面(?:文件|材料|形式)?"
        r"|documented(?: information)?|documents|documentation|in writing|written(?: documents)?",
        "",
    ),
}
_FILLING = (
    r"[\s?。!,、/的]|有|要|或者?|和|与|形成|写成|制定|建立|编制|一份|吗|呢"
    r"|an?\b|the\b|or\b|and\b|to be\b|some\b|any\b"
)
_ONLY = re.compile(rf"(?>{'|'.join(words for words, _ in _FORMS.values())}|{_FILLING})++")
_ANY: Phrase = "wants_documents"


@dataclass(frozen=True, slots=True)
class _Ask:
    """``reason`` is the statement that says that the clause asks for the paper, or for any."""

    clause: str
    paper: str | None
    reason: str


def list_clauses(understood: Understood, snapshot: Snapshot) -> Composed:
    """The clauses asked for, in the order of the standard; no blocks where none are."""
    for form in understood.forms:
        asking = _ASKING.search(form)
        if asking and _ONLY.fullmatch(form[asking.end() :]):
            return _asking_for(form[asking.end() :], _place(form, snapshot), understood, snapshot)
    plainly = set(understood.words) <= _PART_WORDS and len(understood.entities) == 1
    if plainly and any(_PARTS.search(form) for form in understood.forms):
        return _parts(understood.entities[0], understood, snapshot)
    return Composed()


def _parts(entity_id: str, understood: Understood, snapshot: Snapshot) -> Composed:
    """What says which parts a clause has."""
    knowledge = snapshot.knowledge
    if knowledge.entities[entity_id].kind != "clause":
        return Composed()
    inside = sorted(knowledge.relations_to(entity_id, "part_of"), key=lambda r: order(r.origin))
    reasons = dict.fromkeys(reason for relation in inside for reason in relation.because)
    claims = [claim(knowledge.statements[reason], understood, snapshot) for reason in reasons]
    return lead_and(claims[:1], "list", claims[1:], tuple(r.origin for r in inside))


def _place(form: str, snapshot: Snapshot) -> frozenset[str]:
    """The clauses among which to look: those inside one that is named, else all."""
    entities = snapshot.knowledge.entities
    named = [one.number for one in marked(form) if one.number in entities]
    places = named or [e.id for e in entities.values() if e.kind == "clause"]
    return frozenset(part for place in places for part in snapshot.knowledge.parts(place))


def _asking_for(
    what: str, place: frozenset[str], understood: Understood, snapshot: Snapshot
) -> Composed:
    """The clauses that explicitly ask for papers of the kinds, then those that imply them."""
    wanted = [phrase for phrase, (words, _) in _FORMS.items() if re.search(words, what)]
    wanted = [phrase for phrase in wanted if phrase != _ANY] or wanted
    explicit = {kind: _asks(kind, "mandatory", place, snapshot.knowledge) for kind in wanted}
    said = {ask.clause for asks in explicit.values() for ask in asks}
    implied = [
        ask
        for kind in wanted
        for ask in _asks(kind, "implied", place, snapshot.knowledge)
        if ask.clause not in said
    ]
    leads = [_lead(kind, asks, understood, snapshot) for kind, asks in explicit.items() if asks]
    if not leads:
        return Composed()
    further = [_lead("implied_by", implied, understood, snapshot)] if implied else []
    asks = [*(ask for found in explicit.values() for ask in found), *implied]
    statements = snapshot.knowledge.statements
    claims = [
        claim(statements[reason], understood, snapshot)
        for reason in dict.fromkeys(ask.reason for ask in asks)
    ]
    items = tuple(dict.fromkeys(ask.clause for ask in asks))
    return lead_and([*leads, *further], "list", claims, items)


def _lead(
    phrase: Phrase, asks: Sequence[_Ask], understood: Understood, snapshot: Snapshot
) -> DraftSentence:
    language, knowledge = stored(understood.language), snapshot.knowledge
    names = [
        say("paper_of", language, a=at, b=called(ask.paper, knowledge, language))
        if ask.paper
        else at
        for ask in asks
        for at in (called(ask.clause, knowledge, language),)
    ]
    text = say(phrase, language, n=len(asks), b=join(names, language))
    return DraftSentence(text, "derivation", tuple(ask.reason for ask in asks))


def _asks(
    kind: Phrase, requirement: Requirement, place: frozenset[str], knowledge: Knowledge
) -> list[_Ask]:
    """By document and its first clause, which is the one that asks for it; documents of any kind by
    clause, with what that says of all of them."""
    found = [
        _Ask(relation.target, entity.id, relation.because[0])
        for entity in knowledge.entities.values()
        if entity.requirement == requirement and re.search(_FORMS[kind][1], fold(entity.name.en))
        for relation in knowledge.relations_from(entity.id, "clause")[:1]
        if relation.target in place
    ]
    if kind == _ANY:
        clauses = dict.fromkeys(ask.clause for ask in found)
        found = [_Ask(at, None, reason) for at in clauses for reason in _of_all(at, knowledge)]
    return sorted(found, key=lambda ask: order(ask.clause))


def _of_all(clause: str, knowledge: Knowledge) -> list[str]:
    """The statement of a clause that says which documented information it asks for."""
    said = (s for s in knowledge.about(clause) if s.entity == clause)
    return [s.id for s in said if s.facets[0] == "document" and "obligation" in s.facets][:1]
