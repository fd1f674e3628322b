"""Ingest as a process that comes to an end of its own choosing: ``… corpus index log how where``.

``where`` is a step, ``kept n`` (n more texts on disk for the first time) or ``model n`` (inside
the n-th call of the model). ``how`` is ``kill``, or ``full``: from there on no file may grow.
What the model embedded until killed goes to ``log``, a text a line.
"""

import os
import resource
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.errors import IndexNotWritable
from assistant.index.batching import Kind
from assistant.ingestion.ingest import ingest
from assistant.ingestion.progress import Silent
from tests.index.fakes import FakeEmbedder

FULL = 7


class Logging(FakeEmbedder):
    """Writes down what it embeds; ``call`` is told of every call, with its number."""

    def __init__(self, log: Path, call: Callable[[str], None] = lambda _: None) -> None:
        self._log = log
        self._call = call
        self._calls = 0

    def embed_all(
        self, kind: Kind, texts: Sequence[str], advance: Callable[[int], None]
    ) -> NDArray[np.float32]:
        self._calls += 1
        self._call(f"model {self._calls}")
        with self._log.open("a", encoding="utf-8") as log:
            log.writelines(f"{kind} {text}\n" for text in texts)
        return super().embed_all(kind, texts, advance)


class Ending(Silent):
    def __init__(self, how: str, where: str) -> None:
        self._how = how
        self._where = where
        self._kept = 0

    def step(self, name: str) -> None:
        if name != self._where:
            return
        if self._how == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))

    def advance(self, texts: int) -> None:
        self._kept += texts > 0
        self.step(f"kept {self._kept}")


def main(corpus: str, index: str, log: str, how: str, where: str) -> int:
    ending = Ending(how, where)
    model = Logging(Path(log if how == "kill" else os.devnull), ending.step)
    try:
        ingest(Path(corpus), Path(index), model, ending, lambda: datetime.now(UTC))
    except IndexNotWritable as error:
        sys.stderr.write(error.message)
        return FULL
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
