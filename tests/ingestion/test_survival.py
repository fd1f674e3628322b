"""Ingest comes to an end where nobody wants it to: nothing is lost, and it goes on from there."""

import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.index.generations import open_index
from assistant.index.manifest import Manifest, current, published
from assistant.index.searching import Index
from assistant.ingestion.ingest import CACHE_FILE, COLLECTION, Report, ingest
from assistant.ingestion.progress import Silent
from assistant.language import search_forms
from assistant.settings import ROOT
from assistant.types import Hit, StoredLanguage
from tests.index.fakes import FakeEmbedder
from tests.ingestion.ending import FULL, Logging
from tests.knowledge import small

pytestmark = pytest.mark.slow
BEFORE = ["reading", "locking", "sweeping", "comparing", "opening the cache", "embedding"]
EMBEDDING = ["kept 4", "model 2", "kept 5"]  # 1 to 3 are what the cache held before
BUILDING = ["passages", "words", "vectors", "extras", "manifest", "checksums", "flushing"]
PUBLISHING = ["renaming", "switching"]
AFTER = ["pruning", "forgetting"]
WORDINGS = ", ".join(f"谁来做第 {n} 件事？" for n in range(100))  # several batches for the model


@dataclass(frozen=True)
class House:
    """A corpus that has changed since its index was built."""

    folder: Path

    @property
    def corpus(self) -> Path:
        return self.folder / "corpus"

    @property
    def index(self) -> Path:
        return self.folder / "index"

    @property
    def collection(self) -> Path:
        return self.index / COLLECTION

    @property
    def current(self) -> Manifest:
        manifest = current(self.collection)
        assert manifest is not None
        return manifest

    def embedded(self) -> list[str]:
        log = self.folder / "log"
        return log.read_text("utf-8").splitlines() if log.exists() else []

    def ingest(self) -> Report:
        model = Logging(self.folder / "log")
        return ingest(self.corpus, self.index, model, Silent(), lambda: datetime.now(UTC))

    def end(self, how: str, where: str) -> "subprocess.CompletedProcess[str]":
        arguments = [str(self.corpus), str(self.index), str(self.folder / "log"), how, where]
        command = [sys.executable, "-m", "tests.ingestion.ending", *arguments]
        return subprocess.run(
            command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=120
        )

    def open(self) -> Index:
        """Raises IndexDamaged unless the current generation is whole."""
        return open_index(self.collection / self.current.generation, "fake")

    def half_made(self) -> list[str]:
        return [path.name for path in self.collection.iterdir() if path.is_dir() and path.suffix]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> House:
    house = House(tmp_path_factory.mktemp("built"))
    house.corpus.mkdir()
    small.write(house.corpus)
    house.ingest()
    (house.folder / "log").unlink()
    small.write(house.corpus, questions=("谁去内审", WORDINGS))
    return house


@pytest.fixture(scope="module")
def undisturbed(built: House, tmp_path_factory: pytest.TempPathFactory) -> House:
    """What comes of an ingest that nothing happens to."""
    folder = tmp_path_factory.mktemp("undisturbed") / "house"
    house = House(Path(shutil.copytree(built.folder, folder)))
    house.ingest()
    return house


@pytest.fixture
def house(built: House, tmp_path: Path) -> House:
    return House(Path(shutil.copytree(built.folder, tmp_path / "house")))


@pytest.mark.parametrize("where", [*BEFORE, *EMBEDDING, *BUILDING, *PUBLISHING, *AFTER])
def test_killed_anywhere_nothing_is_lost_and_the_next_run_completes_it(
    house: House, undisturbed: House, where: str
) -> None:
    old = house.current
    assert house.end("kill", where).returncode == -signal.SIGKILL
    assert (house.current == old) is (where not in AFTER)
    house.open().close()
    report = house.ingest()
    assert report.published is (where not in AFTER)
    assert same(house, undisturbed)
    assert sorted(house.embedded()) == sorted(undisturbed.embedded())  # each once, none twice
    assert house.half_made() == []
    assert len(published(house.collection)) == 2


@pytest.mark.parametrize("where", ["embedding", *BUILDING[:-1], "switching"])
def test_a_full_disk_anywhere_is_told_and_the_old_generation_stays(
    house: House, undisturbed: House, where: str
) -> None:
    old = house.current
    child = house.end("full", where)
    assert child.returncode == FULL, child.stderr
    assert "cannot be written" in child.stderr or "cannot write" in child.stderr
    assert house.current == old
    house.open().close()
    assert house.half_made() == []
    assert house.ingest().published
    assert same(house, undisturbed)


def test_a_disk_that_fills_up_after_publishing_loses_nothing(
    house: House, undisturbed: House
) -> None:
    assert house.end("full", "forgetting").returncode == 0
    assert same(house, undisturbed)
    assert not house.ingest().published


@pytest.mark.parametrize("content", [b"", b"nonsense" * 5000], ids=["empty", "nonsense"])
def test_a_damaged_cache_costs_time_only(house: House, undisturbed: House, content: bytes) -> None:
    (house.collection / CACHE_FILE).write_bytes(content)
    house.ingest()
    assert set(house.embedded()) > set(undisturbed.embedded())
    assert same(house, undisturbed)


def same(one: House, other: House) -> bool:
    """The same content and vectors, and both indexes find the same."""
    folders = [house.collection / house.current.generation for house in (one, other)]
    names = ["passages.jsonl", "knowledge.json", "statements.npy", "questions.npy"]
    differing = [n for n in names if (folders[0] / n).read_bytes() != (folders[1] / n).read_bytes()]
    assert differing == []
    assert one.current.digest == other.current.digest
    return found(one) == found(other)


def found(house: House) -> list[tuple[Hit, ...]]:
    index = house.open()
    both: frozenset[StoredLanguage] = frozenset({"zh", "en"})
    hits = [
        index.search(
            search_forms(text), FakeEmbedder().embed_query(text), language="zh", within=both, k=10
        )
        for text in ("内部审核", "trial operation", "谁")
    ]
    index.close()
    return hits
