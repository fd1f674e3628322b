"""The composition root: the only place that builds clients and ties the parts together."""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np
import structlog
from threadpoolctl import threadpool_limits

from assistant import logs
from assistant.answering.due_list import list_dates
from assistant.answering.missed import list_missed
from assistant.answering.opening import keep, open_kept, open_passage
from assistant.answering.papers import list_documents
from assistant.answering.pipeline import answer
from assistant.answering.road import list_next, list_steps
from assistant.answering.roles import show_role
from assistant.answering.snapshot import Snapshot
from assistant.answering.weights import Weights
from assistant.deadline import Deadline
from assistant.errors import CertpathError, IndexDamaged, NotFound, Unavailable
from assistant.index.batching import Vectors
from assistant.index.embedding import Embedder, SentenceTransformerEmbedder
from assistant.index.generations import open_index
from assistant.index.live import Live
from assistant.ingestion.ingest import (
    COLLECTION,
    KNOWLEDGE_FILE,
    QUESTIONS_FILE,
    STATEMENTS_FILE,
)
from assistant.knowledge.loading import restore
from assistant.listings import (
    Document,
    DocumentFilter,
    DueDate,
    Gaps,
    GivenDates,
    Listing,
    Onward,
    Role,
    Step,
)
from assistant.memory.database import Database, database_url
from assistant.memory.keeper import Keeper
from assistant.memory.records import Reply, Turn
from assistant.memory.store import Store
from assistant.settings import Settings
from assistant.types import (
    Answer,
    Language,
    OpenedPassage,
    Progress,
    Question,
    Readiness,
    Region,
)

RETRY_SECONDS = 5.0  # before a start that failed is tried again
_log = structlog.get_logger()
_WHY = {
    "index_damaged": "it is damaged or incomplete",
    "index_foreign": "it was built with another embedding model or another version of Certpath",
    "index_missing": "it is gone",
    "index_not_writable": "the folder for temporary files cannot hold a copy of its vectors",
}


def build_embedder(settings: Settings, notice: Callable[[str], None]) -> Embedder:
    """The embedding model of the settings, not loaded yet; ``notice`` hears of slow work."""
    settings.prepare_libraries()
    return SentenceTransformerEmbedder(
        settings.embedding_model, settings.cache_dir, settings.offline, notice
    )


def configure_logging(settings: Settings) -> None:
    """Structured lines on standard error, from the level of the settings up."""
    logs.configure(settings.log_level)


@dataclass(frozen=True, slots=True)
class _Patient:
    """The embedding model as one question sees it: only as long as somebody waits."""

    embedder: Embedder
    deadline: Deadline
    seconds: float

    def embed_query(self, text: str) -> Vectors:
        vector: Vectors = self.deadline.result(self.embedder.queue_query(text), self.seconds)[0]
        return vector


