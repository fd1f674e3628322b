"""The thread that brings the database up to date, and then deletes what is past its time."""

import logging
import threading
from datetime import timedelta

from assistant.errors import CertpathError, StorageUnavailable
from assistant.memory.store import Store

SWEEP_SECONDS = 600.0
RETRY_SECONDS = 5.0  # before a database that could not be opened is tried again
IN_USE = timedelta(hours=1)  # what is kept of a conversation that nothing is to be kept of

_log = logging.getLogger(__name__)


class Keeper:
    """Retries for ever: the server waits, not ready, for a database that starts later.

    ``days`` is how long a conversation is kept after its last message; None for ever. With 0 it is
    kept while it is in use: until an hour has passed without a message.
    """

    def __init__(self, store: Store, days: int | None) -> None:
        self._store = store
        self._idle = None if days is None else timedelta(days=days) or IN_USE
        self._stop = threading.Event()
        self._opened = False
        self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Waits for what is being deleted."""
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join()
        self._store.close()

    def problem(self) -> str | None:
        """Why conversations cannot be kept now, in public words; asks the database."""
        if not self._opened:
            return "the database of the conversations has not been opened yet"
        try:
            self._store.check()
        except StorageUnavailable:
            return "the database of the conversations cannot be reached"
        return None

    def _run(self) -> None:
        while not self._open():
            if self._stop.wait(RETRY_SECONDS):
                return
        while self._idle is not None and not self._stop.is_set():
            self._sweep(self._idle)
            self._stop.wait(SWEEP_SECONDS)

    def _open(self) -> bool:
        try:
            self._store.open()
        except CertpathError as error:
            _log.error("%s %s", error.message, error.hint)
        else:
            self._opened = True
        return self._opened

    def _sweep(self, idle: timedelta) -> None:
        try:
            deleted = self._store.sweep(idle)
        except CertpathError as error:
            _log.warning("Old conversations were not deleted: %s", error.message)
        else:
            if deleted:
                _log.info("Deleted %s conversations past their time.", deleted)
