"""Serves the newest generation while ingest, another process, publishes the next."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from assistant.errors import CertpathError, IndexMissing, Unavailable
from assistant.index.manifest import current, published

T = TypeVar("T")

LOOK_SECONDS = 1.0
RETRY_SECONDS = 30.0  # before a generation that could not be opened is tried again

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Refused:
    """Why the newest generation is not served; no ``generation`` where none can be told."""

    generation: str | None
    error: Exception
    at: float

    @property
    def code(self) -> str:
        return self.error.code if isinstance(self.error, CertpathError) else "internal"


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
    closed after its last user has left. Where the first cannot be opened, an older one is.
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
        self._refused: Refused | None = None
        self._closed = False

    @property
    def refused(self) -> Refused | None:
        """None while the newest generation is the one being served."""
        return self._refused

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
        """Whether there is another generation than the served one, worth trying to open."""
        try:
            newest = self._newest()
        except CertpathError as error:
            self._refused = Refused(None, error, self._clock())
            return False
        if newest == self.generation:
            self._refused = None
            return False
        refused = self._refused
        return (
            refused is None
            or refused.generation != newest
            or self._clock() - refused.at >= RETRY_SECONDS
        )

    def _newest(self) -> str:
        newest = current(self._dir)
        if newest is None:
            raise IndexMissing(
                f"Nothing has been published in {self._dir} yet.", "Run `python ingest.py`."
            )
        return newest.generation

    def _load_beside(self) -> None:
        if not self._opening.acquire(blocking=False):
            return
        try:
            if self._is_newer():
                self._load()
        except Exception:  # noqa: BLE001 - the old generation goes on serving
            _log.exception("The new generation is not served")
        finally:
            self._opening.release()

    def _load(self) -> None:
        """The caller holds ``_opening``."""
        newest = None
        try:
            newest = self._newest()
            value = self._opener(self._dir / newest)
        except Exception as error:
            self._refused = Refused(newest, error, self._clock())
            if self._served is not None or isinstance(error, IndexMissing):
                raise
            if not self._load_older(newest):
                raise
        else:
            self._refused = None
            self._swap(_Served(newest, value))

    def _load_older(self, newest: str | None) -> bool:
        """Whether there was another generation that could be opened, to have one to serve."""
        for name in published(self._dir):
            if name != newest:
                try:
                    value = self._opener(self._dir / name)
                except Exception:  # noqa: BLE001 - the newest one's error is what counts
                    _log.exception("%s cannot be opened either", name)
                else:
                    _log.error("An older generation is served: %s", self._refused)
                    self._swap(_Served(name, value))
                    return True
        return False

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
