"""Conversations as callers read, continue, judge and delete them."""

from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel

from assistant.memory.records import Conversation, Feedback, Message, State
from assistant.types import Region
from assistant.web.asked import FeedbackRequest, StoredId
from assistant.web.faults import documented
from assistant.web.serving import Serving
from assistant.web.strict import StrictRoute
from assistant.web.wire import ChatResponse, chat_response

router = APIRouter(route_class=StrictRoute, responses=documented(405, 500))


class MessageOut(BaseModel):
    """``response`` is there once ``state`` is ``done``."""

    message_id: str
    state: State
    message: str
    region: Region | None
    created_at: datetime
    answered_at: datetime | None
    response: ChatResponse | None
    feedback: Feedback | None


class ConversationOut(BaseModel):
    """Messages oldest first; ``region`` was given once and holds for what is asked next."""

    conversation_id: str
    region: Region | None
    created_at: datetime
    updated_at: datetime
    messages: tuple[MessageOut, ...]


@router.get("/api/conversations/{conversation_id}", responses=documented(404, 422, 429, 503))
def conversation(backend: Serving, conversation_id: StoredId) -> ConversationOut:
    """Read a conversation, its answers as they were given."""
    return _conversation(backend.memory.conversation(conversation_id))


@router.delete(
    "/api/conversations/{conversation_id}",
    status_code=204,
    responses=documented(404, 422, 429, 503),
)
def delete_conversation(backend: Serving, conversation_id: StoredId) -> None:
    """Delete a conversation with its messages, feedback, and passages kept only for it."""
    backend.memory.delete(conversation_id)


@router.post(
    "/api/messages/{message_id}/feedback",
    status_code=204,
    responses=documented(400, 404, 413, 422, 429, 503),
)
def feedback(backend: Serving, message_id: StoredId, given: FeedbackRequest) -> None:
    """Say whether an answer helped; a later word replaces an earlier one."""
    backend.memory.rate(message_id, given.rating, given.comment)


def _conversation(kept: Conversation) -> ConversationOut:
    return ConversationOut(
        conversation_id=kept.id,
        region=kept.region,
        created_at=kept.created_at,
        updated_at=kept.updated_at,
        messages=tuple(_message(message, kept.id) for message in kept.messages),
    )


def _message(kept: Message, conversation_id: str) -> MessageOut:
    return MessageOut(
        message_id=kept.id,
        state=kept.state,
        message=kept.question,
        region=kept.region,
        created_at=kept.created_at,
        answered_at=kept.answered_at,
        response=chat_response(kept.answer, conversation_id, kept.id) if kept.answer else None,
        feedback=kept.feedback,
    )
