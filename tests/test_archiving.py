"""Backups: whole, checked, refused where anything is wrong, put back in one piece."""

import io
import stat
import tarfile
import threading
from pathlib import Path

import pytest

from assistant.archiving import Backup, restore, save
from assistant.errors import IndexDamaged, StorageError
from assistant.index.generations import open_index
from assistant.index.manifest import current
from assistant.memory.database import Database, sqlite_url
from assistant.memory.store import Store
from assistant.types import Question
from tests.index.samples import BUILT, PASSAGES, publish_samples
from tests.memory.samples import AUDIT, answered


class House:
    """A data folder with an index and conversations, as a server has it."""

    def __init__(self, folder: Path) -> None:
        self.index = folder / "index"
        self.database = folder / "certpath.db"

    def store(self) -> Store:
        store = Store(Database(sqlite_url(self.database)))
        store.open()
        return store

    def save(self, archive: Path) -> Backup:
        return save(archive, self.index, self.database, BUILT)

    def restore(self, archive: Path) -> Backup:
        return restore(archive, self.index, self.database)

    def files(self) -> dict[str, bytes]:
        """All there is, but for locks and what SQLite keeps beside its file."""
        folder, passing = self.database.parent, (".lock", ".db-shm", ".db-wal")
        found = (p for p in folder.rglob("*") if p.is_file() and p.suffix not in passing)
        return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def talk(store: Store, text: str = "内审？") -> str:
    turn = store.begin(Question(text))
    store.finish(turn, answered(AUDIT), (AUDIT,))
    return turn.conversation_id


@pytest.fixture
def house(tmp_path: Path) -> House:
    house = House(tmp_path / "data")
    publish_samples(house.index / "certpath")
    return house


@pytest.fixture
def other(tmp_path: Path) -> House:
    """Another machine, with nothing yet."""
    return House(tmp_path / "other")


@pytest.fixture
def archive(tmp_path: Path, house: House) -> Path:
    """Of one conversation and one generation."""
    store = house.store()
    talk(store)
    store.close()
    path = tmp_path / "backup.tar.gz"
    house.save(path)
    return path


def test_everything_is_there_again_on_another_machine(
    tmp_path: Path, house: House, other: House
) -> None:
    store = house.store()
    first, second = talk(store), talk(store, "管评？")
    made = house.save(tmp_path / "backup.tar.gz")  # while the store is open
    assert made.conversations == 2
    assert other.restore(tmp_path / "backup.tar.gz") == made
    there = other.store()
    for conversation_id in (first, second):
        assert there.conversation(conversation_id) == store.conversation(conversation_id)
    assert there.passage(AUDIT.passage.id) == AUDIT
    there.close()
    store.close()
    manifest = current(other.index / "certpath")
    assert manifest is not None
    assert made.generations == (f"certpath/{manifest.generation}",)
    index = open_index(other.index / made.generations[0], manifest.fingerprint)
    assert len(index.passages) == len(PASSAGES)
    index.close()


def test_copy_taken_under_writes_is_consistent(tmp_path: Path, house: House, other: House) -> None:
    store, stop = house.store(), threading.Event()
    kept = [talk(store) for _ in range(20)]

    def write() -> None:
        while not stop.is_set():
            talk(store)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = house.save(tmp_path / "backup.tar.gz")
    finally:
        stop.set()
        writer.join()
        store.close()
    other.restore(tmp_path / "backup.tar.gz")
    there = other.store()
    for conversation_id in kept:
        assert there.conversation(conversation_id).messages[0].state == "done"
    there.close()
    assert made.conversations is not None
    assert made.conversations >= 20


def test_what_is_there_is_replaced_whole(house: House, archive: Path) -> None:
    before = house.files()
    store = house.store()
    talk(store, "后来的")
    store.close()
    publish_samples(house.index / "certpath", PASSAGES[:2], digest="two")
    house.restore(archive)
    after = house.files()
    index = {name: content for name, content in before.items() if name.startswith("index")}
    assert {name: after.get(name) for name in index} == index
    again = house.store()
    assert again.gaps(limit=1) == ((), 0)
    again.close()
    assert b"\xe5\x90\x8e\xe6\x9d\xa5\xe7\x9a\x84" not in b"".join(house.files().values())


