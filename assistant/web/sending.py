"""A reply on its way to the caller: whole as JSON, or event by event as it is made."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator
from contextlib import aclosing
from typing import Any, TypeVar

import structlog
from fastapi import Request, Response
from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event
from starlette.requests import ClientDisconnect

from assistant.deadline import Deadline
from assistant.web import faults
from assistant.web.chat import Event
from assistant.web.desk import Desk

T = TypeVar("T")
Reply = Callable[[Deadline], Iterator[Event]]
KEEP_ALIVE_SECONDS = 15.0
_UNBUFFERED = {"X-Accel-Buffering": "no"}

_log = structlog.get_logger()


async def whole(request: Request, desk: Desk, reply: Reply) -> Response:
    """The data of the last event."""

    def last(deadline: Deadline) -> str:
        *_, done = reply(deadline)
        return done.data

    data = await _unless_gone(request, desk.run(last))
    return Response(data, media_type="application/json")


async def streamed(request: Request, desk: Desk, reply: Reply) -> Response:
    """What fails before the first event fails as HTTP does; what fails later is an event."""
    events = _events(desk, reply)
    first = await _unless_gone(request, _next(events))
    return EventSourceResponse(_told(request, first, events), headers=_UNBUFFERED)


async def _next(events: AsyncGenerator[bytes]) -> bytes:
    return await anext(events)


async def _events(desk: Desk, reply: Reply) -> AsyncGenerator[bytes]:
    """Encoded events, and comments where none comes for long; closing it stops the work."""
    loop = asyncio.get_running_loop()
    made: asyncio.Queue[Event | None] = asyncio.Queue()

    def make(deadline: Deadline) -> None:
        for event in reply(deadline):
            loop.call_soon_threadsafe(made.put_nowait, event)

    work = asyncio.create_task(desk.run(make))
    work.add_done_callback(lambda _: made.put_nowait(None))
    try:
        while True:
            try:
                event = await asyncio.wait_for(made.get(), KEEP_ALIVE_SECONDS)
            except TimeoutError:
                yield KEEPALIVE_COMMENT
                continue
            if event is None:
                break
            yield format_sse_event(event=event.name, data_str=event.data)
        await work
    finally:
        work.cancel()


async def _told(
    request: Request, first: bytes, events: AsyncGenerator[bytes]
) -> AsyncGenerator[bytes]:
    try:
        async with aclosing(events):
            yield first
            async for event in events:
                yield event
    except Exception as error:  # noqa: BLE001 - the status has been sent, only an event can tell
        fault = faults.of(request, error)
        if fault.code == "internal":
            _log.exception("failed", request_id=fault.request_id)
        yield format_sse_event(event="error", data_str=fault.model_dump_json(exclude_none=True))


async def _unless_gone(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """Stops the work where the caller goes away, and raises ClientDisconnect."""
    task, gone = asyncio.create_task(work), asyncio.create_task(_gone(request))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise ClientDisconnect
        return task.result()
    finally:
        gone.cancel()
        task.cancel()


async def _gone(request: Request) -> None:
    """Returns when the connection is closed; the body has been read before."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
