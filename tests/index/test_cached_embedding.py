from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.index.batching import Kind
from assistant.index.cached_embedding import AT_ONCE, CachedEmbedding
from assistant.index.embedding_cache import EmbeddingCache
from tests.index.fakes import FakeEmbedder


class Killed(Exception): ...


class Counting(FakeEmbedder):
    """Keeps the texts it embedded; from the one named ``fatal`` it does not come back."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def embed_all(
        self, kind: Kind, texts: Sequence[str], advance: Callable[[int], None]
    ) -> NDArray[np.float32]:
        if any("fatal" in text for text in texts):
            raise Killed
        self.seen += texts
        return super().embed_all(kind, texts, advance)


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[EmbeddingCache]:
    with closing(EmbeddingCache(tmp_path / "cache.sqlite3", pytest.fail)) as cache:
        yield cache


def test_only_texts_never_seen_go_through_the_model(cache: EmbeddingCache) -> None:
    first, second = Counting(), Counting()
    CachedEmbedding(first, cache).embed("passage", ["a", "b", "a"], lambda _: None)
    assert sorted(first.seen) == ["a", "b"]
    embedding = CachedEmbedding(second, cache)
    done: list[int] = []
    vectors = embedding.embed("passage", ["b", "c", "a"], done.append)
    assert second.seen == ["c"]
    assert (embedding.made, embedding.reused) == (1, 2)
    assert sum(done) == 3
    assert np.array_equal(vectors, [second.embed_query(text) for text in "bca"])


def test_what_was_embedded_before_a_kill_is_not_embedded_again(cache: EmbeddingCache) -> None:
    texts = [f"text {n:03}" for n in range(3 * AT_ONCE)]
    with pytest.raises(Killed):
        CachedEmbedding(Counting(), cache).embed("passage", [*texts, "a fatal one"], lambda _: None)
    again = Counting()
    CachedEmbedding(again, cache).embed("passage", texts, lambda _: None)
    assert again.seen == []


def test_no_texts_no_vectors(cache: EmbeddingCache) -> None:
    assert CachedEmbedding(Counting(), cache).embed("query", [], lambda _: None).shape == (0, 0)
