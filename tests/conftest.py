"""What several parts need: the real corpus behind fakes, and the real service built once."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from assistant.answering.snapshot import Snapshot
from assistant.index.embedding import Embedder
from assistant.ingestion.ingest import CACHE_FILE, COLLECTION, ingest
from assistant.ingestion.progress import Silent
from assistant.knowledge.loading import load_corpus
from assistant.knowledge.model import Knowledge
from assistant.knowledge.passages import LANGUAGES, build_passages
from assistant.memory.database import Database, sqlite_url
from assistant.memory.store import Store
from assistant.services import Services, build_embedder
from assistant.settings import ROOT, Settings
from tests.index.fakes import FakeEmbedder, FakeIndex


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--require-postgresql",
        action="store_true",
        help="fail where PostgreSQL is not installed; without it those tests are skipped",
    )
    parser.addoption(
        "--soak-seconds",
        type=float,
        default=10.0,
        help="how long eight clients ask at once, beside an ingest; 10 without it",
    )


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the tables of the store, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "certpath.db"
    store = Store(Database(sqlite_url(path)))
    store.open()
    store.close()
    return path


@pytest.fixture
def memory(migrated: Path, tmp_path: Path) -> Iterator[Store]:
    """The real store, empty."""
    store = Store(Database(sqlite_url(Path(shutil.copy(migrated, tmp_path / "memory.db")))))
    yield store
    store.close()


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The corpus that ships."""
    return load_corpus(ROOT / "corpus")


@pytest.fixture(scope="session")
def snapshot(knowledge: Knowledge) -> Snapshot:
    """The corpus that ships, searched without a model, and so without its competency questions,
    which are told apart by meaning."""
    texts = [
        [statement.text.stored(language) for statement in knowledge.statements.values()]
        for language in LANGUAGES
    ]
    fake = FakeEmbedder()
    vectors = np.stack([fake.embed_all("passage", some, lambda _: None) for some in texts])
    asked = fake.embed_all("query", (), lambda _: None)
    alone = replace(knowledge, questions=())
    return Snapshot(FakeIndex(build_passages(knowledge)), alone, vectors, asked)


@pytest.fixture(scope="session")
def embedder() -> Iterator[Embedder]:
    """The bundled model."""
    embedder = build_embedder(Settings(), lambda _: None)
    yield embedder
    embedder.close()


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """An index of the corpus that ships, made with the bundled model."""
    folder = tmp_path_factory.mktemp("data")
    settings = Settings(data_dir=folder)
    known = Settings().index_dir / COLLECTION / CACHE_FILE
    if known.exists():  # what `make ingest` embedded: minutes saved, and each entry is checked
        (settings.index_dir / COLLECTION).mkdir(parents=True)
        shutil.copy(known, settings.index_dir / COLLECTION / CACHE_FILE)
    ingest(settings.corpus_dir, settings.index_dir, embedder, Silent(), lambda: datetime.now(UTC))
    return folder


@pytest.fixture(scope="session")
def services(data_dir: Path, embedder: Embedder) -> Iterator[Services]:
    """The real service, ready to answer."""
    services = Services(Settings(data_dir=data_dir), embedder)
    services.memory.open()
    services.warm_up()
    yield services
    services.close()
