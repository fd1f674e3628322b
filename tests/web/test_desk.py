"""Few questions at once, few in the line; who goes away frees the place when the thread ends."""

import asyncio
import threading
from typing import Any

import pytest

from assistant.deadline import Deadline
from assistant.errors import Busy, Cancelled, TimedOut
from assistant.settings import Settings
from assistant.web.desk import Desk
from assistant.web.telemetry import Telemetry
from tests.web.fake import forgetful

SECONDS = 10.0


class Slow:
    """Work that lasts until ``go``; keeps how each piece of it ended."""

    def __init__(self) -> None:
        self.begun = threading.Semaphore(0)
        self.go = threading.Event()
        self.over = threading.Event()
        self.ended: list[str] = []

    def __call__(self, deadline: Deadline) -> str:
        self.begun.release()
        assert self.go.wait(SECONDS)
        try:
            deadline.check()
            self.ended.append("done")
        except (Cancelled, TimedOut) as error:
            self.ended.append(error.code)
            raise
        finally:
            self.over.set()
        return "done"


def desk(**limits: Any) -> Desk:
    settings = {"answers_at_once": 1, "answers_waiting": 1, "queue_seconds": SECONDS, **limits}
    return Desk(Settings(**settings), Telemetry(forgetful().readiness, log_questions=False))


async def started(at: Desk, work: Slow) -> "asyncio.Task[str]":
    task = asyncio.create_task(at.run(work))
    assert await asyncio.to_thread(work.begun.acquire, timeout=SECONDS)
    return task


async def test_one_works_one_waits_and_the_third_is_turned_away_at_once() -> None:
    at, work = desk(), Slow()
    first = await started(at, work)
    second = asyncio.create_task(at.run(work))
    await asyncio.sleep(0)
    assert at.waiting == 1
    with pytest.raises(Busy):
        await at.run(work)
    work.go.set()
    assert [await first, await second] == ["done", "done"]
    assert at.waiting == 0


async def test_without_a_line_a_free_place_is_still_taken() -> None:
    at = desk(answers_waiting=0)
    assert await at.run(lambda _: 1) == 1
    assert await at.run(lambda _: 2) == 2


async def test_turn_that_does_not_come_in_time_is_busy() -> None:
    at, work = desk(queue_seconds=0.01), Slow()
    first = await started(at, work)
    with pytest.raises(Busy):
        await at.run(work)
    work.go.set()
    await first


async def test_work_that_takes_too_long_is_given_up_and_keeps_its_place_until_it_ends() -> None:
    at, work = desk(answer_seconds=0.05, queue_seconds=0.2), Slow()
    with pytest.raises(TimedOut):
        await at.run(work)
    with pytest.raises(Busy):
        await at.run(work)
    work.go.set()
    assert await at.run(lambda _: "free") == "free"
    assert len(work.ended) == 1


async def test_work_hears_that_its_caller_has_gone() -> None:
    at, work = desk(), Slow()
    task = await started(at, work)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    work.go.set()
    assert await asyncio.to_thread(work.over.wait, SECONDS)
    assert work.ended == ["cancelled"]
