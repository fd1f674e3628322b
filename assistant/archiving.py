"""Backups: conversations and index in one file, checked before anything is put back.

A gzipped tar of ``certpath.db``, ``index/<collection>/<generation>/``, ``backup.json`` and
``SHA256SUMS`` of them all.
"""

import json
import os
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from filelock import FileLock, Timeout

from assistant import __version__
from assistant.errors import IndexDamaged, IngestRunning, StorageError
from assistant.index import checksums, durable
from assistant.index.manifest import current, point_to, read_manifest
from assistant.memory import copying

FORMAT = 1
_DATABASE, _INDEX, _ABOUT = "certpath.db", "index", "backup.json"


@dataclass(frozen=True, slots=True)
class Backup:
    """``conversations`` is None where there are none in it; ``generations`` are paths of folders
    below the index."""

    made_at: str
    version: str
    conversations: int | None
    generations: tuple[str, ...]
    format: int = FORMAT


def save(archive: Path, index_dir: Path, database: Path | None, now: datetime) -> Backup:
    """Writes the whole archive or nothing; a server may run. ``now`` is aware.

    Raises StorageError, IndexDamaged.
    """
    with _told(), _staging(archive.absolute().parent) as staging:
        count = None
        if database is not None and database.exists():
            copying.copy(database, staging / _DATABASE)
            count = copying.conversations(staging / _DATABASE)
        made_at = now.astimezone(UTC).isoformat(timespec="seconds")
        about = Backup(made_at, __version__, count, tuple(_copied_index(index_dir, staging)))
        if count is None and not about.generations:
            raise StorageError("There is nothing to back up yet.")
        (staging / _ABOUT).write_text(json.dumps(asdict(about)) + "\n", "utf-8")
        checksums.write_checksums(staging)
        packed = staging.with_name(staging.name + ".tar.gz")
        try:
            with tarfile.open(packed, "w:gz") as tar:
                for path in sorted(staging.rglob("*")):
                    tar.add(path, path.relative_to(staging).as_posix(), recursive=False)
            packed.chmod(0o600)
            durable.sync(packed)
            packed.replace(archive)
        finally:
            packed.unlink(missing_ok=True)
        durable.sync(archive.absolute().parent)
        return about


def restore(archive: Path, index_dir: Path, database: Path) -> Backup:
    """Puts back what the archive holds, once all of it has been checked.

    Nothing is touched before; then each generation and the database come in by one rename. Raises
    StorageError, also where a server has the database open, and IngestRunning.
    """
    with _told(), _staging(database.absolute().parent) as staging:
        about = _unpacked(archive, staging)
        if about.conversations is not None:
            copying.conversations(staging / _DATABASE)
            copying.take_over(database)
        durable.sync_tree(staging)
        for generation in about.generations:
            _put_generation(staging / _INDEX / generation, index_dir / generation)
        if about.conversations is not None:
            copying.put(staging / _DATABASE, database)
            durable.sync(database.parent)
        return about


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (OSError, tarfile.TarError, EOFError, zlib.error) as error:
        raise StorageError(f"The backup failed: {error}", "Nothing was replaced.") from error


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """A folder beside where things will be, so that they can be renamed into place."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="backup-", dir=folder) as name:
        yield Path(name)


def _copied_index(index_dir: Path, staging: Path) -> Iterator[str]:
    """The current generation of each collection, whole."""
    for collection in sorted(index_dir.glob("*")):
        manifest = current(collection) if collection.is_dir() else None
        if manifest is not None:
            generation = f"{collection.name}/{manifest.generation}"
            copied = staging / _INDEX / generation
            shutil.copytree(index_dir / generation, copied)
            checksums.check(copied)
            yield generation


def _unpacked(archive: Path, staging: Path) -> Backup:
    with tarfile.open(archive, "r:gz") as tar:
        for member in tar:
            _unpack(tar, member, staging)
    try:
        checksums.check(staging)
    except IndexDamaged as error:
        raise StorageError(f"{archive} is damaged: {error.message}", "Use another one.") from error
    about = _about(staging / _ABOUT, archive)
    there = {path.parent for path in staging.glob(f"{_INDEX}/*/*/manifest.json")}
    if there != {staging / _INDEX / generation for generation in about.generations}:
        raise StorageError(f"{archive} does not hold what it says.")
    return about


def _unpack(tar: tarfile.TarFile, member: tarfile.TarInfo, staging: Path) -> None:
    """Plain files and folders inside ``staging``; anything else is refused."""
    name = PurePosixPath(member.name)
    content = tar.extractfile(member) if member.isfile() else None
    if name.is_absolute() or ".." in name.parts or not (content or member.isdir()):
        raise StorageError(f"{member.name!r} has no place in a backup.")
    target = staging / name
    if content is None:
        target.mkdir(parents=True, exist_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with content, os.fdopen(descriptor, "wb") as file:
        shutil.copyfileobj(content, file)


def _about(path: Path, archive: Path) -> Backup:
    try:
        told: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if told.pop("format") != FORMAT:
            raise StorageError(f"{archive} was made by a version with another format.")
        return Backup(**{**told, "generations": tuple(told["generations"])})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StorageError(f"{archive} is no backup of Certpath.") from error


def _put_generation(unpacked: Path, target: Path) -> None:
    collection = target.parent
    collection.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(collection / "ingest.lock").acquire(timeout=0):
            if target.exists():  # the same name is the same content, unless it is damaged
                shutil.rmtree(target)
            unpacked.replace(target)
            durable.sync(collection)
            point_to(read_manifest(target), collection)
    except Timeout as error:
        raise IngestRunning("An ingest is running on this index.", "Wait for its end.") from error
