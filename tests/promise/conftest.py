from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from assistant.services import Services
from assistant.settings import Settings
from assistant.web.app import create_app


@pytest.fixture(scope="package")
def client(services: Services) -> Iterator[TestClient]:
    with TestClient(create_app(services, Settings())) as client:
        yield client
