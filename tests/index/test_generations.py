import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import IndexDamaged, IndexingError
from assistant.index import generations
from assistant.index.checksums import write_checksums
from assistant.index.generations import open_index, publish
from assistant.index.manifest import Manifest, current
from assistant.index.passage_file import read_passages, write_passages
from assistant.types import Passage, StoredLanguage
from tests.index.samples import BUILT, PASSAGES, publish_samples

BOTH: frozenset[StoredLanguage] = frozenset({"zh", "en"})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "knowledge"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published collection, to be copied."""
    folder = tmp_path_factory.mktemp("sample") / "knowledge"
    publish_samples(folder)
    return folder


@pytest.fixture
def generation(sample: Path, folder: Path) -> Path:
    """The folder of a published generation."""
    manifest = current(sample)
    assert manifest is not None
    return Path(shutil.copytree(sample, folder)) / manifest.generation


def content(folder: Path) -> dict[Path, tuple[bytes, int]]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def flip(path: Path) -> None:
    """One bit, in the middle."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_what_is_published_is_current_and_complete(folder: Path) -> None:
    manifest = publish_samples(folder)
    assert current(folder) == manifest
    assert names(folder) == {manifest.generation, "current.json"}
    assert names(folder / manifest.generation) == {
        "chroma",
        "bm25",
        "passages.jsonl",
        "manifest.json",
        "knowledge.json",
        "SHA256SUMS",
    }
    assert manifest == Manifest(
        generation=manifest.generation,
        collection="knowledge",
        format=2,
        built_at="2026-11-23T13:30:00+00:00",
        fingerprint="fake",
        digest="one",
        passages=len(PASSAGES),
        dimension=64,
    )
    assert manifest.generation.startswith("20261123T133000Z-")
    assert len(manifest.generation) == len("20261123T133000Z-") + 8


def test_before_the_first_there_is_none(folder: Path) -> None:
    assert current(folder) is None


def test_the_same_published_twice_in_a_second_gets_two_names(folder: Path) -> None:
    first, second = publish_samples(folder), publish_samples(folder)
    assert first.generation != second.generation
    assert current(folder) == second


@pytest.mark.parametrize("step", ["write_passages", "write_manifest", "point_to"])
def test_a_failure_at_any_step_leaves_the_old_one_current(
    folder: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = publish_samples(folder)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(generations, step, full)
    with pytest.raises(IndexingError, match="No space left"):
        publish_samples(folder, digest="two")
    assert current(folder) == old
    assert not any(name.endswith(".building") for name in names(folder))
    open_index(folder / old.generation, "fake").close()


CHILD = """
import os, resource, signal, sys
from pathlib import Path
from assistant.index import generations
from assistant.index.checksums import write_checksums
from assistant.types import Passage, StoredLanguage
from tests.index.samples import publish_samples
how, folder = sys.argv[1], Path(sys.argv[2])
if how == "killed":
    generations.write_manifest = lambda *_: os._exit(9)
if how == "full":
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))
try:
    publish_samples(folder, digest="two")
except generations.IndexingError as error:
    sys.exit(f"refused: {error}")
"""


def publish_elsewhere(how: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", CHILD, how, str(folder)],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.slow
def test_another_process_publishes(folder: Path) -> None:
    publish_samples(folder)
    assert publish_elsewhere("well", folder).returncode == 0
    newest = current(folder)
    assert newest is not None
    assert newest.digest == "two"
    open_index(folder / newest.generation, "fake").close()


@pytest.mark.slow
def test_a_process_killed_while_building_leaves_the_old_one_current(folder: Path) -> None:
    old = publish_samples(folder)
    assert publish_elsewhere("killed", folder).returncode == 9
    assert current(folder) == old
    open_index(folder / old.generation, "fake").close()


@pytest.mark.slow
def test_a_full_disk_leaves_the_old_one_current(folder: Path) -> None:
    old = publish_samples(folder)
    child = publish_elsewhere("full", folder)
    assert child.returncode == 1, child.stderr
    assert "refused: " in child.stderr
    assert current(folder) == old
    open_index(folder / old.generation, "fake").close()


def test_an_index_of_another_model_is_refused_with_what_to_run(folder: Path) -> None:
    path = folder / publish_samples(folder).generation
    with pytest.raises(IndexingError, match="another embedding model") as caught:
        open_index(path, "another")
    assert "python ingest.py" in str(caught.value.hint)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("current.json", "{"),
        ("current.json", "[]"),
        ("current.json", '{"generation": "../elsewhere"}'),
        ("current.json", '{"generation": "gone"}'),
        ("manifest.json", '{"format": 99}'),
        ("manifest.json", '{"format": 2}'),
        ("manifest.json", "\xff"),
    ],
)
def test_foreign_or_damaged_files_are_named(folder: Path, file: str, content: str) -> None:
    manifest = publish_samples(folder)
    inside = folder if file == "current.json" else folder / manifest.generation
    (inside / file).write_bytes(content.encode("latin-1"))
    with pytest.raises(IndexingError, match=r"\.json") as caught:
        current(folder)
    assert "python ingest.py" in str(caught.value.hint)


