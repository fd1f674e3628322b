"""A checked request answered: a reply in events, the last of which is the whole response."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

from assistant.deadline import Deadline
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
    """One start, a delta for each sentence, one done.

    Raises what ``Store.begin`` raises before the first, what ``Backend.reply`` raises after it.
    """
    turn = backend.memory.begin(asked.question(), asked.conversation_id)
    ids = {"conversation_id": turn.conversation_id, "message_id": turn.message_id}
    yield _event("start", Start(**ids))
    answer = backend.reply(turn, deadline)
    telemetry.answered(turn.question, answer)
    for n, block in enumerate(answer.blocks):
        for sentence in block.sentences:
            yield _event("delta", Delta(block=n, kind=block.kind, sentence=sentence))
    yield _event("done", chat_response(answer, **ids))


def _event(name: Literal["start", "delta", "done"], data: BaseModel) -> Event:
    return Event(name, data.model_dump_json())
