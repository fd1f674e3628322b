"""Where questions take their turn: a few are answered at once, a few more wait, no more."""

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import anyio

from assistant.deadline import Deadline
from assistant.errors import Busy, TimedOut
from assistant.settings import Settings
from assistant.web.telemetry import Telemetry

T = TypeVar("T")


class Desk:
    """Runs work in threads of its own, so that questions never hold up the other routes.

    A place is given back when the thread is done, not when its caller has given up: work that
    hangs makes the service say that it is busy, and never piles up threads.
    """

    def __init__(self, settings: Settings, telemetry: Telemetry) -> None:
        self._settings = settings
        self._telemetry = telemetry
        telemetry.queue_depth.set_function(lambda: self.waiting)
        self._places = anyio.CapacityLimiter(settings.answers_at_once)
        self._threads = ThreadPoolExecutor(settings.answers_at_once, thread_name_prefix="answer")

    @property
    def waiting(self) -> int:
        return self._places.statistics().tasks_waiting

    async def run(self, work: Callable[[Deadline], T]) -> T:
        """What ``work`` returns; it is told by its deadline when nobody waits any more.

        Raises Busy where there is no place soon, TimedOut, and what ``work`` raises.
        """
        try:
            return await self._run(work)
        except (Busy, TimedOut) as error:
            self._telemetry.rejected.labels(error.code).inc()
            raise

    async def _run(self, work: Callable[[Deadline], T]) -> T:
        loop = asyncio.get_running_loop()
        place = object()
        with self._telemetry.stage_seconds.labels("queue").time():
            await self._take(place)
        deadline = Deadline(self._settings.answer_seconds)
        context = contextvars.copy_context()
        future = self._threads.submit(context.run, work, deadline)
        future.add_done_callback(
            lambda _: loop.call_soon_threadsafe(self._places.release_on_behalf_of, place)
        )
        try:
            with anyio.fail_after(self._settings.answer_seconds):
                return await asyncio.wrap_future(future)
        except TimeoutError as error:
            raise TimedOut("The answer took too long.") from error
        finally:
            deadline.cancel()

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _take(self, place: object) -> None:
        if self.waiting >= self._settings.answers_waiting and self._places.available_tokens < 1:
            raise Busy("The line is full.")
        try:
            with anyio.fail_after(self._settings.queue_seconds):
                await self._places.acquire_on_behalf_of(place)
        except TimeoutError as error:
            raise Busy("The turn did not come in time.") from error
