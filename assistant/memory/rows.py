"""Between rows and records."""

import re
from dataclasses import replace
from hashlib import sha256
from typing import Any, cast

from pydantic import TypeAdapter
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.language import fold
from assistant.memory.records import Conversation, Feedback, Message, Rating, State
from assistant.memory.tables import ConversationRow, FeedbackRow, MessageRow
from assistant.types import Answer, Earlier, Question, Region

_WORDS = re.compile(r"\w+")
_ANSWERS = TypeAdapter(Answer)


def stored_answer(answer: Answer) -> dict[str, Any]:
    return cast("dict[str, Any]", _ANSWERS.dump_python(answer, mode="json"))


def read_answer(stored: dict[str, Any]) -> Answer:
    return _ANSWERS.validate_python(stored)


def asked(text: str) -> str:
    """What like questions share, 64 hex: the same words, whatever script, case or marks."""
    folded = fold(text)
    return sha256((" ".join(_WORDS.findall(folded)) or folded).encode()).hexdigest()


def next_position(session: Session, conversation_id: str) -> int:
    """Counts from 1."""
    last = select(func.max(MessageRow.position)).where(
        MessageRow.conversation_id == conversation_id
    )
    return (session.scalar(last) or 0) + 1


def history(session: Session, conversation_id: str, most: int) -> tuple[Earlier, ...]:
    """The latest answered messages, oldest first."""
    query = (
        select(MessageRow)
        .where(MessageRow.conversation_id == conversation_id, MessageRow.state == "done")
        .order_by(MessageRow.position.desc())
        .limit(most)
    )
    latest = [
        Earlier.of(row.question, read_answer(row.answer))
        for row in session.scalars(query)
        if row.answer is not None
    ]
    return tuple(reversed(latest))


def continued(question: Question, earlier: tuple[Earlier, ...], region: Region | None) -> Question:
    return replace(question, history=earlier, region=region)


def conversation(row: ConversationRow) -> Conversation:
    return Conversation(
        id=row.id,
        region=cast("Region | None", row.region),
        created_at=row.created_at,
        updated_at=row.updated_at,
        messages=tuple(_message(message) for message in row.messages),
    )


def _message(row: MessageRow) -> Message:
    return Message(
        id=row.id,
        state=cast("State", row.state),
        question=row.question,
        region=cast("Region | None", row.region),
        created_at=row.created_at,
        answered_at=row.answered_at,
        answer=read_answer(row.answer) if row.answer is not None else None,
        feedback=_feedback(row.feedback) if row.feedback else None,
    )


def _feedback(row: FeedbackRow) -> Feedback:
    return Feedback(cast("Rating", row.rating), row.comment, row.created_at)
