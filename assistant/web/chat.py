"""A checked request answered, as one call of a route."""

import secrets

from assistant.web import texts
from assistant.web.asked import ChatRequest
from assistant.web.backend import Backend
from assistant.web.wire import ChatResponse, chat_response


def reply(backend: Backend, asked: ChatRequest) -> ChatResponse:
    """Conversations are not kept yet: a caller's own id is given back, and told that it is so."""
    answer = backend.answer(asked.question())
    notes = (texts.ON_ITS_OWN[answer.language],) if asked.conversation_id else ()
    conversation_id = asked.conversation_id or secrets.token_urlsafe(16)
    return chat_response(answer, conversation_id, secrets.token_urlsafe(16), notes)
