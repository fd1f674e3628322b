"""An opened generation: a question's forms and vector in, passages in order out."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.index.fusion import fuse
from assistant.index.lexical import Lexical
from assistant.index.manifest import Manifest
from assistant.index.vectors import Vectors
from assistant.language import tokens
from assistant.types import Hit, Passage, StoredLanguage

CANDIDATES = 100  # of each kind, at least


class Searcher(Protocol):
    """What answering needs of an index."""

    @property
    def generation(self) -> str: ...

    @property
    def built_at(self) -> str:
        """ISO 8601 with offset."""

    @property
    def passages(self) -> Mapping[str, Passage]:
        """Passage id to passage, in the order in which they were published."""

    def search(
        self,
        forms: tuple[str, ...],
        vector: NDArray[np.float32],
        *,
        language: StoredLanguage,
        within: frozenset[StoredLanguage],
        k: int,
    ) -> tuple[Hit, ...]:
        """At most ``k`` hits, best first; equal scores in published order.

        ``forms`` are folded readings of one question (``language.search_forms``), of which the
        best counts for each passage; ``vector`` is its embedding, shape (d,); ``language`` is
        the question's, ``within`` those of the passages to look at.
        """

    def close(self) -> None:
        """Releases the files; searching afterwards is an error."""


class Index:
    """Immutable and safe to use from several threads until closed."""

    def __init__(
        self, manifest: Manifest, passages: Sequence[Passage], lexical: Lexical, vectors: Vectors
    ) -> None:
        self.manifest = manifest
        self.passages: Mapping[str, Passage] = MappingProxyType({p.id: p for p in passages})
        self._ids = tuple(self.passages)
        self._languages = np.array([p.language for p in passages], dtype="U2")
        self._present = frozenset(p.language for p in passages)
        self._lexical = lexical
        self._vectors = vectors

    @property
    def generation(self) -> str:
        return self.manifest.generation

    @property
    def built_at(self) -> str:
        return self.manifest.built_at

    def search(
        self,
        forms: tuple[str, ...],
        vector: NDArray[np.float32],
        *,
        language: StoredLanguage,
        within: frozenset[StoredLanguage],
        k: int,
    ) -> tuple[Hit, ...]:
        """See ``Searcher``."""
        looked_at = within & self._present
        if not looked_at or k < 1:
            return ()
        many = max(k, CANDIDATES)
        words = self._words(forms, looked_at)
        by_words = np.argsort(-words, kind="stable")[:many]
        near = self._vectors.nearest(vector, many, looked_at)
        candidates = sorted({*near, *by_words[words[by_words] > 0].tolist()})
        # Whatever Chroma did not return is no nearer than the farthest that it did.
        floor = min(near.values(), default=0.0)
        cosines = np.array([near.get(ordinal, floor) for ordinal in candidates])
        same = self._languages[candidates] == language
        fused = fuse(cosines, words[candidates].astype(np.float64), same)
        best = np.argsort(-fused, kind="stable")[:k]
        return tuple(Hit(self._ids[candidates[i]], float(fused[i])) for i in best)

    def close(self) -> None:
        """See ``Searcher``."""
        self._vectors.close()

    def _words(
        self, forms: tuple[str, ...], within: Collection[StoredLanguage]
    ) -> NDArray[np.float32]:
        """BM25 of every passage, shape (passages,); 0 outside ``within``."""
        best = np.zeros(len(self._ids), np.float32)
        for form in forms:
            best = np.maximum(best, self._lexical.scores(tokens(form)))
        best[~np.isin(self._languages, list(within))] = 0.0
        return best
