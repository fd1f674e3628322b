import json
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

import pytest

from assistant.errors import IndexDamaged, IndexMissing, Unavailable
from assistant.index.live import LOOK_SECONDS, RETRY_SECONDS, Live
from assistant.index.manifest import FORMAT, Manifest, point_to, write_manifest


class Opened:
    def __init__(self, name: str) -> None:
        self.name = name
        self.closed = 0

    def close(self) -> None:
        self.closed += 1


class House:
    """A collection of empty generations, a clock by hand, and a record of what was opened."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = 0.0
        self.opened: list[Opened] = []
        self.broken: set[str] = set()
        self.go = threading.Event()
        self.go.set()
        self.live = Live(folder, self.open, Opened.close, lambda: self.now)

    def open(self, path: Path) -> Opened:
        assert self.go.wait(10)
        self.opened.append(Opened(path.name))
        if path.name in self.broken:
            raise IndexDamaged(f"{path.name} is broken")
        return self.opened[-1]

    def publish(self, name: str) -> None:
        manifest = self.manifest(name)
        (self.folder / name).mkdir(parents=True)
        write_manifest(manifest, self.folder / name)
        assert json.loads((self.folder / name / "manifest.json").read_text()) == asdict(manifest)
        self.point(name)

    def manifest(self, name: str) -> Manifest:
        return Manifest(name, self.folder.name, FORMAT, "2026-11-23T13:30:00+00:00", "f", "d", 0, 0)

    def point(self, name: str) -> None:
        point_to(self.manifest(name), self.folder)

    def why(self) -> str | None:
        return self.live.refused.code if self.live.refused else None

    def served(self) -> str:
        with self.live.use() as value:
            return value.name

    def look_again(self, seconds: float = LOOK_SECONDS) -> str:
        self.now += seconds
        return self.served()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    built = House(tmp_path / "knowledge")
    yield built
    built.go.set()
    built.live.close()
    assert all(value.closed == 1 for value in built.opened if value.name not in built.broken)


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.005)


def test_nothing_published_is_index_missing(house: House) -> None:
    with pytest.raises(IndexMissing) as caught:
        house.served()
    assert "python ingest.py" in str(caught.value.hint)
    assert house.why() == "index_missing"
    house.publish("a")
    assert house.served() == "a"
    assert house.live.refused is None


def test_a_new_generation_is_served_and_the_old_one_closed(house: House) -> None:
    house.publish("a")
    assert house.served() == "a"
    house.publish("b")
    house.look_again()
    until(lambda: house.live.generation == "b")
    assert house.served() == "b"
    until(lambda: house.opened[0].closed == 1)


def test_it_looks_at_most_once_a_second(house: House) -> None:
    house.publish("a")
    house.served()
    house.publish("b")
    house.look_again(LOOK_SECONDS / 2)
    time.sleep(0.05)
    assert house.live.generation == "a"


def test_a_user_keeps_the_generation_begun_with_until_leaving(house: House) -> None:
    house.publish("a")
    with house.live.use() as mine:
        with house.live.use() as another:
            house.publish("b")
            house.look_again()
            until(lambda: house.served() == "b")
            assert (mine.name, another.name) == ("a", "a")
        assert mine.closed == 0
    assert mine.closed == 1


def test_requests_go_on_with_the_old_one_while_the_new_one_is_opened_once(house: House) -> None:
    house.publish("a")
    house.served()
    house.publish("b")
    house.go.clear()
    assert [house.look_again() for _ in range(5)] == ["a"] * 5
    house.go.set()
    until(lambda: house.live.generation == "b")
    assert [value.name for value in house.opened] == ["a", "b"]


def test_many_first_requests_open_once(house: House) -> None:
    house.publish("a")
    house.go.clear()
    with ThreadPoolExecutor(8) as pool:
        futures = [pool.submit(house.served) for _ in range(8)]
        house.go.set()
        assert {future.result(10) for future in futures} == {"a"}
    assert len(house.opened) == 1


def test_a_broken_new_generation_leaves_the_old_one_serving_and_says_why(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.publish("a")
    house.served()
    house.broken.add("b")
    house.publish("b")
    house.look_again()
    until(lambda: house.live.refused is not None)
    assert house.why() == "index_damaged"
    assert house.live.refused is not None
    assert house.live.refused.generation == "b"
    until(lambda: "b is broken" in caplog.text)
    assert house.look_again() == "a"
    assert len(house.opened) == 2
    house.publish("c")
    house.look_again()
    until(lambda: house.live.generation == "c")
    assert house.live.refused is None


def test_a_broken_generation_is_tried_again_later(house: House) -> None:
    house.publish("a")
    house.served()
    house.broken.add("b")
    house.publish("b")
    house.look_again()
    until(lambda: house.live.refused is not None)
    house.broken.clear()
    house.opened.pop()
    until(lambda: house.look_again(RETRY_SECONDS) == "b")


def test_a_damaged_pointer_leaves_the_old_one_serving(house: House) -> None:
    house.publish("a")
    house.served()
    (house.folder / "current.json").write_text("{")
    assert house.look_again() == "a"
    assert house.why() == "index_damaged"
    house.point("a")
    assert house.look_again() == "a"
    assert house.live.refused is None


def test_an_error_with_nothing_older_reaches_the_user(house: House) -> None:
    house.broken.add("a")
    house.publish("a")
    with pytest.raises(IndexDamaged, match="a is broken"):
        house.served()


def test_started_with_a_broken_newest_one_the_one_before_is_served(house: House) -> None:
    for name in ("a", "b", "c"):
        house.publish(name)
    house.broken |= {"b", "c"}
    assert house.served() == "a"
    assert house.live.refused is not None
    assert house.live.refused.generation == "c"
    house.broken.clear()
    house.opened[:] = [house.opened[-1]]
    house.look_again(RETRY_SECONDS)
    until(lambda: house.live.generation == "c")
    assert house.live.refused is None


def test_started_with_a_damaged_pointer_the_newest_whole_one_is_served(house: House) -> None:
    house.publish("a")
    house.publish("b")
    (house.folder / "current.json").write_text("{")
    assert house.served() == "b"
    assert house.why() == "index_damaged"


def test_a_generation_deleted_while_it_is_served_goes_on_serving(house: House) -> None:
    house.publish("a")
    house.served()
    shutil.rmtree(house.folder)
    assert house.look_again() == "a"
    assert house.why() == "index_missing"


def test_an_error_inside_the_block_releases_the_generation(house: House) -> None:
    house.publish("a")
    with pytest.raises(KeyError), house.live.use():
        raise KeyError
    house.live.close()
    assert house.opened[0].closed == 1


def test_closed_it_is_unavailable_but_users_keep_theirs(house: House) -> None:
    house.publish("a")
    with house.live.use() as mine:
        house.live.close()
        assert mine.closed == 0
        with pytest.raises(Unavailable):
            house.served()
    assert mine.closed == 1


def test_what_was_being_opened_when_closed_is_closed_too(house: House) -> None:
    house.publish("a")
    house.served()
    house.publish("b")
    house.go.clear()
    house.look_again()
    closing = threading.Thread(target=house.live.close)
    closing.start()
    house.go.set()
    closing.join(10)
    assert not closing.is_alive()


def test_under_load_no_generation_is_closed_in_use(house: House) -> None:
    house.publish("g0")
    stop = threading.Event()

    def work() -> int:
        turns = 0
        while not stop.is_set():
            with house.live.use() as value:
                assert value.closed == 0
                time.sleep(0)
                assert value.closed == 0
            turns += 1
        return turns

    with ThreadPoolExecutor(6) as pool:
        futures = [pool.submit(work) for _ in range(6)]
        try:
            for n in range(1, 8):
                house.publish(f"g{n}")
                house.now += LOOK_SECONDS
                until(lambda n=n: house.live.generation == f"g{n}")  # type: ignore[misc]
        finally:  # or the pool would wait for its workers for ever
            stop.set()
        assert all(future.result(10) > 0 for future in futures)
