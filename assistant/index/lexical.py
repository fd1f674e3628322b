"""BM25 over the terms of ``assistant.language``: which passages share words with a question."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.errors import IndexDamaged
from assistant.index.manifest import REBUILD
from assistant.language import fold, tokens


class Lexical:
    """Immutable; safe to read from several threads."""

    def __init__(self, bm25: Any, count: int) -> None:
        self._bm25 = bm25
        self._count = count

    @classmethod
    def build(cls, texts: Sequence[str]) -> "Lexical":
        bm25 = _bm25_class()(method="lucene")
        # bm25s cannot hold an empty vocabulary; the token "" is in none of our questions.
        terms = [tokens(fold(text)) or [""] for text in texts] or [[""]]
        bm25.index(terms, show_progress=False)
        return cls(bm25, len(texts))

    @classmethod
    def load(cls, folder: Path, count: int) -> "Lexical":
        """``count`` is the number of passages; raises IndexDamaged if the folder has others."""
        try:
            bm25 = _bm25_class().load(folder, show_progress=False)
            held = int(bm25.scores["num_docs"])
        except Exception as error:
            message = f"The BM25 index in {folder} cannot be read: {error}"
            raise IndexDamaged(message, REBUILD) from error
        if held != max(count, 1):
            message = f"The BM25 index in {folder} holds {held} passages, not {count}."
            raise IndexDamaged(message, REBUILD)
        return cls(bm25, count)

    def save(self, folder: Path) -> None:
        self._bm25.save(folder, show_progress=False)

    def scores(self, query_tokens: Sequence[str]) -> NDArray[np.float32]:
        """Shape (passages,), at least 0; 0 where no term is shared."""
        known = self._bm25.get_tokens_ids([token for token in query_tokens if token])
        if not known:
            return np.zeros(self._count, np.float32)
        scores = self._bm25.get_scores_from_ids(known)[: self._count]
        return np.asarray(scores, np.float32)


def _bm25_class() -> Any:
    import bm25s  # noqa: PLC0415 - not before an index is opened

    logging.getLogger("bm25s").setLevel(logging.WARNING)  # it sets DEBUG, whatever the root says
    return bm25s.BM25
