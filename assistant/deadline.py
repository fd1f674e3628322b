"""How long somebody waits for an answer: until a moment, or until they go away."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import TypeVar

from assistant.errors import Cancelled, TimedOut

T = TypeVar("T")


class Deadline:
    """Thread safe: the one who works asks ``check``, the one who waits may ``cancel``.

    Counts ``seconds`` from its making; ``clock`` gives seconds (``time.monotonic``).
    """

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._end = clock() + seconds
        self._guard = threading.Lock()
        self._cancelled = False
        self._withdraw: Callable[[], object] | None = None

    def cancel(self) -> None:
        """Nobody waits any more: what is awaited is taken out of its queue."""
        with self._guard:
            self._cancelled = True
            withdraw = self._withdraw
        if withdraw is not None:
            withdraw()

    def check(self) -> None:
        """Raises Cancelled or TimedOut; call it between two pieces of work."""
        if self._cancelled:
            raise Cancelled("Nobody waits for this answer any more.")
        if self._clock() >= self._end:
            raise TimedOut("The time for an answer has run out.")

    def result(self, future: "Future[T]", seconds: float) -> T:
        """What the future gives, within ``seconds`` and the deadline; else it is cancelled.

        Raises what ``check`` raises, and what the future holds.
        """
        with self._guard:
            self._withdraw = future.cancel
        try:
            self.check()
            return future.result(max(0.0, min(seconds, self._end - self._clock())))
        except CancelledError:
            self.check()
            raise
        except TimeoutError as error:
            raise TimedOut("The time for one stage of an answer has run out.") from error
        finally:
            future.cancel()
            with self._guard:
                self._withdraw = None
