"""The app around a fake backend, without a server."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from assistant.memory.store import Store
from assistant.settings import Settings
from assistant.web.app import create_app
from tests.web.fake import FakeBackend


@pytest.fixture
def backend(memory: Store) -> FakeBackend:
    return FakeBackend(memory)


@pytest.fixture
def client(backend: FakeBackend) -> Iterator[TestClient]:
    with TestClient(create_app(backend, Settings()), raise_server_exceptions=False) as client:
        yield client
