"""One log line and a few figures for each request, whatever became of it."""

import time

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.telemetry import Telemetry

GONE = 499  # the client went away before there was a status
_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
_PROBES = frozenset(("/health/live", "/health/ready", "/metrics"))
_REASONS = {413: "too_large", 429: "rate_limited"}

_log = structlog.get_logger()


class RequestLog:
    """Outermost. Never the address as it was sent, but the template of the route, or ``other``."""

    def __init__(self, app: ASGIApp, telemetry: Telemetry) -> None:
        self._app = app
        self._telemetry = telemetry

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = GONE
        begun = time.perf_counter()

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            self._note(scope, status, time.perf_counter() - begun)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "other")
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._telemetry.requests.labels(method, route, status).inc()
        self._telemetry.request_seconds.labels(route).observe(seconds)
        if status in _REASONS:
            self._telemetry.rejected.labels(_REASONS[status]).inc()
        tell = _log.debug if route in _PROBES else _log.info
        tell(
            "request",
            request_id=scope["state"]["request_id"],
            method=method,
            route=route,
            status=status,
            ms=round(seconds * 1000, 1),
        )