class Services:
    """Everything a running server needs. Methods may block; all are safe from several threads."""

    def __init__(self, settings: Settings, embedder: Embedder) -> None:
        threadpool_limits(1, user_api="blas")  # numpy's, not torch's: docs/decisions/0001
        self._embedder = embedder
        self._embed_seconds = settings.embed_seconds
        self._live: Live[Snapshot] = Live(
            settings.index_dir / COLLECTION, self._open, _close, time.monotonic
        )
        database = Database(database_url(settings.conversations_url))
        patience = timedelta(seconds=settings.shutdown_seconds)
        self.memory = Store(database, lease=patience)
        self._keeper = Keeper(self.memory, settings.kept_days)
        self._problem: str | None = "starting"
        self._closed = threading.Event()

    def start(self) -> None:
        """Load model and index, and open the database, beside the server, which answers 503."""
        self._keeper.start()
        threading.Thread(target=self._warm_up_at_last, name="warm-up", daemon=True).start()

    def close(self) -> None:
        self._closed.set()
        self._keeper.close()
        self._live.close()
        self._embedder.close()

    def answer(
        self, question: Question, deadline: Deadline | None = None, weights: Weights | None = None
    ) -> Answer:
        """Of a question that is not kept. Raises Unavailable while starting, IndexMissing where
        nothing was ingested, TimedOut, and Cancelled where ``deadline`` was; without one there is
        no haste."""
        given, _ = self._reply(question, deadline or Deadline(math.inf), weights or Weights())
        return given

    def reply(self, turn: Turn, deadline: Deadline) -> Answer:
        """The answer, once it is kept. Raises what :meth:`answer` and ``Store.settle`` raise."""
        return self.memory.settle(turn, lambda: self._reply(turn.question, deadline, Weights()))

    def passage(self, passage_id: str, language: Language) -> OpenedPassage:
        """Of the index, else as a stored message cites it.

        Raises NotFound, StorageUnavailable, and what :meth:`answer` raises.
        """
        with self._live.use() as snapshot:
            try:
                return open_passage(passage_id, language, snapshot)
            except NotFound:
                return open_kept(self.memory.passage(passage_id), language, snapshot)

    def process(self, language: Language) -> Listing[Step]:
        """The road. Raises what :meth:`answer` raises."""
        with self._live.use() as snapshot:
            return list_steps(language, snapshot)

    def next_steps(self, progress: Progress, region: Region | None, language: Language) -> Onward:
        """Raises InvalidInput, and what :meth:`answer` raises."""
        with self._live.use() as snapshot:
            return list_next(progress, region, language, snapshot)

    def role(self, role_id: str, language: Language) -> Role:
        """Raises NotFound, and what :meth:`answer` raises."""
        with self._live.use() as snapshot:
            return show_role(role_id, language, snapshot)

    def documents(self, wanted: DocumentFilter, language: Language) -> Listing[Document]:
        """Raises InvalidInput, and what :meth:`answer` raises."""
        with self._live.use() as snapshot:
            return list_documents(wanted, language, snapshot)

    def dates(
        self, given: GivenDates, region: Region | None, language: Language
    ) -> Listing[DueDate]:
        """Raises InvalidInput, and what :meth:`answer` raises."""
        with self._live.use() as snapshot:
            return list_dates(given, region, language, snapshot)

    def gaps(self, limit: int, offset: int, language: Language) -> Gaps:
        """What was asked in vain. Raises StorageUnavailable, and what :meth:`answer` raises."""
        self._wait_for_model()
        found, total = self.memory.gaps(limit=limit, offset=offset)
        with self._live.use() as snapshot:
            return list_missed(found, total, language, snapshot, self._embedder)

    def readiness(self) -> Readiness:
        """``problem`` names no path; the log has the details."""
        hindered = self._problem or self._keeper.problem()
        if self._live.generation is None:
            return Readiness(hindered is None, None, None, hindered)
        with self._live.use() as snapshot:
            served = snapshot.searcher
            problem = hindered or self._refusal()
            return Readiness(hindered is None, served.generation, served.built_at, problem)

    def _refusal(self) -> str | None:
        refused = self._live.refused
        if refused is None:
            return None
        newest = refused.generation or "the newest index"
        return f"{newest} is not served: {_WHY.get(refused.code, 'it cannot be opened')}"

    def warm_up(self) -> None:
        """What :meth:`start` does beside the server: the first answer pays for nothing then."""
        try:
            self._embedder.warm_up()
            with self._live.use() as snapshot:
                answer(Question("管理評審"), snapshot, self._embedder)
        except CertpathError as error:
            self._problem = f"cannot start: {error.code}"
            _log.error("not_ready", problem=error.message, hint=error.hint)
        else:
            self._problem = None
            _log.info("ready", generation=self._live.generation)

    def _warm_up_at_last(self) -> None:
        """An index that is missing now may be published later."""
        self.warm_up()
        while self._problem is not None and not self._closed.wait(RETRY_SECONDS):
            self.warm_up()

    def _reply(self, question: Question, deadline: Deadline, weights: Weights) -> Reply:
        self._wait_for_model()
        embedder = _Patient(self._embedder, deadline, self._embed_seconds)
        with self._live.use() as snapshot:
            given = answer(question, snapshot, embedder, weights=weights, deadline=deadline)
            cited = dict.fromkeys(citation.passage_id for citation in given.citations)
            return given, tuple(keep(passage_id, snapshot) for passage_id in cited)

    def _wait_for_model(self) -> None:
        if self._problem is not None:
            raise Unavailable("Certpath is starting.", "Try again in a few seconds.")

    def _open(self, path: Path) -> Snapshot:
        index = open_index(path, self._embedder.fingerprint)
        try:
            knowledge = restore((path / KNOWLEDGE_FILE).read_bytes())
            said, asked = (
                np.load(path / name, allow_pickle=False)
                for name in (STATEMENTS_FILE, QUESTIONS_FILE)
            )
            return Snapshot(index, knowledge, said, asked)
        except (OSError, ValueError, KeyError) as error:
            index.close()
            message = f"The knowledge of generation {path.name} cannot be read."
            raise IndexDamaged(message, "Run `python ingest.py --rebuild`.") from error


def _close(snapshot: Snapshot) -> None:
    snapshot.searcher.close()
