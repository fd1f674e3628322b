import threading
from concurrent.futures import Future
from typing import Any

import numpy as np
import pytest

from assistant.errors import ModelError, Unavailable
from assistant.index.batching import BatchingThread, Kind, Vectors

SECONDS = 10


class Encoder:
    """Encodes a text as its length; holds every batch until ``go`` is set."""

    def __init__(self) -> None:
        self.batches: list[tuple[Kind, list[str]]] = []
        self.begun = threading.Event()
        self.go = threading.Event()

    def __call__(self, kind: Kind, texts: list[str]) -> Vectors:
        self.batches.append((kind, texts))
        self.begun.set()
        assert self.go.wait(SECONDS)
        if "missing model" in texts:
            raise ModelError("no model")
        if "bad" in texts:
            raise TypeError("bad text")
        return np.array([[len(text)] for text in texts], np.float32)


def busy() -> tuple[Encoder, BatchingThread, "Future[Vectors]"]:
    """A thread at work on its first query, so that what comes next has to wait."""
    encoder = Encoder()
    thread = BatchingThread(encoder)
    first = thread.query("first")
    assert encoder.begun.wait(SECONDS)
    return encoder, thread, first


def value(future: "Future[Vectors]") -> Any:
    return future.result(SECONDS).tolist()


def test_waiting_queries_go_together_at_most_eight_at_once_in_order() -> None:
    encoder, thread, first = busy()
    waiting = [thread.query("x" * n) for n in range(1, 21)]
    encoder.go.set()
    assert value(first) == [[5]]
    assert [value(future) for future in waiting] == [[[n]] for n in range(1, 21)]
    assert [len(texts) for _, texts in encoder.batches] == [1, 8, 8, 4]
    thread.close()


def test_queries_overtake_passages() -> None:
    encoder, thread, _ = busy()
    slow = thread.bulk("passage", ["a", "bb", "ccc"])
    quick = thread.query("now")
    encoder.go.set()
    assert value(slow) == [[1], [2], [3]]
    assert value(quick) == [[3]]
    assert [kind for kind, _ in encoder.batches] == ["query", "query", "passage"]
    thread.close()


def test_an_error_reaches_every_waiter_and_the_thread_goes_on() -> None:
    encoder, thread, _ = busy()
    waiting = [thread.query(text) for text in ("a", "missing model", "b")]
    encoder.go.set()
    for future in waiting:
        with pytest.raises(ModelError, match="no model"):
            future.result(SECONDS)
    assert value(thread.query("fine")) == [[4]]
    thread.close()


def test_a_text_that_cannot_be_embedded_fails_alone() -> None:
    encoder, thread, _ = busy()
    good, bad, fine = (thread.query(text) for text in ("good", "bad", "fine!"))
    encoder.go.set()
    assert value(good) == [[4]]
    assert value(fine) == [[5]]
    with pytest.raises(TypeError, match="bad text"):
        bad.result(SECONDS)
    thread.close()


def test_a_cancelled_query_is_not_embedded() -> None:
    encoder, thread, _ = busy()
    unwanted, wanted = thread.query("unwanted"), thread.query("wanted")
    assert unwanted.cancel()
    encoder.go.set()
    assert value(wanted) == [[6]]
    assert encoder.batches[1:] == [("query", ["wanted"])]
    thread.close()


def test_closing_finishes_the_work_begun_and_turns_the_rest_away() -> None:
    encoder, thread, first = busy()
    waiting = [thread.query("late"), thread.bulk("passage", ["late"])]
    closing = threading.Thread(target=thread.close)
    closing.start()
    for future in waiting:
        with pytest.raises(Unavailable):
            future.result(SECONDS)
    encoder.go.set()
    closing.join(SECONDS)
    assert value(first) == [[5]]
    assert not closing.is_alive()
    with pytest.raises(Unavailable):
        thread.query("too late")


def test_closing_what_never_worked_is_no_error() -> None:
    thread = BatchingThread(Encoder())
    thread.close()
    thread.close()
