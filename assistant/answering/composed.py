"""What composing gives, and the plainest of it: the statements themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.model import DraftBlock, DraftSentence, Evidence, Intent, Understood
from assistant.answering.snapshot import Snapshot
from assistant.knowledge.model import EntityKind, Statement
from assistant.language import stored
from assistant.types import BlockKind

# What is named where the intent asks for things of a kind.
_KINDS: Mapping[Intent, EntityKind] = {"who": "role", "documents": "document"}


@dataclass(frozen=True, slots=True)
class Composed:
    """``items`` are the ids of the things asked for; no blocks where the evidence has no answer."""

    blocks: tuple[DraftBlock, ...] = ()
    items: tuple[str, ...] = ()


def say_statements(understood: Understood, evidence: Evidence, snapshot: Snapshot) -> Composed:
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
