"""An embedder and an index without models, files or libraries behind them."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future

import numpy as np
from numpy.typing import NDArray

from assistant.index.batching import Kind, Vectors
from assistant.language import fold, tokens
from assistant.types import Hit, Passage, StoredLanguage

DIMENSION = 64


class FakeEmbedder:
    """Counts of hashed character trigrams, unit length: alike texts are near, nothing more."""

    fingerprint = "fake"

    def embed_query(self, text: str) -> NDArray[np.float32]:
        vector = np.full(DIMENSION, 1e-3, np.float32)
        folded = f" {fold(text)} "
        for start in range(len(folded) - 2):
            digest = hashlib.sha256(folded[start : start + 3].encode()).digest()
            vector[digest[0] % DIMENSION] += 1 if digest[1] % 2 else -1
        unit: NDArray[np.float32] = vector / np.linalg.norm(vector)
        return unit

    def queue_query(self, text: str) -> "Future[Vectors]":
        future: Future[Vectors] = Future()
        future.set_result(self.embed_query(text)[np.newaxis])
        return future

    def embed_all(
        self, kind: Kind, texts: Sequence[str], advance: Callable[[int], None]
    ) -> NDArray[np.float32]:
        rows = [self.embed_query(text) for text in texts]
        advance(len(rows))
        return np.array(rows, np.float32).reshape(len(rows), DIMENSION)

    def warm_up(self) -> None: ...

    def close(self) -> None: ...


class FakeIndex:
    """Shared terms and nearness, half each; ``generation`` is ``fake``."""

    generation = "fake"
    built_at = "2026-11-20T08:00:00+00:00"

    def __init__(self, passages: Iterable[Passage]) -> None:
        self.passages: Mapping[str, Passage] = {passage.id: passage for passage in passages}
        texts = [passage.text for passage in self.passages.values()]
        self._terms = [set(tokens(fold(text))) for text in texts]
        self._vectors = FakeEmbedder().embed_all("passage", texts, lambda _: None)

    def close(self) -> None: ...

    def search(
        self,
        forms: tuple[str, ...],
        vector: NDArray[np.float32],
        *,
        language: StoredLanguage,
        within: frozenset[StoredLanguage],
        k: int,
    ) -> tuple[Hit, ...]:
        asked = [set(tokens(form)) for form in forms]
        hits = []
        for row, passage in enumerate(self.passages.values()):
            shares = [len(form & self._terms[row]) / max(len(form), 1) for form in asked]
            near = (1 + float(self._vectors[row] @ vector)) / 2
            if passage.language in within:
                score = (max(shares, default=0.0) + min(max(near, 0.0), 1.0)) / 2
                hits.append(Hit(passage.id, score))
        return tuple(sorted(hits, key=lambda hit: -hit.score)[: max(k, 0)])
