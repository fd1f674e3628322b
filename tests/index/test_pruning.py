from pathlib import Path

import numpy as np
import pytest

from assistant.index.generations import publish
from assistant.index.manifest import current
from assistant.index.pruning import prune, sweep
from tests.index.samples import BUILT, publish_samples


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "knowledge"


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_before_the_first_there_is_nothing_to_remove(folder: Path) -> None:
    assert prune(folder) == ()
    assert sweep(folder) == ()


def test_the_two_newest_are_kept(folder: Path) -> None:
    built = [
        publish(
            folder,
            (),
            np.empty((0, 0), np.float32),
            {},
            fingerprint="fake",
            digest="",
            built_at=BUILT.replace(minute=minute),
            step=lambda _: None,
        ).generation
        for minute in (1, 2, 3)
    ]
    assert prune(folder) == (built[0],)
    assert names(folder) == {*built[1:], "current.json"}
    assert prune(folder) == ()


def test_the_current_one_is_kept_even_if_its_clock_was_slow(folder: Path) -> None:
    for digest in ("one", "two", "three"):
        publish_samples(folder, digest=digest)
    late = BUILT.replace(year=2020)
    empty = np.empty((0, 0), np.float32)
    slow = publish(
        folder, (), empty, {}, fingerprint="f", digest="", built_at=late, step=lambda _: None
    )
    prune(folder)
    assert current(folder) == slow


def test_what_was_left_half_built_or_half_removed_is_swept(folder: Path) -> None:
    kept = publish_samples(folder)
    for name in ("a.building", "b.removing"):
        (folder / name / "chroma").mkdir(parents=True)
        (folder / name / "manifest.json").touch()
    assert prune(folder) == ()
    assert sweep(folder) == ("a.building", "b.removing")
    assert names(folder) == {kept.generation, "current.json"}


def test_a_removal_that_is_stopped_leaves_nothing_that_looks_whole(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        publish_samples(folder)
    monkeypatch.setattr("shutil.rmtree", stopped)
    with pytest.raises(KeyboardInterrupt):
        prune(folder, keep=1)
    monkeypatch.undo()
    (left,) = sweep(folder)
    assert left.endswith(".removing")
    assert len(names(folder)) == 3  # two generations and the pointer


def stopped(_: Path) -> None:
    raise KeyboardInterrupt
