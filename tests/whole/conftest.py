import shutil
import socket
from pathlib import Path

import pytest

from assistant.index.e5_container import parse
from assistant.index.model_folder import write_model_folder
from assistant.settings import ROOT
from tests.index.tiny_model import tiny_model
from tests.whole.running import environment


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers folder of a few kilobytes."""
    folder = tmp_path_factory.mktemp("model")
    target = folder / "tiny"
    target.mkdir()
    write_model_folder(parse(tiny_model()), target)
    return target


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A copy of the corpus that ships, for tests that change it."""
    return Path(shutil.copytree(ROOT / "corpus", tmp_path / "corpus"))


@pytest.fixture
def environ(tmp_path: Path, corpus: Path, model: Path, socket_enabled: None) -> dict[str, str]:
    """Settings of a server with an index and a port of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return environment(tmp_path / "data", corpus, model, port)
