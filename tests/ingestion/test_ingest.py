"""Ingest publishes what changed, leaves alone what did not, and harms nothing when it fails."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from filelock import FileLock

from assistant.errors import CorpusError, IngestRunning
from assistant.index.manifest import current
from assistant.ingestion.ingest import COLLECTION, Report, ingest, inspect
from assistant.ingestion.progress import Silent
from tests.index.fakes import FakeEmbedder
from tests.knowledge import small

Run = Callable[..., Report]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    return small.write(folder)


@pytest.fixture
def run(corpus: Path, tmp_path: Path) -> Run:
    start = datetime(2026, 11, 23, tzinfo=UTC)
    moments = (start + timedelta(minutes=n) for n in count())

    def ingest_corpus(rebuild: bool = False) -> Report:
        embedder, index_dir = FakeEmbedder(), tmp_path / "index"
        clock = partial(next, moments)
        return ingest(corpus, index_dir, embedder, Silent(), clock, rebuild=rebuild)

    return ingest_corpus


def test_first_run_publishes_every_passage(run: Run) -> None:
    report = run()
    assert report.published
    assert report.manifest.passages == 6  # S1, S2 by two sources; in two languages


def test_unchanged_corpus_is_left_alone(run: Run) -> None:
    first = run()
    second = run()
    assert not second.published
    assert second.manifest == first.manifest


def test_changed_sentence_is_published(run: Run, corpus: Path) -> None:
    first = run()
    small.write(corpus, steps=("至少要做 1 次", "至少要做 2 次"))
    second = run()
    assert second.published
    assert second.manifest.generation != first.manifest.generation


def test_rebuild_publishes_even_if_unchanged(run: Run) -> None:
    run()
    assert run(rebuild=True).published


def test_broken_corpus_leaves_the_old_generation_current(
    run: Run, corpus: Path, tmp_path: Path
) -> None:
    first = run()
    small.write(corpus, steps=("about: [R-09]", "about: [R-77]"))
    with pytest.raises(CorpusError, match="R-77"):
        run()
    assert current(tmp_path / "index" / COLLECTION) == first.manifest


def test_second_ingest_at_the_same_time_is_refused(run: Run, tmp_path: Path) -> None:
    run()
    with FileLock(tmp_path / "index" / COLLECTION / "ingest.lock"), pytest.raises(IngestRunning):
        run()


def test_old_generations_are_pruned_to_the_two_newest(run: Run) -> None:
    run()
    run(rebuild=True)
    assert len(run(rebuild=True).removed) == 1


def test_status_tells_fresh_from_stale_without_writing(
    run: Run, corpus: Path, tmp_path: Path
) -> None:
    assert inspect(corpus, tmp_path / "index", "fake").manifest is None
    assert not (tmp_path / "index").exists()
    run()
    assert inspect(corpus, tmp_path / "index", "fake").fresh
    assert not inspect(corpus, tmp_path / "index", "another model").fresh
    small.write(corpus, steps=("至少要做 1 次", "至少要做 2 次"))
    assert not inspect(corpus, tmp_path / "index", "fake").fresh
