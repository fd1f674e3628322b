"""Copies of a SQLite database: taken while it is in use, put back while it is not."""

import sqlite3
from contextlib import closing
from pathlib import Path

from assistant.errors import StorageError
from assistant.memory.migrating import known

_BESIDE = ("-wal", "-shm", "-journal")


def copy(source: Path, target: Path) -> None:
    """A consistent copy as of one moment, by SQLite's online backup; others may read and write.

    Raises StorageError.
    """
    try:
        target.touch(mode=0o600)
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as here,
            closing(sqlite3.connect(target)) as there,
        ):
            here.backup(there)
            there.execute("PRAGMA journal_mode=DELETE")
    except (OSError, sqlite3.Error) as error:
        raise StorageError(f"The database {source} cannot be copied: {error}") from error


def conversations(path: Path) -> int:
    """How many a copy holds; raises StorageError where it is damaged or none of ours."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as copied:
            (sound,) = copied.execute("PRAGMA integrity_check(1)").fetchone()
            (revision,) = copied.execute("SELECT version_num FROM alembic_version").fetchone()
            (count,) = copied.execute("SELECT count(*) FROM conversations").fetchone()
    except (TypeError, sqlite3.Error) as error:
        raise StorageError(f"{path.name} is no database of Certpath: {error}") from error
    if sound != "ok":
        raise StorageError(f"{path.name} is damaged: {sound}")
    if revision not in known():
        raise StorageError(f"{path.name} is of a newer version of Certpath ({revision}).")
    return int(count)


def take_over(target: Path) -> None:
    """Raises StorageError where anybody has the database open; else its log is folded into it."""
    if not target.exists():
        return
    try:
        with closing(sqlite3.connect(target, timeout=0)) as database:
            database.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        hint = "Stop the server first."
        raise StorageError(f"The database {target} is in use: {error}", hint) from error


def put(copied: Path, target: Path) -> None:
    """In one step; ``copied`` is on the same disk, and nobody has ``target`` open."""
    copied.replace(target)
    for ending in _BESIDE:
        target.with_name(target.name + ending).unlink(missing_ok=True)
