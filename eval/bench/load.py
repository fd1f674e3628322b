"""Questions over HTTP and to the embedding model alone, one at a time and eight at once.

``http.client`` rather than a library: the one who asks shares the machine with the one who answers.
"""

import http.client
import json
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial

from assistant.index.embedding import Embedder

TOGETHER = 8
ROUNDS = 5


@dataclass(slots=True)
class Figures:
    """Milliseconds of each question by row, and questions a second at eight at once."""

    rows: dict[str, list[float]] = field(default_factory=dict)
    rates: dict[str, float] = field(default_factory=dict)

    def add(self, row: str, milliseconds: float) -> None:
        self.rows.setdefault(row, []).append(milliseconds)


class Caller:
    """One connection that is kept open."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def live(self) -> None:
        self._connection.request("GET", "/health/live")
        self._connection.getresponse().read()

    def ask(self, question: str) -> dict[str, float]:
        """What the server says of its own milliseconds by stage."""
        body = json.dumps({"message": question}).encode()
        self._connection.request("POST", "/api/chat", body, {"Content-Type": "application/json"})
        response = self._connection.getresponse()
        content = response.read()
        if response.status != http.HTTPStatus.OK:
            raise RuntimeError(f"{response.status} for {question!r}")
        timings: dict[str, float] = json.loads(content)["timings_ms"]
        return timings

    def close(self) -> None:
        self._connection.close()


def measure(port: int, embedder: Embedder, questions: Sequence[str]) -> Figures:
    """Server and model take turns, so that noise hits both."""
    figures = Figures()
    caller = Caller(port)
    for question in questions:  # once over all of them unmeasured
        caller.ask(question)
        embedder.embed_query(question)
    for question in [*questions] * ROUNDS:
        figures.add("no-op route", _timed(caller.live))
        figures.add("embedding alone", _timed(partial(embedder.embed_query, question)))
        begun = time.perf_counter()
        stages = caller.ask(question)
        elapsed = (time.perf_counter() - begun) * 1000
        figures.add("whole question", elapsed)
        figures.add("everything except embedding", elapsed - stages["embed"])
        figures.add("  search and selection", stages["retrieve"])
        figures.add("  HTTP, storing and the rest", elapsed - sum(stages.values()))
    caller.close()
    many = [*questions] * ROUNDS
    before = _together(many, lambda: _embedding(embedder))[1]
    served, rate = _together(many, lambda: _asking(port))
    after = _together(many, lambda: _embedding(embedder))[1]
    figures.rows[f"whole question, {TOGETHER} at once"] = served
    figures.rates = {"questions": rate, "embedding": (before + after) / 2}
    return figures


Work = Callable[[str], object]


def _embedding(embedder: Embedder) -> tuple[Work, Callable[[], None]]:
    return embedder.embed_query, lambda: None


def _asking(port: int) -> tuple[Work, Callable[[], None]]:
    caller = Caller(port)
    return caller.ask, caller.close


def _together(
    questions: Sequence[str], prepare: Callable[[], tuple[Work, Callable[[], None]]]
) -> tuple[list[float], float]:
    """Milliseconds of each question, and questions a second, from eight threads."""

    def run(mine: Sequence[str]) -> list[float]:
        work, close = prepare()
        found = [_timed(partial(work, question)) for question in mine]
        close()
        return found

    begun = time.perf_counter()
    with ThreadPoolExecutor(TOGETHER) as threads:
        parts = threads.map(run, [questions[n::TOGETHER] for n in range(TOGETHER)])
        found = [milliseconds for part in parts for milliseconds in part]
    return found, len(found) / (time.perf_counter() - begun)


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000