def test_a_value_of_another_type_is_no_manifest(folder: Path) -> None:
    path = folder / publish_samples(folder).generation / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"passages": "7"}))
    with pytest.raises(IndexingError, match="not a manifest"):
        current(folder)


FILES = ("passages.jsonl", "bm25/params.index.json", "chroma/chroma.sqlite3", "knowledge.json")


@pytest.mark.parametrize("harm", [flip, truncate, Path.unlink], ids=lambda harm: harm.__name__)
@pytest.mark.parametrize("file", FILES)
def test_a_damaged_file_is_named_and_the_generation_not_opened(
    generation: Path, file: str, harm: Callable[[Path], None]
) -> None:
    harm(generation / file)
    with pytest.raises(IndexDamaged, match=f"published: {file}$"):
        open_index(generation, "fake")


@pytest.mark.parametrize("harm", [flip, truncate, Path.unlink], ids=lambda harm: harm.__name__)
@pytest.mark.parametrize("file", ["SHA256SUMS", "manifest.json"])
def test_a_damaged_list_of_files_is_noticed(
    generation: Path, file: str, harm: Callable[[Path], None]
) -> None:
    harm(generation / file)
    with pytest.raises(IndexDamaged):
        open_index(generation, "fake")


def test_a_file_that_was_not_published_is_noticed(generation: Path) -> None:
    (generation / "chroma" / "more").touch()
    with pytest.raises(IndexDamaged, match="chroma/more"):
        open_index(generation, "fake")


def test_parts_of_different_generations_are_not_opened(folder: Path) -> None:
    one = folder / publish_samples(folder).generation
    two = folder / publish_samples(folder, PASSAGES[:3]).generation
    shutil.rmtree(two / "chroma")
    shutil.copytree(one / "chroma", two / "chroma")
    write_checksums(two)
    with pytest.raises(IndexDamaged, match="7 vectors for 3 passages"):
        open_index(two, "fake")
    write_passages(PASSAGES[:2], two / "passages.jsonl")
    write_checksums(two)
    with pytest.raises(IndexDamaged, match="holds 2 passages, not 3"):
        open_index(two, "fake")


def test_serving_leaves_every_published_byte_as_it_was(generation: Path) -> None:
    before = content(generation)
    index = open_index(generation, "fake")
    assert index.search(("内部审核",), np.ones(64, np.float32), language="zh", within=BOTH, k=3)
    assert content(generation) == before
    index.close()
    assert content(generation) == before


def test_a_generation_may_be_deleted_while_it_is_searched(generation: Path) -> None:
    index = open_index(generation, "fake")
    shutil.rmtree(generation)
    assert index.search(("内部审核",), np.ones(64, np.float32), language="zh", within=BOTH, k=3)
    index.close()


def test_what_does_not_fit_together_is_not_published(folder: Path) -> None:
    def attempt(passages: tuple[Passage, ...], rows: int, extra: str = "x") -> None:
        vectors = np.ones((rows, 4), np.float32)
        publish(
            folder,
            passages,
            vectors,
            {extra: b""},
            fingerprint="f",
            digest="d",
            built_at=BUILT,
            step=lambda _: None,
        )

    with pytest.raises(IndexingError, match="came with vectors"):
        attempt(PASSAGES, 3)
    with pytest.raises(IndexingError, match="same id"):
        attempt((PASSAGES[0], replace(PASSAGES[1], id=PASSAGES[0].id)), 2)
    for name in ("../x", "manifest.json", "chroma", "", ".."):
        with pytest.raises(IndexingError, match="extra file"):
            attempt(PASSAGES[:1], 1, name)
    assert not folder.exists()


def test_passages_are_read_as_they_were_written(tmp_path: Path) -> None:
    write_passages(PASSAGES, tmp_path / "p")
    assert read_passages(tmp_path / "p") == PASSAGES


@pytest.mark.parametrize("line", ["{}", "nonsense", "[]", '{"about": [], "spans": [], "x": 1}'])
def test_a_line_that_is_no_passage_is_named(tmp_path: Path, line: str) -> None:
    write_passages(PASSAGES[:2], tmp_path / "p")
    with (tmp_path / "p").open("a") as file:
        file.write(line + "\n")
    with pytest.raises(IndexingError, match=":3 is not a passage"):
        read_passages(tmp_path / "p")
