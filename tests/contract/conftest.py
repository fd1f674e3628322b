"""The whole service behind the real corpus and index, only without a model."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.ingestion.ingest import ingest
from assistant.ingestion.progress import Silent
from assistant.services import Services
from assistant.settings import Settings
from assistant.web.app import create_app
from tests.index.fakes import FakeEmbedder


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"))
    model = FakeEmbedder()
    ingest(settings.corpus_dir, settings.index_dir, model, Silent(), lambda: datetime.now(UTC))
    services = Services(settings, model)
    services.memory.open()
    services.warm_up()
    yield create_app(services, settings)
    services.close()


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client
