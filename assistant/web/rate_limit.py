"""How many requests a client may make, counted by ``limits`` in windows of a fixed length.

``limits`` rather than slowapi, which is built on it: that one decorates routes, and would count
only after the body has been read and parsed.
"""

import ipaddress
import math
import time

from limits import parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import FixedWindowRateLimiter
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.web import faults


class RateLimit:
    """``rate`` is such as ``60/minute``, for each client and all addresses below ``/api/``.

    The client is the peer of the connection; where the peer is a trusted proxy, uvicorn has put
    the address from X-Forwarded-For in its place.
    """

    def __init__(self, app: ASGIApp, rate: str) -> None:
        self._app = app
        self._rate = parse(rate)
        self._limiter = FixedWindowRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith("/api/"):
            client = _client(scope)
            if not await self._limiter.hit(self._rate, client):
                window = await self._limiter.get_window_stats(self._rate, client)
                seconds = max(1, math.ceil(window.reset_time - time.time()))
                await faults.rate_limited(Request(scope), seconds)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _client(scope: Scope) -> str:
    """An IPv4 address, or the /64 network of IPv6, of which one client may have any address."""
    host = scope["client"][0] if scope.get("client") else "unknown"
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return str(host)
    if address.version == 6:  # noqa: PLR2004 - as it is called
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
