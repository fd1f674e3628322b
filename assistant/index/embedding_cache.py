"""Embeddings kept between runs: model, kind and text in, the vector computed before out.

SQLite, since its transactions survive a kill at any moment and it lets several processes in;
diskcache would add pickles, which run code when they are read. SQLite finds damage to its own
structure but not to a value, so each row carries a checksum.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

from assistant.errors import IndexDamaged, IndexNotWritable
from assistant.index.batching import Kind

BUSY_SECONDS = 30.0
_CORRUPT = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_TABLE = """CREATE TABLE embeddings (
    model TEXT NOT NULL,
    kind TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    vector BLOB NOT NULL,
    checksum BLOB NOT NULL,
    generation TEXT,
    PRIMARY KEY (model, kind, text_sha256)
)"""
_SELECT = """
SELECT text_sha256, vector, checksum FROM embeddings
WHERE model = ? AND kind = ? AND text_sha256 IN (SELECT value FROM json_each(?))
"""
_INSERT = "INSERT OR REPLACE INTO embeddings VALUES (?, ?, ?, ?, ?, NULL)"
_USE = """
UPDATE embeddings SET generation = ?
WHERE model = ? AND kind = ? AND text_sha256 IN (SELECT value FROM json_each(?))
"""
_DROP = """
DELETE FROM embeddings
WHERE generation IS NULL OR generation NOT IN (SELECT value FROM json_each(?))
"""


class EmbeddingCache:
    """For one thread, which closes it; other processes may have the same file open.

    A vector is a row of 32-bit floats. Every method raises IndexNotWritable where the disk
    refuses, IndexDamaged where the file was damaged after it had been opened.
    """

    def __init__(self, path: Path, notice: Callable[[str], None]) -> None:
        """A file that is damaged or of another version is made anew, and ``notice`` told so."""
        self._path = path
        self._notice = notice
        with self._guarded():
            path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(path.with_suffix(".lock"), timeout=BUSY_SECONDS):
                self._connection = self._open()

    def find(self, model: str, kind: Kind, texts: Iterable[str]) -> dict[str, NDArray[np.float32]]:
        """Those of ``texts`` that are here; ``notice`` hears of damaged ones, which are not."""
        by_sha256 = {_sha256(text): text for text in texts}
        found: dict[str, NDArray[np.float32]] = {}
        damaged = 0
        with self._guarded():
            rows = self._connection.execute(_SELECT, (model, kind, json.dumps(list(by_sha256))))
            for sha256, vector, checksum in rows:
                if _is_whole(model, kind, sha256, vector, checksum):
                    found[by_sha256[sha256]] = np.frombuffer(vector, "<f4")
                else:
                    damaged += 1
        if damaged:
            self._notice(f"{damaged} embeddings in {self._path.name} are damaged and made again.")
        return found

    def add(self, model: str, kind: Kind, vectors: Mapping[str, NDArray[np.float32]]) -> None:
        """Text to vector, all or none; on disk when this returns."""
        rows = []
        for text, vector in vectors.items():
            sha256, content = _sha256(text), vector.astype("<f4").tobytes()
            rows.append((model, kind, sha256, content, _checksum(model, kind, sha256, content)))
        with self._guarded(), self._connection:
            self._connection.executemany(_INSERT, rows)

    def settle(
        self,
        generation: str,
        model: str,
        used: Mapping[Kind, Collection[str]],
        kept: Collection[str],
    ) -> int:
        """Notes the texts that ``generation`` uses and removes what none of ``kept`` does.

        Returns how many were removed.
        """
        with self._guarded(), self._connection:
            for kind, texts in used.items():
                hashes = json.dumps([_sha256(text) for text in texts])
                self._connection.execute(_USE, (generation, model, kind, hashes))
            return self._connection.execute(_DROP, (json.dumps(list(kept)),)).rowcount

    def close(self) -> None:
        self._connection.close()

    def _open(self) -> sqlite3.Connection:
        try:
            return _connect(self._path)
        except sqlite3.DatabaseError as error:
            if not _is_corrupt(error):
                raise
        self._notice(f"{self._path.name} is damaged or of another version and is made anew.")
        self._path.with_name(f"{self._path.name}-journal").unlink(missing_ok=True)
        self._path.unlink()
        return _connect(self._path)

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            if isinstance(error, sqlite3.Error) and _is_corrupt(error):
                raise IndexDamaged(
                    f"The embedding cache {self._path} is damaged: {error}",
                    "Run `python ingest.py` again: it makes the cache anew.",
                ) from error
            raise IndexNotWritable(
                f"The embedding cache {self._path} cannot be written: {error}"
            ) from error


def _connect(path: Path) -> sqlite3.Connection:
    """Raises sqlite3.DatabaseError, corrupt, for anything but a whole cache or an empty file."""
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
    try:
        tables = connection.execute("SELECT sql FROM sqlite_master WHERE type = 'table'").fetchall()
        if not tables:
            connection.execute("PRAGMA auto_vacuum = FULL")
            connection.execute(_TABLE)
        elif tables != [(_TABLE,)]:
            raise _damage("other tables")
        (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise _damage(verdict)
    except BaseException:
        connection.close()
        raise
    return connection


def _damage(message: str) -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError(message)
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def _is_corrupt(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _CORRUPT


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _is_whole(model: str, kind: Kind, sha256: str, vector: object, checksum: object) -> bool:
    """SQLite may hand out any type: damage can change that, too."""
    return isinstance(vector, bytes) and checksum == _checksum(model, kind, sha256, vector)


def _checksum(model: str, kind: Kind, sha256: str, vector: bytes) -> bytes:
    return hashlib.sha256(f"{model}/{kind}/{sha256}/".encode() + vector).digest()[:16]
