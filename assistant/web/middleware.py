"""Around every request: its id, the security headers, the limit on bodies, the last catch."""

import asyncio
import re
import secrets

import structlog
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web import faults

LONGEST_BODY = 64 * 1024
BODY_SECONDS = 10.0
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
_SECURITY = [
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
]
_API = [*_SECURITY, (b"cache-control", b"no-store")]
_PAGE = [*_SECURITY, (b"cache-control", b"no-cache")]
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class Envelope:
    """Stamps each response; answers what nobody caught with 500 and raises it on, to be logged."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        structlog.contextvars.bind_contextvars(request_id=request_id)
        stamps = [(b"x-request-id", request_id.encode())]
        stamps += _API if scope["path"].startswith("/api/") else _PAGE
        started = False

        async def stamped(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message["headers"] = [*message["headers"], *stamps]
            await send(message)

        try:
            await self._app(scope, receive, stamped)
        except ClientDisconnect:
            pass  # nobody is left to be told
        except Exception as error:
            error.add_note(f"request {request_id}")
            if not started:
                await faults.internal(Request(scope))(scope, receive, stamped)
            raise


class BodyLimit:
    """Refuses a body that is too long, by its declared length or while it streams in, and one
    that takes too long to come."""

    def __init__(
        self, app: ASGIApp, limit: int = LONGEST_BODY, seconds: float = BODY_SECONDS
    ) -> None:
        self._app = app
        self._limit = limit
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdecimal() and int(declared) > self._limit:
            await faults.too_large(Request(scope))(scope, receive, send)
            return
        seen, complete = 0, False
        end = asyncio.get_running_loop().time() + self._seconds

        async def counted() -> Message:
            nonlocal seen, complete
            if complete:
                return await receive()
            try:
                async with asyncio.timeout_at(end):
                    message = await receive()
            except TimeoutError as error:
                raise HTTPException(400, headers={"Connection": "close"}) from error
            complete = not message.get("more_body", False)
            seen += len(message.get("body", b""))
            if seen > self._limit:
                raise HTTPException(413)
            return message

        await self._app(scope, counted, send)


def _request_id(scope: Scope) -> str:
    """The caller's own where it is harmless, so that a proxy's log can be followed."""
    given = Headers(scope=scope).get("x-request-id", "")
    return given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