def test_server_that_runs_is_not_robbed_of_its_database(house: House, archive: Path) -> None:
    store = house.store()
    late = talk(store)
    before = house.files()
    with pytest.raises(StorageError, match="in use"):
        house.restore(archive)
    assert house.files().keys() == before.keys()
    assert store.conversation(late).messages
    store.close()


def test_every_flipped_byte_is_noticed_and_nothing_is_touched(
    house: House, archive: Path, tmp_path: Path
) -> None:
    whole, before = archive.read_bytes(), house.files()
    damaged = tmp_path / "damaged.tar.gz"
    for position in range(60, len(whole) - 8, len(whole) // 25):
        flipped = bytes([whole[position] ^ 0x20])
        damaged.write_bytes(whole[:position] + flipped + whole[position + 1 :])
        try:
            house.restore(damaged)
        except StorageError:
            assert house.files() == before
        else:  # in the padding of the archive: what counts is the same
            assert house.files().keys() == before.keys()
            before = house.files()
    for end in (0, 100, len(whole) // 2, len(whole) * 9 // 10):
        damaged.write_bytes(whole[:end])
        with pytest.raises(StorageError):
            house.restore(damaged)
        assert house.files() == before
    assert not list(house.database.parent.glob("backup-*"))


@pytest.mark.parametrize("what", ["changed", "added", "missing"])
def test_archive_packed_anew_with_other_content_is_refused(
    archive: Path, other: House, tmp_path: Path, what: str
) -> None:
    folder, forged = tmp_path / "unpacked", tmp_path / "forged.tar.gz"
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    (passages,) = folder.glob("index/certpath/*/passages.jsonl")
    if what == "changed":
        passages.write_text(passages.read_text("utf-8").replace("每年", "每月"), "utf-8")
    elif what == "added":
        passages.with_name("more").touch()
    else:
        passages.unlink()
    with tarfile.open(forged, "w:gz") as tar:
        tar.add(folder, "")
    with pytest.raises(StorageError, match="damaged"):
        other.restore(forged)
    assert other.files() == {}


@pytest.mark.parametrize("name", ["../evil", "/evil", "index/../../evil", "a/../../b"])
def test_archive_that_climbs_out_is_refused(other: House, tmp_path: Path, name: str) -> None:
    path = tmp_path / "evil.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        member = tarfile.TarInfo(name)
        member.size = 4
        tar.addfile(member, io.BytesIO(b"evil"))
    with pytest.raises(StorageError, match="no place"):
        other.restore(path)
    assert not list(tmp_path.rglob("evil"))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE])
def test_archive_with_links_or_devices_is_refused(
    other: House, tmp_path: Path, kind: bytes
) -> None:
    path = tmp_path / "evil.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        member = tarfile.TarInfo("certpath.db")
        member.type, member.linkname = kind, "/etc/passwd"
        tar.addfile(member)
    with pytest.raises(StorageError):
        other.restore(path)
    assert not other.database.exists()


def test_file_that_is_no_archive_is_refused(other: House, tmp_path: Path) -> None:
    path = tmp_path / "text.tar.gz"
    path.write_text("nothing of ours")
    for wrong in (path, tmp_path / "missing.tar.gz", tmp_path):
        with pytest.raises(StorageError):
            other.restore(wrong)
    assert other.files() == {}


def test_damaged_index_is_not_saved(house: House, tmp_path: Path) -> None:
    (passages,) = house.index.glob("certpath/*/passages.jsonl")
    passages.write_bytes(passages.read_bytes()[:-3])
    with pytest.raises(IndexDamaged):
        house.save(tmp_path / "backup.tar.gz")
    assert not (tmp_path / "backup.tar.gz").exists()


def test_archive_is_for_its_owner_only(archive: Path) -> None:
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600


def test_index_alone_can_be_saved(house: House, other: House, tmp_path: Path) -> None:
    made = save(tmp_path / "backup.tar.gz", house.index, None, BUILT)
    assert made.conversations is None
    store = other.store()
    kept = talk(store)
    other.restore(tmp_path / "backup.tar.gz")
    assert store.conversation(kept).messages
    store.close()
    assert current(other.index / "certpath") is not None


def test_nothing_is_no_backup(other: House, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="nothing"):
        other.save(tmp_path / "backup.tar.gz")
