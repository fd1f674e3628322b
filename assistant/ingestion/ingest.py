"""Corpus to a published generation: lock, load, compare, embed, publish, prune."""

import hashlib
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from assistant.errors import IngestRunning
from assistant.index.embedding import Embedder
from assistant.index.generations import prune, publish
from assistant.index.manifest import Manifest, current
from assistant.knowledge.loading import dump, load_corpus
from assistant.knowledge.passages import LANGUAGES, build_passages
from assistant.types import Passage

_FORMAT = 3  # of the files that a generation carries beside its index
COLLECTION = "certpath"
KNOWLEDGE_FILE = "knowledge.json"
STATEMENTS_FILE = "statements.npy"
"""Vectors of all statements, shape (2, n, d): Chinese and English, in the knowledge's order."""
QUESTIONS_FILE = "questions.npy"
"""Vectors of all wordings of the competency questions, as queries, shape (w, d), in that order."""


class Progress(Protocol):
    """Told how far the long part, embedding, has come."""

    def begin(self, passages: int) -> None: ...

    def advance(self, passages: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Report:
    """``published`` is False where the index was up to date and nothing was written."""

    manifest: Manifest
    published: bool
    pruned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """``fresh``: the index is what ingest would build now from this corpus with this model."""

    manifest: Manifest | None
    fresh: bool
    statements: int
    passages: int


def ingest(
    corpus_dir: Path,
    index_dir: Path,
    embedder: Embedder,
    progress: Progress,
    clock: Callable[[], datetime],
    *,
    rebuild: bool = False,
) -> Report:
    """Publish a generation of the corpus, unless the current one is the same.

    Raises:
        CorpusError: the corpus does not hold together; nothing was written.
        IngestRunning: another process is at it.
        IndexingError, ModelError: the index cannot be written, or the model not be loaded.
    """
    collection_dir = index_dir / COLLECTION
    collection_dir.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(collection_dir / "ingest.lock", timeout=0):
            return _ingest(corpus_dir, collection_dir, embedder, progress, clock, rebuild)
    except Timeout as error:
        hint = "Wait for it to finish; the server picks up what it publishes."
        raise IngestRunning("Another ingest is running on this index.", hint) from error


def _ingest(
    corpus_dir: Path,
    collection_dir: Path,
    embedder: Embedder,
    progress: Progress,
    clock: Callable[[], datetime],
    rebuild: bool,
) -> Report:
    knowledge = load_corpus(corpus_dir)
    passages = build_passages(knowledge)
    content = dump(knowledge)
    digest = _digest(content, passages)
    newest = None if rebuild else current(collection_dir)
    if newest and (newest.digest, newest.fingerprint) == (digest, embedder.fingerprint):
        return Report(newest, published=False)
    texts = [passage.text for passage in passages]
    statements = [
        statement.text.stored(language)
        for language in LANGUAGES
        for statement in knowledge.statements.values()
    ]
    wordings = [wording for question in knowledge.questions for wording in question.wordings]
    progress.begin(len(texts) + len(statements) + len(wordings))
    vectors = embedder.embed_all("passage", texts, progress.advance)
    said = embedder.embed_all("passage", statements, progress.advance)
    asked = embedder.embed_all("query", wordings, progress.advance)
    manifest = publish(
        collection_dir,
        passages,
        vectors,
        {
            KNOWLEDGE_FILE: content,
            STATEMENTS_FILE: _packed(said.reshape(len(LANGUAGES), len(said) // 2, -1)),
            QUESTIONS_FILE: _packed(asked),
        },
        fingerprint=embedder.fingerprint,
        digest=digest,
        built_at=clock(),
    )
    return Report(manifest, published=True, pruned=prune(collection_dir))


def inspect(corpus_dir: Path, index_dir: Path, fingerprint: str) -> Status:
    """Compare index and corpus, without loading a model or writing anything.

    Raises CorpusError or IndexingError where one of them cannot be read.
    """
    knowledge = load_corpus(corpus_dir)
    passages = build_passages(knowledge)
    expected = (_digest(dump(knowledge), passages), fingerprint)
    manifest = current(index_dir / COLLECTION)
    fresh = manifest is not None and (manifest.digest, manifest.fingerprint) == expected
    return Status(manifest, fresh, len(knowledge.statements), len(passages))


def _packed(vectors: NDArray[np.float32]) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, vectors, allow_pickle=False)
    return buffer.getvalue()


def _digest(knowledge: bytes, passages: Sequence[Passage]) -> str:
    """SHA-256 of what would be published, so a change of data and one of code both count."""
    digest = hashlib.sha256(f"{_FORMAT}".encode() + knowledge)
    for passage in passages:
        digest.update(passage.id.encode())
    return digest.hexdigest()
