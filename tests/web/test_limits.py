"""Who asks too often, and who sends too slowly."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from starlette.exceptions import HTTPException
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from assistant.settings import Settings
from assistant.web.app import create_app
from assistant.web.middleware import BodyLimit
from assistant.web.rate_limit import RateLimit
from tests.web.fake import FakeBackend
from tests.web.test_faults import checked_fault
from tests.web.test_telemetry import figure


def test_client_over_its_rate_is_told_when_it_may_come_back(backend: FakeBackend) -> None:
    settings = Settings(rate_limit="3/hour")
    with TestClient(create_app(backend, settings)) as client:
        english = {"accept-language": "en"}
        statuses = [client.get("/api/process").status_code for _ in range(3)]
        refused = client.post("/api/chat", json={"message": "x"}, headers=english)
        assert statuses == [200, 200, 200]
        error = checked_fault(refused, 429, "rate_limited")
        assert "too often" in error["message"]
        assert 3500 < int(refused.headers["retry-after"]) <= 3600
        assert backend.asked == []
        assert client.get("/health/live").status_code == 200
        assert client.get("/").status_code == 200
        assert figure(client, "certpath_rejected_total", reason="rate_limited") == 1


async def passed(app: RateLimit, host: str) -> bool:
    let_through: list[int] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            let_through.append(message["status"])

    scope = {
        "type": "http",
        "path": "/api/x",
        "client": (host, 1),
        "headers": [],
        "query_string": b"",
    }
    await app({**scope, "state": {"request_id": "r"}}, receive, send)
    return let_through == [204]


async def anything(_: Scope, __: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body"})


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("10.0.0.1", "10.0.0.2", False),
        ("10.0.0.1", "10.0.0.1", True),
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
    ],
)
async def test_clients_are_counted_apart(first: str, second: str, same: bool) -> None:
    app = RateLimit(anything, "1/minute")
    assert await passed(app, first)
    assert await passed(app, second) is not same


@pytest.mark.parametrize(
    ("settings", "rate"),
    [
        ({}, None),
        ({"host": "0.0.0.0"}, "120/minute"),  # noqa: S104 - that is the case
        ({"host": "intranet"}, "120/minute"),
        ({"trusted_proxies": "127.0.0.1"}, "120/minute"),
        ({"host": "0.0.0.0", "rate_limit": "off"}, None),  # noqa: S104 - likewise
        ({"rate_limit": "5/second"}, "5/second"),
    ],
)
def test_whoever_can_be_reached_from_elsewhere_is_protected_by_default(
    settings: dict[str, str], rate: str | None
) -> None:
    assert Settings.model_validate(settings).rate == rate


@pytest.mark.parametrize("rate", ["0/minute", "60", "60/fortnight", "60/minute;1/second", ""])
def test_other_rates_are_refused_at_the_start(rate: str) -> None:
    with pytest.raises(ValueError, match="rate_limit"):
        Settings(rate_limit=rate)


async def run_limited(
    app: Callable[[Scope, Receive, Send], Awaitable[None]], *pieces: bytes
) -> None:
    """The body comes in pieces and then stops coming."""
    coming = iter(pieces)

    async def receive() -> Message:
        try:
            return {"type": "http.request", "body": next(coming), "more_body": True}
        except StopIteration:
            await asyncio.sleep(3600)
            raise

    async def send(_: Message) -> None: ...

    await app({"type": "http", "headers": []}, receive, send)


async def test_body_that_does_not_come_is_malformed() -> None:
    async def read(_: Scope, receive: Receive, __: Send) -> None:
        while (await receive())["more_body"]:
            pass

    with pytest.raises(HTTPException) as raised:
        await run_limited(BodyLimit(read, seconds=0.05), b"{", b'"')
    assert raised.value.status_code == 400
    assert raised.value.headers == {"Connection": "close"}


async def test_waiting_after_the_body_is_not_limited() -> None:
    """So that a slow answer can watch for its caller going away."""

    async def read(_: Scope, receive: Receive, __: Send) -> None:
        assert (await receive())["more_body"] is False
        assert (await receive())["type"] == "http.disconnect"

    coming: list[Message] = [{"type": "http.request", "body": b""}, {"type": "http.disconnect"}]
    messages = iter(coming)

    async def receive() -> Message:
        message = next(messages)
        if message["type"] == "http.disconnect":
            await asyncio.sleep(0.1)
        return {"more_body": False, **message}

    async def send(_: Message) -> None: ...

    await BodyLimit(read, seconds=0.05)({"type": "http", "headers": []}, receive, send)
