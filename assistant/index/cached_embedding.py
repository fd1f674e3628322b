"""Embedding that never does the same text twice, not even after a kill."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.index.batching import Kind
from assistant.index.embedding import Embedder, tokens_in
from assistant.index.embedding_cache import EmbeddingCache

AT_ONCE = 32  # texts that a kill can cost: 1 to 2 s of work; a commit takes milliseconds


class CachedEmbedding:
    """``made`` and ``reused`` count the texts asked for: embedded now, or known before."""

    def __init__(self, embedder: Embedder, cache: EmbeddingCache) -> None:
        self._embedder = embedder
        self._cache = cache
        self.made = 0
        self.reused = 0

    def embed(
        self, kind: Kind, texts: Sequence[str], advance: Callable[[int], None]
    ) -> NDArray[np.float32]:
        """Shape (n, d), in the order of ``texts``; ``advance(m)`` when m more are kept."""
        model = self._embedder.fingerprint
        vectors = self._cache.find(model, kind, texts)
        missing = sorted(
            {text for text in texts if text not in vectors}, key=lambda t: (tokens_in(t), t)
        )
        known = len(texts) - len(missing)
        self.reused += known
        advance(known)
        for start in range(0, len(missing), AT_ONCE):
            chosen = missing[start : start + AT_ONCE]
            made = self._embedder.embed_all(kind, chosen, lambda _: None)
            by_text = dict(zip(chosen, made, strict=True))
            self._cache.add(model, kind, by_text)
            vectors |= by_text
            self.made += len(chosen)
            advance(len(chosen))
        if not texts:
            return np.empty((0, 0), np.float32)
        return np.stack([vectors[text] for text in texts])
