"""Serves the newest generation while ingest, another process, publishes the next."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from assistant.errors import CertpathError, IndexMissing, Unavailable
from assistant.index.manifest import current

T = TypeVar("T")

LOOK_SECONDS = 1.0
RETRY_SECONDS = 30.0  # before a generation that could not be opened is tried again

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Served(Generic[T]):
    generation: str
    value: T
    users: int = 0
    retired: bool = False


class Live(Generic[T]):
    """Thread safe. ``opener`` gets a generation's folder, ``closer`` what it returned.

    ``clock`` counts seconds (``time.monotonic``). The first use opens; later generations are
    opened by a thread of their own, beside the old one, which goes on serving until then and is
    closed after its last user has left.
    """

    def __init__(
        self,
        collection_dir: Path,
        opener: Callable[[Path], T],
        closer: Callable[[T], None],
        clock: Callable[[], float],
    ) -> None:
        self._dir = collection_dir
        self._opener = opener
        self._closer = closer
        self._clock = clock
        self._guard = threading.Lock()  # held for moments only
        self._opening = threading.Lock()  # held while a generation is being opened
        self._served: _Served[T] | None = None
        self._looked = float("-inf")
        self._failed: tuple[str, float] | None = None  # generation, when
        self._problem: str | None = None
        self._closed = False

    @property
    def problem(self) -> str | None:
        """Why the newest generation is not the one being served, for an operator."""
        return self._problem

    @property
    def generation(self) -> str | None:
        """The one being served; None before the first use."""
        served = self._served
        return served.generation if served else None

    @contextmanager
    def use(self) -> Iterator[T]:
        """The current generation, which stays open at least as long as the block.

        Raises IndexMissing before the first publication, Unavailable once closed, and what
        ``opener`` raises while there is nothing older to serve.
        """
        self._look()
        with self._guard:
            served = self._served
            if self._closed or served is None:
                raise Unavailable("The index has been closed.")
            served.users += 1
        try:
            yield served.value
        finally:
            with self._guard:
                served.users -= 1
                last = served.retired and served.users == 0
            if last:
                self._closer(served.value)

    def close(self) -> None:
        """Waits for a generation that is being opened; users keep theirs until they leave."""
        with self._guard:
            self._closed = True
        with self._opening:
            self._swap(None)

    def _look(self) -> None:
        if self._served is None:
            self._open_first()
            return
        with self._guard:
            now = self._clock()
            if self._closed or now - self._looked < LOOK_SECONDS:
                return
            self._looked = now
        if self._is_newer():
            threading.Thread(target=self._load_beside, name="open-index", daemon=True).start()

    def _open_first(self) -> None:
        with self._opening:
            if self._served is None and not self._closed:
                self._load()

    def _is_newer(self) -> bool:
        try:
            newest = current(self._dir)
        except CertpathError as error:
            self._problem = error.message
            return False
        if newest is None or newest.generation == self.generation:
            self._problem = None if newest else f"{self._dir} has been emptied."
            return False
        failed = self._failed
        return (
            failed is None
            or failed[0] != newest.generation
            or self._clock() - failed[1] >= RETRY_SECONDS
        )

    def _load_beside(self) -> None:
        if not self._opening.acquire(blocking=False):
            return
        try:
            if self._is_newer():
                self._load()
        except Exception:  # noqa: BLE001 - the old generation goes on serving
            _log.exception("The new generation is not served: %s", self._problem)
        finally:
            self._opening.release()

    def _load(self) -> None:
        """The caller holds ``_opening``."""
        name = "?"
        try:
            newest = current(self._dir)
            if newest is None:
                raise IndexMissing(
                    f"Nothing has been published in {self._dir} yet.", "Run `python ingest.py`."
                )
            name = newest.generation
            value = self._opener(self._dir / name)
        except Exception as error:
            self._failed = (name, self._clock())
            ours = isinstance(error, CertpathError)
            self._problem = str(error) if ours else f"{name} cannot be opened: {error}"
            raise
        self._failed, self._problem = None, None
        self._swap(_Served(name, value))

    def _swap(self, new: _Served[T] | None) -> None:
        with self._guard:
            if self._closed and new is not None:
                old: _Served[T] | None = new  # came too late
            else:
                old, self._served = self._served, new
            self._looked = self._clock()
            idle = old is not None and old.users == 0
            if old is not None:
                old.retired = True
        if old is not None and idle:
            self._closer(old.value)
