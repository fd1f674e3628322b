import threading
from concurrent.futures import Future

import pytest

from assistant.deadline import Deadline
from assistant.errors import Cancelled, TimedOut

SECONDS = 10


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_time_runs_out_at_the_end_and_not_before() -> None:
    clock = Clock()
    deadline = Deadline(2.0, clock)
    clock.now = 101.9
    deadline.check()
    clock.now = 102.0
    with pytest.raises(TimedOut):
        deadline.check()


def test_cancelling_takes_what_is_awaited_out_of_its_queue_and_frees_who_waits() -> None:
    deadline = Deadline(SECONDS)
    queued: Future[int] = Future()
    raised: list[BaseException] = []

    def wait() -> None:
        try:
            deadline.result(queued, SECONDS)
        except Cancelled as error:
            raised.append(error)

    waiter = threading.Thread(target=wait)
    waiter.start()
    deadline.cancel()
    waiter.join(SECONDS)
    assert queued.cancelled()
    assert len(raised) == 1
    with pytest.raises(Cancelled):
        deadline.check()


def test_a_stage_that_takes_too_long_is_given_up_and_withdrawn() -> None:
    queued: Future[int] = Future()
    with pytest.raises(TimedOut):
        Deadline(SECONDS).result(queued, 0.01)
    assert queued.cancelled()


def test_a_stage_has_no_more_time_than_the_whole() -> None:
    queued: Future[int] = Future()
    with pytest.raises(TimedOut):
        Deadline(0.01).result(queued, SECONDS)


def test_results_and_errors_come_through() -> None:
    done: Future[int] = Future()
    done.set_result(7)
    assert Deadline(SECONDS).result(done, SECONDS) == 7
    failed: Future[int] = Future()
    failed.set_exception(KeyError("x"))
    with pytest.raises(KeyError):
        Deadline(SECONDS).result(failed, SECONDS)
