"""Corpus to a published generation: lock, read, compare, embed, publish, prune."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from assistant.errors import (
    IndexDamaged,
    IndexForeign,
    IndexingError,
    IndexNotWritable,
    IngestRunning,
)
from assistant.index import checksums
from assistant.index.batching import Kind
from assistant.index.cached_embedding import CachedEmbedding
from assistant.index.embedding import Embedder
from assistant.index.embedding_cache import EmbeddingCache
from assistant.index.generations import publish
from assistant.index.manifest import Manifest, current, published
from assistant.index.pruning import prune, sweep
from assistant.ingestion.content import Content, read_content
from assistant.ingestion.progress import Progress
from assistant.knowledge.passages import LANGUAGES

COLLECTION = "certpath"
KNOWLEDGE_FILE = "knowledge.json"
STATEMENTS_FILE = "statements.npy"
"""Vectors of all statements, shape (2, n, d): Chinese and English, in the knowledge's order."""
QUESTIONS_FILE = "questions.npy"
"""Vectors of all wordings of the competency questions, as queries, shape (w, d), in that order."""
CACHE_FILE = "embeddings.sqlite3"


@dataclass(frozen=True, slots=True)
class Report:
    """``published`` is False where the index was up to date and nothing was written.

    ``embedded`` texts went through the model, ``from_cache`` were known; ``forgotten`` left the
    cache; ``removed`` are the generations that went.
    """

    manifest: Manifest
    published: bool
    embedded: int = 0
    from_cache: int = 0
    forgotten: int = 0
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """``fresh``: the index is what ingest would build now from this corpus with this model.

    ``problem`` is why the current generation cannot be used; there is no manifest then.
    """

    manifest: Manifest | None
    fresh: bool
    statements: int
    passages: int
    problem: str | None


def ingest(
    corpus_dir: Path,
    index_dir: Path,
    embedder: Embedder,
    progress: Progress,
    clock: Callable[[], datetime],
    *,
    rebuild: bool = False,
) -> Report:
    """Publish a generation of the corpus, unless the current one is the same and whole.

    What a killed run left is removed, and what it embedded is not embedded again.

    Raises:
        CorpusError: the corpus does not hold together; nothing was written.
        IngestRunning: another process is at it.
        IndexNotWritable: the disk is full or refuses; the old generation is current.
        ModelError: the model cannot be loaded.
    """
    collection_dir = index_dir / COLLECTION
    progress.step("reading")
    content = read_content(corpus_dir)
    progress.step("locking")
    try:
        lock = _lock(collection_dir)
    except IndexNotWritable:  # a read-only folder will do while there is nothing to write
        newest = None if rebuild else _same(collection_dir, content, embedder, progress)
        if newest is None:
            raise
        return Report(newest, published=False)
    with lock:
        progress.step("sweeping")
        sweep(collection_dir)
        progress.step("comparing")
        newest = None if rebuild else _same(collection_dir, content, embedder, progress)
        if newest:
            return Report(newest, published=False)
        progress.step("opening the cache")
        with closing(EmbeddingCache(collection_dir / CACHE_FILE, progress.notice)) as cache:
            return _build(collection_dir, content, embedder, cache, progress, clock)


def _build(
    collection_dir: Path,
    content: Content,
    embedder: Embedder,
    cache: EmbeddingCache,
    progress: Progress,
    clock: Callable[[], datetime],
) -> Report:
    embedding = CachedEmbedding(embedder, cache)
    progress.step("embedding")
    progress.begin(len(content.texts) + len(content.statements) + len(content.wordings))
    vectors = embedding.embed("passage", content.texts, progress.advance)
    said = embedding.embed("passage", content.statements, progress.advance)
    asked = embedding.embed("query", content.wordings, progress.advance)
    manifest = publish(
        collection_dir,
        content.passages,
        vectors,
        {
            KNOWLEDGE_FILE: content.knowledge,
            STATEMENTS_FILE: _packed(said.reshape(len(LANGUAGES), len(said) // 2, -1)),
            QUESTIONS_FILE: _packed(asked),
        },
        fingerprint=embedder.fingerprint,
        digest=content.digest,
        built_at=clock(),
        step=progress.step,
    )
    removed, forgotten = _tidy(collection_dir, content, manifest, cache, progress)
    return Report(manifest, True, embedding.made, embedding.reused, forgotten, removed)


def _tidy(
    collection_dir: Path,
    content: Content,
    manifest: Manifest,
    cache: EmbeddingCache,
    progress: Progress,
) -> tuple[tuple[str, ...], int]:
    """The names of the generations removed and how many embeddings the cache let go.

    What cannot be removed now does no harm: the next ingest tries again.
    """
    used: dict[Kind, tuple[str, ...]] = {
        "passage": (*content.texts, *content.statements),
        "query": content.wordings,
    }
    removed: tuple[str, ...] = ()
    forgotten = 0
    try:
        progress.step("pruning")
        removed = prune(collection_dir)
        progress.step("forgetting")
        kept = published(collection_dir)
        forgotten = cache.settle(manifest.generation, manifest.fingerprint, used, kept)
    except IndexingError as error:
        progress.notice(f"Published, but not tidied up: {error.message}")
    return removed, forgotten


def inspect(corpus_dir: Path, index_dir: Path, fingerprint: str) -> Status:
    """Compare index and corpus, without loading a model or writing anything.

    Raises CorpusError where the corpus does not hold together.
    """
    content = read_content(corpus_dir)
    problems: list[str] = []
    manifest = _whole(index_dir / COLLECTION, problems.append)
    return Status(
        manifest,
        manifest is not None and content.is_in(manifest, fingerprint),
        len(content.statements) // len(LANGUAGES),
        len(content.passages),
        problems[0] if problems else None,
    )


def _lock(collection_dir: Path) -> AbstractContextManager[object]:
    """Already held; it goes with its process, however that ends."""
    try:
        collection_dir.mkdir(parents=True, exist_ok=True)
        return FileLock(collection_dir / "ingest.lock").acquire(timeout=0)
    except Timeout as error:
        hint = "Wait for it to finish; the server picks up what it publishes."
        raise IngestRunning("Another ingest is running on this index.", hint) from error
    except OSError as error:
        raise IndexNotWritable(f"{collection_dir} cannot be written: {error}") from error


def _same(
    collection_dir: Path, content: Content, embedder: Embedder, progress: Progress
) -> Manifest | None:
    """The current generation, if it was built from this content and is whole."""
    manifest = _whole(collection_dir, progress.notice)
    if manifest is None or not content.is_in(manifest, embedder.fingerprint):
        return None
    return manifest


def _whole(collection_dir: Path, notice: Callable[[str], None]) -> Manifest | None:
    """The current generation; None, and a notice why, where it cannot be used."""
    try:
        manifest = current(collection_dir)
        if manifest is not None:
            checksums.check(collection_dir / manifest.generation)
    except (IndexDamaged, IndexForeign) as error:
        notice(error.message)
        return None
    return manifest


def _packed(vectors: NDArray[np.float32]) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, vectors, allow_pickle=False)
    return buffer.getvalue()
