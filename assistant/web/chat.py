"""A checked request answered: a reply in events, the last of which is the whole response."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

from assistant.deadline import Deadline
from assistant.web import texts
from assistant.web.asked import ChatRequest
from assistant.web.backend import Backend
from assistant.web.telemetry import Telemetry
from assistant.web.wire import Delta, Start, chat_response


@dataclass(frozen=True, slots=True)
class Event:
    """``data`` is JSON."""

    name: Literal["start", "delta", "done"]
    data: str


def reply(
    backend: Backend, telemetry: Telemetry, asked: ChatRequest, deadline: Deadline
) -> Iterator[Event]:
    """One start, a delta for each sentence, one done; raises what ``Backend.answer`` raises.

    Conversations are not kept yet: a caller's own id is given back, and told that it is so.
    """
    conversation_id = asked.conversation_id or secrets.token_urlsafe(16)
    message_id = secrets.token_urlsafe(16)
    yield _event("start", Start(conversation_id=conversation_id, message_id=message_id))
    question = asked.question()
    answer = backend.answer(question, deadline)
    telemetry.answered(question, answer)
    for n, block in enumerate(answer.blocks):
        for sentence in block.sentences:
            yield _event("delta", Delta(block=n, kind=block.kind, sentence=sentence))
    notes = (texts.ON_ITS_OWN[answer.language],) if asked.conversation_id else ()
    yield _event("done", chat_response(answer, conversation_id, message_id, notes))


def _event(name: Literal["start", "delta", "done"], data: BaseModel) -> Event:
    return Event(name, data.model_dump_json())
