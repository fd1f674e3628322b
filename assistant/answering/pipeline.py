"""A question's way through answering, in a row: understand, embed, retrieve, draft, cite."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.answering.cite import cite
from assistant.answering.drafting import draft, unsupported
from assistant.answering.followups import unsaid
from assistant.answering.retrieve import retrieve
from assistant.answering.snapshot import Snapshot
from assistant.answering.understand import understand
from assistant.answering.weights import Weights
from assistant.deadline import Deadline
from assistant.errors import CertpathError
from assistant.types import Answer, Question

ENGINE = "extractive"
_WEIGHTS = Weights()


class QueryEmbedder(Protocol):
    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Shape (d,), unit norm."""
        ...


class _Laps:
    """Milliseconds of each stage; the end of one is where a question may be given up."""

    def __init__(self, clock: Callable[[], float], deadline: Deadline | None) -> None:
        self._clock = clock
        self._deadline = deadline
        self._last = clock()
        self.timings_ms: tuple[tuple[str, float], ...] = ()

    def done(self, stage: str) -> None:
        now = self._clock()
        self.timings_ms += ((stage, round((now - self._last) * 1000, 3)),)
        self._last = now
        if self._deadline is not None:
            self._deadline.check()


def answer(
    question: Question,
    snapshot: Snapshot,
    embedder: QueryEmbedder,
    clock: Callable[[], float] = time.perf_counter,
    weights: Weights = _WEIGHTS,
    deadline: Deadline | None = None,
) -> Answer:
    """``clock`` gives seconds. Raises TimedOut or Cancelled at the end of a stage."""
    laps = _Laps(clock, deadline)
    understood = understand(question, snapshot)
    laps.done("understand")
    vector = embedder.embed_query(understood.plain)
    laps.done("embed")
    evidence = retrieve(understood, vector, snapshot, weights)
    if understood.said:
        evidence = unsaid(evidence, understood, vector, snapshot)
    laps.done("retrieve")
    drafted = draft(understood, evidence, snapshot, graph=weights.graph and not understood.said)
    laps.done("draft")
    answered = cite(drafted, understood, snapshot, ENGINE)
    if answered is None:
        answered = cite(unsupported(understood, evidence, snapshot), understood, snapshot, ENGINE)
    if answered is None:
        raise CertpathError("the words for an honest no failed the check themselves")
    laps.done("cite")
    return replace(answered, timings_ms=laps.timings_ms)
