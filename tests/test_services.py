"""What a running service makes of an index that changes, breaks or goes under it."""

import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from assistant.deadline import Deadline
from assistant.errors import CorpusError, StorageUnavailable, TimedOut
from assistant.index.manifest import Manifest, current
from assistant.ingestion.ingest import COLLECTION, ingest
from assistant.ingestion.progress import Silent
from assistant.memory.records import Message
from assistant.services import Services
from assistant.settings import Settings
from assistant.types import Question, Readiness
from tests.index.fakes import FakeEmbedder
from tests.knowledge import small


class House:
    """A corpus, its index and a service over it."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(data_dir=folder / "data", corpus_dir=folder / "corpus")
        self.settings.corpus_dir.mkdir()
        small.write(self.settings.corpus_dir)
        self.services = Services(self.settings, FakeEmbedder())
        now = datetime.now(UTC)  # generations of one second have no order
        self._moments = (now + timedelta(seconds=n) for n in count())

    @property
    def collection(self) -> Path:
        return self.settings.index_dir / COLLECTION

    def start(self) -> Readiness:
        self.services.start()
        return self.until(lambda readiness: readiness.ready)

    def ingest(self, model: FakeEmbedder | None = None) -> Manifest:
        corpus, index = self.settings.corpus_dir, self.settings.index_dir
        model = model or FakeEmbedder()
        report = ingest(corpus, index, model, Silent(), lambda: next(self._moments), rebuild=True)
        return report.manifest

    def publish_damaged(self) -> str:
        """A generation that somebody damages before the service sees it."""
        name = self.ingest().generation
        path = self.collection / name / "passages.jsonl"
        path.write_bytes(path.read_bytes().replace(b"1", b"2", 1))
        return name

    def answers(self) -> str:
        """The generation that a question is answered from."""
        return self.services.answer(Question("内部审核要做几次？")).generation

    def turn(self, text: str = "S1 之后，下一步做什么？") -> Message:
        """A question asked and answered, as it is kept."""
        turn = self.services.memory.begin(Question(text))
        self.services.reply(turn, Deadline(60))
        return self.services.memory.conversation(turn.conversation_id).messages[0]

    def until(self, condition: Callable[[Readiness], bool]) -> Readiness:
        deadline = time.monotonic() + 20
        while not condition(readiness := self.services.readiness()):
            assert time.monotonic() < deadline, readiness
            time.sleep(0.05)
        return readiness


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    yield house
    house.services.close()


@pytest.fixture
def served(house: House) -> str:
    """The generation that is being served."""
    name = house.ingest().generation
    assert house.start().generation == name
    return name


def test_a_damaged_new_generation_is_refused_by_name_and_the_old_one_answers(
    house: House, served: str
) -> None:
    damaged = house.publish_damaged()
    readiness = house.until(lambda readiness: readiness.problem is not None)
    assert readiness.ready
    assert readiness.generation == served
    assert readiness.problem == f"{damaged} is not served: it is damaged or incomplete"
    assert house.answers() == served
    newest = house.ingest().generation
    house.until(lambda readiness: readiness.generation == newest)
    assert house.services.readiness().problem is None


def test_another_models_generation_is_refused(house: House, served: str) -> None:
    class Another(FakeEmbedder):
        fingerprint = "another"

    foreign = house.ingest(Another()).generation
    readiness = house.until(lambda readiness: readiness.problem is not None)
    assert str(readiness.problem).startswith(f"{foreign} is not served: it was built with another")
    assert house.answers() == served


@pytest.mark.parametrize("what", ["generation", "pointer", "everything"])
def test_an_index_deleted_under_the_service_goes_on_answering(
    house: House, served: str, what: str
) -> None:
    if what == "pointer":
        (house.collection / "current.json").unlink()
    else:
        shutil.rmtree(house.collection / served if what == "generation" else house.collection)
    readiness = house.until(lambda readiness: readiness.problem is not None)
    assert (readiness.ready, readiness.generation) == (True, served)
    assert str(house.settings.data_dir) not in str(readiness.problem)
    assert house.answers() == served


def test_a_corpus_broken_meanwhile_is_refused_and_changes_nothing(
    house: House, served: str
) -> None:
    small.write(house.settings.corpus_dir, steps=("about: [R-09]", "about: [R-77]"))
    with pytest.raises(CorpusError, match="R-77"):
        house.ingest()
    assert house.answers() == served
    assert house.services.readiness() == Readiness(
        True, served, house.services.readiness().built_at, None
    )


def test_started_on_a_damaged_index_the_generation_before_is_served(house: House) -> None:
    whole = house.ingest().generation
    damaged = house.publish_damaged()
    readiness = house.start()
    assert (readiness.ready, readiness.generation) == (True, whole)
    assert str(readiness.problem).startswith(damaged)
    assert house.answers() == whole


def test_started_before_the_first_ingest_it_is_ready_after_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.services.RETRY_SECONDS", 0.05)
    house.services.start()
    house.until(lambda readiness: readiness.problem == "cannot start: index_missing")
    name = house.ingest().generation
    house.until(lambda readiness: readiness.ready)
    assert house.answers() == name


def test_serving_writes_nothing_into_the_index(house: House, served: str) -> None:
    before = everything(house.settings.index_dir)
    again = Services(house.settings, FakeEmbedder())
    again.warm_up()
    assert again.answer(Question("内部审核要做几次？")).generation == served
    assert house.answers() == served
    again.close()
    assert everything(house.settings.index_dir) == before


def everything(folder: Path) -> dict[Path, tuple[int, bytes]]:
    return {
        path: (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in folder.rglob("*")
    }


def test_the_generation_served_may_be_pruned_while_it_answers(house: House, served: str) -> None:
    generations = [house.ingest().generation for _ in range(3)]
    assert not (house.collection / served).exists()
    house.until(lambda readiness: readiness.generation == generations[-1])
    newest = current(house.collection)
    assert newest is not None
    assert house.answers() == newest.generation


def test_database_that_cannot_be_reached_is_told_and_come_back_to(
    house: House, served: str
) -> None:
    path = house.settings.data_dir / "certpath.db"
    house.services.memory.close()
    for file in house.settings.data_dir.glob("certpath.db*"):
        file.rename(file.with_name(f"aside-{file.name}"))
    path.mkdir()
    gone = house.until(lambda readiness: not readiness.ready)
    assert gone.problem == "the database of the conversations cannot be reached"
    assert gone.generation == served
    assert str(path) not in str(gone)
    with pytest.raises(StorageUnavailable):
        house.services.memory.begin(Question("内部审核要做几次？"))
    assert house.services.process("en").items
    path.rmdir()
    for file in house.settings.data_dir.glob("aside-*"):
        file.rename(file.with_name(file.name.removeprefix("aside-")))
    house.until(lambda readiness: readiness.ready)
    assert house.turn().state == "done"


def test_answer_is_kept_with_the_passages_it_cites(house: House, served: str) -> None:
    message = house.turn()
    assert message.answer is not None
    assert message.answer.generation == served
    assert message.answer.citations
    for citation in message.answer.citations:
        kept = house.services.memory.passage(citation.passage_id)
        assert kept.passage.text[citation.start : citation.end] == citation.quote


def test_question_given_up_is_kept_as_failed(house: House, served: str) -> None:
    turn = house.services.memory.begin(Question("内部审核要做几次？"))
    with pytest.raises(TimedOut):
        house.services.reply(turn, Deadline(0))
    (message,) = house.services.memory.conversation(turn.conversation_id).messages
    assert (message.state, message.answer) == ("failed", None)
