"""The database behind the store: SQLite in a file, or PostgreSQL, told by the URL."""

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session, sessionmaker

from assistant.errors import StorageUnavailable

BUSY_SECONDS = 10
_WRITES = "writes"
_log = logging.getLogger(__name__)
# WAL lets readers read while one writes. FULL syncs at every commit, so that what was acknowledged
# outlives a power cut; NORMAL would only outlive the process. secure_delete overwrites what is
# deleted instead of leaving it in free pages.
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    f"busy_timeout={BUSY_SECONDS * 1000}",
)


class Database:
    """Transactions on one database; thread safe, and nothing is opened before the first use.

    Whatever the database itself cannot do is raised as StorageUnavailable, except IntegrityError,
    which says something about the data.
    """

    def __init__(self, url: URL) -> None:
        self.url = url
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self._engine = _sqlite(url) if self.is_sqlite else _postgresql(url)
        self._reads = sessionmaker(self._engine)
        self._writes = sessionmaker(self._engine.execution_options(**{_WRITES: True}))
        # SQLite lets one connection write and has the others poll; a lock of ours is fair.
        self._turn: AbstractContextManager[object] = (
            threading.Lock() if self.is_sqlite else nullcontext()
        )

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A consistent view; nothing is written."""
        with _told(), self._reads() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Committed, and synced to the disk, when the block has ended; undone if it raises."""
        with _told(), self._turn, self._writes.begin() as session:
            yield session

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """A transaction that no second process can be in at the same time."""
        engine = self._engine.execution_options(**{_WRITES: True})
        with _told(), self._turn, engine.begin() as connection:
            if not self.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(7201000020000)"))
            yield connection

    def check(self) -> None:
        """Raises StorageUnavailable where the database does not answer."""
        with self.reading() as session:
            session.execute(text("SELECT 1"))

    def forget(self) -> None:
        """Empty SQLite's log, which still holds deleted pages; skipped while others read it."""
        if self.is_sqlite:
            with _told(), self._engine.connect() as connection:
                raw = connection.connection.dbapi_connection
                if isinstance(raw, sqlite3.Connection):
                    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self._engine.dispose()


def sqlite_url(path: Path) -> URL:
    return URL.create("sqlite", database=str(path))


def database_url(given: str) -> URL:
    """Raises ValueError where the URL is none, or of another database."""
    try:
        url = make_url(given)
    except ArgumentError:
        raise ValueError("no URL of a database") from None  # which may hold a password
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        raise ValueError("only postgresql:// and sqlite:///file are supported")
    return url


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except IntegrityError:
        raise
    except (DBAPIError, PoolTimeout, OSError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        _log.error("The database cannot be used: %s: %s", type(cause).__name__, cause)
        raise StorageUnavailable(
            "The database of the conversations cannot be used.", "Its log and disk may tell why."
        ) from error


def _sqlite(url: URL) -> Engine:
    engine = create_engine(url, pool_timeout=BUSY_SECONDS, hide_parameters=True)

    @event.listens_for(engine, "do_connect")
    def create(*_: object) -> None:
        path = Path(str(url.database))
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)  # people's questions are nobody else's business

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # transactions begin where we say so, schema included
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A transaction that reads first and writes later would fail, not wait, behind another.
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql(url: URL) -> Engine:
    waits = BUSY_SECONDS * 1000
    return create_engine(
        url,
        pool_pre_ping=True,
        hide_parameters=True,  # people's words have no place in a log
        pool_timeout=BUSY_SECONDS,
        connect_args={
            "connect_timeout": 5,
            "application_name": "certpath",
            "options": f"-c lock_timeout={waits} -c statement_timeout={3 * waits}",
        },
    )
