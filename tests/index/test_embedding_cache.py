import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from assistant.errors import IndexNotWritable
from assistant.index.embedding_cache import EmbeddingCache

Vector = NDArray[np.float32]
ONE, TWO = np.array([1, 0], np.float32), np.array([0, 1], np.float32)


class Shelf:
    """A cache file, opened anew for every access, and what was noticed on the way."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.notices: list[str] = []

    def open(self) -> "closing[EmbeddingCache]":
        return closing(EmbeddingCache(self.path, self.notices.append))

    def add(self, **vectors: Vector) -> None:
        with self.open() as cache:
            cache.add("m", "passage", vectors)

    def find(self, *texts: str) -> set[str]:
        with self.open() as cache:
            return set(cache.find("m", "passage", texts))


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "embeddings.sqlite3")


finite = st.floats(-1, 1, width=32)
texts_to_vectors = st.dictionaries(st.text(), arrays(np.float32, 5, elements=finite), max_size=8)


@settings(max_examples=50, deadline=None)
@given(first=texts_to_vectors, second=texts_to_vectors, asked=st.lists(st.text()))
def test_what_was_added_last_is_found_bit_by_bit(
    first: dict[str, Vector], second: dict[str, Vector], asked: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shelf = Shelf(Path(folder) / "embeddings.sqlite3")
        with shelf.open() as cache:
            cache.add("m", "passage", first)
            cache.add("m", "passage", second)
        wanted = first | second
        with shelf.open() as cache:
            found = cache.find("m", "passage", [*wanted, *asked])
    assert {text: vector.tobytes() for text, vector in found.items()} == {
        text: vector.tobytes() for text, vector in wanted.items()
    }
    assert shelf.notices == []


def test_another_model_and_another_kind_are_other_entries(shelf: Shelf) -> None:
    shelf.add(text=ONE)
    with shelf.open() as cache:
        assert cache.find("other", "passage", ["text"]) == {}
        assert cache.find("m", "query", ["text"]) == {}
        cache.add("m", "query", {"text": TWO})
        assert np.array_equal(cache.find("m", "passage", ["text"])["text"], ONE)
        assert np.array_equal(cache.find("m", "query", ["text"])["text"], TWO)


def test_what_no_kept_generation_uses_goes(shelf: Shelf) -> None:
    shelf.add(both=ONE, old=ONE, new=ONE, never=ONE)
    with shelf.open() as cache:
        assert cache.settle("g1", "m", {"passage": ["both", "old"]}, ["g1"]) == 2
        cache.add("m", "passage", {"new": ONE})
        assert cache.settle("g2", "m", {"passage": ["both", "new"]}, ["g1", "g2"]) == 0
        assert cache.settle("g3", "m", {"passage": ["both"]}, ["g2", "g3"]) == 1
    assert shelf.find("both", "old", "new", "never") == {"both", "new"}


def test_the_file_shrinks_with_what_goes(shelf: Shelf) -> None:
    rows = {f"text {n}": np.ones(384, np.float32) for n in range(500)}
    shelf.add(**rows)
    full = shelf.path.stat().st_size
    with shelf.open() as cache:
        assert cache.settle("g", "m", {"passage": ["text 1"]}, ["g"]) == 499
    assert shelf.path.stat().st_size < full / 10


@pytest.mark.parametrize("column", ["vector", "checksum"])
def test_a_damaged_entry_is_noticed_and_not_used(shelf: Shelf, column: str) -> None:
    shelf.add(whole=ONE, damaged=TWO)
    content = shelf.path.read_bytes()
    with closing(sqlite3.connect(shelf.path)) as connection:
        query = f"SELECT {column} FROM embeddings ORDER BY rowid DESC"  # noqa: S608 - a column's name
        (value,) = connection.execute(query).fetchone()
    assert content.count(value) == 1
    shelf.path.write_bytes(content.replace(value, bytes([value[0] ^ 1]) + value[1:]))
    assert shelf.find("whole", "damaged") == {"whole"}
    assert shelf.notices == ["1 embeddings in embeddings.sqlite3 are damaged and made again."]
    shelf.add(damaged=TWO)
    assert shelf.find("whole", "damaged") == {"whole", "damaged"}


def nonsense(path: Path) -> None:
    path.write_bytes(b"not a database" * 1000)


def half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE embeddings (other)")


def overwritten(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:20480] = b"\xff" * 16384
    path.write_bytes(content)


@pytest.mark.parametrize("harm", [nonsense, half, foreign, overwritten], ids=lambda h: h.__name__)
def test_a_damaged_file_is_noticed_and_made_anew(shelf: Shelf, harm: object) -> None:
    assert callable(harm)
    shelf.add(**{f"text {n}": np.ones(384, np.float32) for n in range(50)})
    harm(shelf.path)
    assert shelf.find("text 1") == set()
    assert shelf.notices == [
        "embeddings.sqlite3 is damaged or of another version and is made anew."
    ]
    shelf.add(text=ONE)
    assert shelf.find("text") == {"text"}
    assert len(shelf.notices) == 1


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_flipped_bit_changes_a_vector_in_silence(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shelf = Shelf(Path(folder) / "embeddings.sqlite3")
        vectors = {f"text {n}": np.full(32, n, np.float32) for n in range(8)}
        shelf.add(**vectors)
        content = bytearray(shelf.path.read_bytes())
        content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
        shelf.path.write_bytes(content)
        try:
            with shelf.open() as cache:
                found = cache.find("m", "passage", vectors)
        except IndexNotWritable:
            return
        assert all(np.array_equal(vector, vectors[text]) for text, vector in found.items())


def test_a_folder_in_its_place_is_an_error_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "embeddings.sqlite3"
    path.mkdir()
    with pytest.raises(IndexNotWritable, match=r"embeddings\.sqlite3"):
        EmbeddingCache(path, pytest.fail)


WRITER = """
import sys
from pathlib import Path
import numpy as np
from assistant.index.embedding_cache import EmbeddingCache
cache = EmbeddingCache(Path(sys.argv[1]), print)
for n in range(40):
    cache.add("m", "passage", {f"{sys.argv[2]} {n}": np.full(4, n, np.float32)})
    assert cache.find("m", "passage", [f"{sys.argv[2]} {n}"])
cache.close()
"""


@pytest.mark.slow
def test_several_processes_write_at_once_and_nothing_is_lost(shelf: Shelf) -> None:
    names = ("a", "b", "c")
    command = [sys.executable, "-c", WRITER, str(shelf.path)]
    writers = [subprocess.Popen([*command, name], stdout=subprocess.PIPE) for name in names]
    for writer in writers:
        output, _ = writer.communicate(timeout=120)
        assert (writer.returncode, output) == (0, b"")
    texts = {f"{name} {n}" for name in names for n in range(40)}
    assert shelf.find(*texts) == texts
