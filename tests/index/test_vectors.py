import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import IndexingError, IndexNotWritable
from assistant.index.vectors import BATCH, Vectors
from assistant.types import StoredLanguage

AXES = np.eye(4, dtype=np.float32)
BOTH: set[StoredLanguage] = {"zh", "en"}
LANGUAGES: list[StoredLanguage] = ["zh", "en", "zh", "en"]


@pytest.fixture
def axes(tmp_path: Path) -> Iterator[Vectors]:
    vectors = Vectors.create(tmp_path / "chroma", AXES, LANGUAGES)
    yield vectors
    vectors.close()


def test_cosines_are_told_by_ordinal(axes: Vectors) -> None:
    asked = np.array([0.6, 0.8, 0, 0], np.float32)
    found = axes.nearest(asked, 4, BOTH)
    assert [found[i] for i in range(4)] == pytest.approx([0.6, 0.8, 0, 0], abs=1e-6)
    assert axes.nearest(-AXES[2], 4, BOTH)[2] == pytest.approx(-1, abs=1e-6)


def test_only_so_many_and_only_the_languages_asked_for(axes: Vectors) -> None:
    assert set(axes.nearest(AXES[0], 4, {"en"})) == {1, 3}
    assert set(axes.nearest(AXES[0], 1, {"zh"})) == {0}


def test_a_vector_of_another_model_is_refused(axes: Vectors) -> None:
    with pytest.raises(IndexingError, match="Chroma cannot search"):
        axes.nearest(np.ones(3, np.float32), 1, BOTH)


def test_more_than_one_batch_is_written_whole(tmp_path: Path) -> None:
    many = BATCH + 3
    angles = np.linspace(0, 1, many)
    circle = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    Vectors.create(tmp_path / "chroma", circle, ["zh"] * many).close()
    vectors = Vectors.open(tmp_path / "chroma")
    assert vectors.count() == many
    assert max(vectors.nearest(circle[-1], 5, BOTH)) == many - 1
    vectors.close()


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="reads Linux's /proc")
def test_closing_releases_and_removes_every_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    Vectors.create(tmp_path / "chroma", AXES, LANGUAGES).close()
    vectors = Vectors.open(tmp_path / "chroma")
    vectors.nearest(AXES[0], 1, BOTH)
    assert open_files(temporary)
    vectors.close()
    assert list(temporary.iterdir()) == []
    deadline = time.monotonic() + 10  # Chroma's own threads let go a moment later
    while open_files(tmp_path) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not open_files(tmp_path)


def open_files(folder: Path) -> list[Path]:
    links = list(Path("/proc/self/fd").iterdir())
    targets = [link.readlink() for link in links if link.is_symlink()]
    return [target for target in targets if target.is_relative_to(folder)]


def test_a_folder_without_a_database_is_refused_and_stays_empty(tmp_path: Path) -> None:
    with pytest.raises(IndexingError, match="no Chroma database"):
        Vectors.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_no_room_for_the_copy_is_an_error_that_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Vectors.create(tmp_path / "chroma", AXES, LANGUAGES).close()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    with pytest.raises(IndexNotWritable, match="temporary files") as caught:
        Vectors.open(tmp_path / "chroma")
    assert "TMPDIR" in str(caught.value.hint)


def test_a_damaged_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(b"not a database" * 500)
    with pytest.raises(IndexingError, match="Chroma cannot"):
        Vectors.open(tmp_path)
