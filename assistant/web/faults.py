"""Every error in one shape, in the caller's language, with nothing of the inside or the body."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import Response

from assistant.errors import (
    Busy,
    ConversationBusy,
    ConversationUnknown,
    IndexMissing,
    InvalidInput,
    NotFound,
    StorageUnavailable,
    TimedOut,
    Unauthorized,
    Unavailable,
)
from assistant.types import Language
from assistant.web import texts, tongue
from assistant.web.asked import AskedProgress, ChatRequest, FeedbackRequest
from assistant.web.queries import DatesQuery, DocumentQuery, NextQuery

RETRY_AFTER = {"Retry-After": "5"}
_WITH_RETRY_AFTER = (409, 429, 503)
_CODES: dict[int, texts.Code] = {
    401: "not_found",  # a file that may not be read
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    422: "invalid",
}
_RAISED: dict[type[Exception], texts.Code] = {  # the narrower first
    StorageUnavailable: "storage_unavailable",
    Busy: "busy",
    TimedOut: "timed_out",
    Unavailable: "unavailable",
    IndexMissing: "index_missing",
    InvalidInput: "invalid",
    ConversationUnknown: "conversation_unknown",
    ConversationBusy: "conversation_busy",
    NotFound: "not_found",
    Unauthorized: "unauthorized",
}


class Fault(BaseModel):
    """``hint`` is there where something can be done; ``request_id`` is also in X-Request-ID."""

    code: texts.Code
    message: str
    hint: str | None = None
    request_id: str


class FaultBody(BaseModel):
    """Every error."""

    error: Fault


def fault(
    request: Request,
    status: int,
    code: texts.Code,
    *,
    language: Language,
    hint: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    error = _told(request, code, language, hint)
    content = FaultBody(error=error).model_dump_json(exclude_none=True)
    sent = {"Content-Language": language, **(headers or {})}
    return Response(content, status, sent, media_type="application/json")


def _told(request: Request, code: texts.Code, language: Language, hint: str | None) -> Fault:
    hints = texts.HINTS.get(code)
    return Fault(
        code=code,
        message=texts.ERRORS[code][language],
        hint=hint or (hints[language] if hints else None),
        request_id=request.state.request_id,
    )


def of(request: Request, error: Exception) -> Fault:
    """What is told of an error where its status can no longer be sent."""
    code, hint = _code(error), error.hint if isinstance(error, InvalidInput) else None
    return _told(request, code, _language(request), hint)


def _code(error: Exception) -> texts.Code:
    found = (code for kind, code in _RAISED.items() if isinstance(error, kind))
    return next(found, "internal")


def internal(request: Request) -> Response:
    return fault(request, 500, "internal", language=_language(request))


def too_large(request: Request) -> Response:
    """The connection is closed, so that what is left of the body is not read."""
    headers = {"Connection": "close"}
    return fault(request, 413, "too_large", language=_language(request), headers=headers)


def rate_limited(request: Request, seconds: int) -> Response:
    """``seconds`` until the caller may ask again."""
    headers = {"Retry-After": str(seconds)}
    return fault(request, 429, "rate_limited", language=_language(request), headers=headers)


def _language(request: Request) -> Language:
    asked: ChatRequest | None = getattr(request.state, "asked", None)
    return tongue.of_fault(request, asked.model_dump() if asked else None)


async def _http(request: Request, error: HTTPException) -> Response:
    if error.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return too_large(request)
    code = _CODES.get(error.status_code, "malformed")
    status = 404 if code == "not_found" else error.status_code
    return fault(request, status, code, language=_language(request), headers=error.headers)


async def _invalid(request: Request, error: RequestValidationError) -> Response:
    language = tongue.of_fault(request, error.body)
    problems = error.errors()
    if any(problem["type"] == "json_invalid" for problem in problems):
        return fault(request, 400, "malformed", language=language)
    hint = "; ".join(dict.fromkeys(_complaint(problem, language) for problem in problems[:5]))
    return fault(request, 422, "invalid", language=language, hint=hint)


def _complaint(problem: Mapping[str, Any], language: Language) -> str:
    """Names a field of the contract and what is wrong with it; never what was sent."""
    location, kind = problem["loc"], problem["type"]
    said = texts.COMPLAINTS.get(kind, texts.OTHER_COMPLAINT)[language]
    if kind in ("extra_forbidden", "invalid_key"):
        field = texts.UNKNOWN_FIELD[language]
    elif len(location) > 1:
        field = ".".join(part for part in location[1:] if part in _FIELDS)
    else:
        field = texts.WHOLE_BODY[language]
    return f"{field}: {said}"


_FIELDS = frozenset(
    name
    for contract in (
        ChatRequest,
        AskedProgress,
        FeedbackRequest,
        NextQuery,
        DocumentQuery,
        DatesQuery,
    )
    for name in contract.model_fields
)


async def _refused(request: Request, error: InvalidInput) -> Response:
    return fault(request, 422, "invalid", language=_language(request), hint=error.hint)


async def _unknown(request: Request, error: NotFound) -> Response:
    return fault(request, 404, _code(error), language=_language(request))


async def _locked(request: Request, error: Unauthorized) -> Response:
    headers = {"WWW-Authenticate": "Bearer"}
    return fault(request, 401, _code(error), language=_language(request), headers=headers)


async def _running(request: Request, error: ConversationBusy) -> Response:
    return fault(request, 409, _code(error), language=_language(request), headers=RETRY_AFTER)


async def _later(request: Request, error: IndexMissing | Unavailable) -> Response:
    return fault(request, 503, _code(error), language=_language(request), headers=RETRY_AFTER)


def install(app: FastAPI) -> None:
    """What no handler here takes is a fault of ours, answered by ``middleware.Envelope``."""
    app.exception_handler(HTTPException)(_http)
    app.exception_handler(RequestValidationError)(_invalid)
    app.exception_handler(InvalidInput)(_refused)
    app.exception_handler(NotFound)(_unknown)
    app.exception_handler(Unauthorized)(_locked)
    app.exception_handler(ConversationBusy)(_running)
    app.exception_handler(IndexMissing)(_later)
    app.exception_handler(Unavailable)(_later)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The OpenAPI entries of error statuses."""
    entries: dict[int | str, dict[str, Any]] = {}
    for status in statuses:
        entry: dict[str, Any] = {"model": FaultBody, "description": _DESCRIPTIONS[status]}
        if status in _WITH_RETRY_AFTER:
            entry["headers"] = {"Retry-After": {"schema": {"type": "integer"}}}
        entries[status] = entry
    return entries


_DESCRIPTIONS = {
    400: "The body is not JSON in UTF-8.",
    401: "The operator's token is missing or wrong.",
    404: "The id is not known here; also the answer at every unknown address.",
    405: "Another method was used at this address; `Allow` names those it takes.",
    409: "A message of this conversation is still being answered.",
    413: "The body is over 64 KiB.",
    422: "The request breaks the contract; `hint` names the field.",
    429: "The client makes more requests than it may; `Retry-After` says when it may again.",
    500: "A fault of the service; its log has more under the request id.",
    503: "Starting, stopping, busy, out of time, no database, or nothing indexed yet.",
}
