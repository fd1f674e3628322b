"""The same store on each of the databases it can stand on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from assistant.memory.database import Database, database_url, sqlite_url
from assistant.memory.store import Store
from tests.memory.postgres import Server, binaries, postgresql
from tests.memory.samples import Clock


@pytest.fixture(scope="session")
def server(pytestconfig: pytest.Config) -> Iterator[Server]:
    """Of PostgreSQL; fails, not skips, where one is required."""
    programs = binaries()
    if programs is None:
        if pytestconfig.getoption("--require-postgresql"):
            pytest.fail("PostgreSQL is not installed (Debian: apt-get install postgresql)")
        pytest.skip("PostgreSQL is not installed")
    with postgresql(programs) as server:
        yield server


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> URL:
    """An empty database."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path / "data" / "certpath.db")
    server: Server = request.getfixturevalue("server")
    return database_url(server.database())


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(url: URL, clock: Clock) -> Iterator[Store]:
    """With its tables, empty."""
    store = Store(Database(url), clock)
    store.open()
    yield store
    store.close()
