"""The steps lead to the tables, on both databases, once, and not past what this version knows."""

import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.engine import URL

from assistant.errors import StorageError, StorageUnavailable
from assistant.memory.database import Database, database_url, sqlite_url
from assistant.memory.migrating import migrate, newest
from assistant.memory.store import Store
from assistant.memory.tables import Base
from tests.memory.samples import QUESTION


@pytest.fixture
def database(url: URL) -> Iterator[Database]:
    database = Database(url)
    yield database
    database.close()


def test_steps_lead_to_the_tables(database: Database) -> None:
    assert migrate(database)
    with database.migrating() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert context.get_current_revision() == newest()
        assert compare_metadata(context, Base.metadata) == []


def test_second_start_changes_nothing(database: Database) -> None:
    assert migrate(database)
    assert not migrate(database)


def test_processes_that_start_together_migrate_once(url: URL) -> None:
    databases = [Database(url) for _ in range(4)]
    done: list[bool] = []
    threads = [threading.Thread(target=lambda d=d: done.append(migrate(d))) for d in databases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for database in databases:
        database.close()
    assert sorted(done) == [False, False, False, True]


def test_database_of_a_newer_version_is_refused(database: Database) -> None:
    migrate(database)
    with database.migrating() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageError, match="9999"):
        migrate(database)


def test_step_that_fails_leaves_nothing_behind(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise StorageError("stopped half way")

    with monkeypatch.context() as patch:
        patch.setattr("alembic.op.create_index", broken)
        with pytest.raises(StorageError, match="half way"):
            migrate(database)
    assert migrate(database)


def test_file_of_conversations_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "certpath.db"
    store = Store(Database(sqlite_url(path)))
    store.open()
    store.begin(QUESTION)
    modes = {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    store.close()
    assert modes == {0o600}


def test_deleted_text_is_not_left_in_the_files(tmp_path: Path) -> None:
    path = tmp_path / "certpath.db"
    store = Store(Database(sqlite_url(path)))
    store.open()
    turn = store.begin(QUESTION)
    store.fail(turn)
    secret = QUESTION.text.encode()
    assert any(secret in file.read_bytes() for file in tmp_path.iterdir())
    store.delete(turn.conversation_id)
    assert not any(secret in file.read_bytes() for file in tmp_path.iterdir())
    store.close()


def test_commits_are_synced_and_keys_hold(tmp_path: Path) -> None:
    database = Database(sqlite_url(tmp_path / "certpath.db"))
    with database.reading() as session:
        told = [
            session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    database.close()
    assert told == ["wal", 2, 1, 10_000]


def test_database_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    for url in (
        database_url(f"postgresql://nobody@/none?host={tmp_path}"),
        sqlite_url(tmp_path),  # a folder
        sqlite_url(Path("/proc/nowhere/certpath.db")),
    ):
        store = Store(Database(url))
        with pytest.raises(StorageUnavailable):
            store.check()
        with pytest.raises(StorageUnavailable):
            store.begin(QUESTION)
        with pytest.raises(StorageUnavailable):
            store.open()
        store.close()


@pytest.mark.parametrize("given", ["mysql://x/y", "sqlite://", "sqlite:///:memory:", "no url"])
def test_other_databases_are_refused(given: str) -> None:
    with pytest.raises(ValueError, match=r"supported|no URL"):
        database_url(given)
