"""A question's way through answering, in a row: understand, embed, retrieve, draft, cite."""

import itertools
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.answering.cite import cite
from assistant.answering.drafting import draft, unsupported
from assistant.answering.retrieve import retrieve
from assistant.answering.select import Weights
from assistant.answering.snapshot import Snapshot
from assistant.answering.understand import understand
from assistant.errors import CertpathError
from assistant.types import Answer, Question

ENGINE = "extractive"
_WEIGHTS = Weights()


class QueryEmbedder(Protocol):
    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Shape (d,), unit norm."""
        ...


def answer(
    question: Question,
    snapshot: Snapshot,
    embedder: QueryEmbedder,
    clock: Callable[[], float] = time.perf_counter,
    weights: Weights = _WEIGHTS,
) -> Answer:
    """``clock`` gives seconds; stages are reported in milliseconds."""
    marks: list[tuple[str, float]] = [("", clock())]
    understood = understand(question, snapshot)
    marks.append(("understand", clock()))
    vector = embedder.embed_query(understood.plain)
    marks.append(("embed", clock()))
    evidence = retrieve(understood, vector, snapshot, weights)
    marks.append(("retrieve", clock()))
    drafted = draft(understood, evidence, snapshot, graph=weights.graph)
    marks.append(("draft", clock()))
    answered = cite(drafted, understood, snapshot, ENGINE)
    if answered is None:
        answered = cite(unsupported(understood, evidence, snapshot), understood, snapshot, ENGINE)
    if answered is None:
        raise CertpathError("the words for an honest no failed the check themselves")
    marks.append(("cite", clock()))
    pairs = itertools.pairwise(marks)
    timings = tuple((name, round((end - start) * 1000, 3)) for (_, start), (name, end) in pairs)
    return replace(answered, timings_ms=timings)
