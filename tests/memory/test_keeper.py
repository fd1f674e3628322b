"""The keeper: waits for its database, tells whether it is there, deletes what is past its time."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.errors import ConversationUnknown
from assistant.memory import keeper as module
from assistant.memory.database import Database, sqlite_url
from assistant.memory.keeper import Keeper
from assistant.memory.store import Store
from tests.memory.samples import QUESTION, Clock


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RETRY_SECONDS", 0.02)
    monkeypatch.setattr(module, "SWEEP_SECONDS", 0.02)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    store = Store(Database(sqlite_url(tmp_path / "certpath.db")), clock)
    yield store
    store.close()


def wait_until_open(keeper: Keeper) -> None:
    deadline = time.monotonic() + 10
    while keeper.problem() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert keeper.problem() is None


def swept(store: Store, conversation_id: str, within: float) -> bool:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            store.conversation(conversation_id)
        except ConversationUnknown:
            return True
        time.sleep(0.01)
    return False


@pytest.mark.parametrize(
    ("days", "kept"), [(30, timedelta(days=30)), (0, timedelta(hours=1)), (None, None)]
)
def test_conversations_are_deleted_when_their_time_is_over(
    store: Store, clock: Clock, days: int | None, kept: timedelta | None
) -> None:
    store.open()
    turn = store.begin(QUESTION)
    store.fail(turn)
    keeper = Keeper(store, days)
    keeper.start()
    clock.now += kept or timedelta(days=36_500)
    assert not swept(store, turn.conversation_id, 0.2)
    clock.pass_by(seconds=1)
    assert swept(store, turn.conversation_id, 10 if kept else 0.2) == (kept is not None)
    keeper.close()


def test_database_that_comes_later_is_waited_for(store: Store, tmp_path: Path) -> None:
    blocked = tmp_path / "certpath.db"
    blocked.mkdir()
    keeper = Keeper(store, 90)
    assert keeper.problem() == "the database of the conversations has not been opened yet"
    keeper.start()
    time.sleep(0.1)
    assert keeper.problem() == "the database of the conversations has not been opened yet"
    blocked.rmdir()
    wait_until_open(keeper)
    store.begin(QUESTION)
    keeper.close()


def test_database_that_goes_away_is_told(store: Store, tmp_path: Path) -> None:
    keeper = Keeper(store, None)
    keeper.start()
    wait_until_open(keeper)
    store.close()
    for file in tmp_path.iterdir():
        file.unlink()
    (tmp_path / "certpath.db").mkdir()
    assert keeper.problem() == "the database of the conversations cannot be reached"
    keeper.close()


def test_keeper_that_was_never_started_can_be_closed(store: Store) -> None:
    Keeper(store, 90).close()
