"""Texts to vectors. The only module that imports sentence_transformers."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.errors import ModelError
from assistant.index import bundled, model_files
from assistant.index.batching import BatchingThread, Kind, Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

AT_ONCE = 32  # short texts embedded together cost half of what they do eight at a time
TOKENS_AT_ONCE = 1200  # about 0.3 s on 2 cores: the longest that a query waits for them


class Embedder(Protocol):
    """Vectors have unit length; d is the same for queries and passages."""

    @property
    def fingerprint(self) -> str:
        """Tells one model from another, without loading it; SHA-256 in hex."""

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Shape (d,); blocks until it is this text's turn."""

    def queue_query(self, text: str) -> Future[Vectors]:
        """Like ``embed_query``, to wait for or to cancel; shape (1, d)."""

    def embed_all(
        self, kind: Kind, texts: Sequence[str], advance: Callable[[int], None]
    ) -> NDArray[np.float32]:
        """Shape (n, d), in the order of ``texts``; ``advance(m)`` after each m of them."""

    def warm_up(self) -> None:
        """Loads the model now instead of with the first text."""

    def close(self) -> None:
        """Later calls raise Unavailable."""


class SentenceTransformerEmbedder:
    """``model`` is ``bundled``, a folder, or a name that sentence-transformers knows.

    Code that comes with a model is never run. Every method raises ModelError where the model
    cannot be found or loaded; ``notice`` is told what takes long.
    """

    def __init__(
        self, model: str, cache_dir: Path, offline: bool, notice: Callable[[str], None]
    ) -> None:
        self._model = model
        self._cache_dir = cache_dir
        self._offline = offline
        self._notice = notice
        self._thread = BatchingThread(self._encode)

    @cached_property
    def fingerprint(self) -> str:
        if self._model == model_files.BUNDLED:
            return bundled.FINGERPRINT
        return model_files.fingerprint(self._model, self._folder)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self.queue_query(text).result()[0]
        return vector

    def queue_query(self, text: str) -> Future[Vectors]:
        return self._thread.query(text)

    def embed_all(
        self, kind: Kind, texts: Sequence[str], advance: Callable[[int], None]
    ) -> NDArray[np.float32]:
        vectors: NDArray[np.float32] | None = None
        for chosen in batches(texts):
            part = self._thread.bulk(kind, [texts[i] for i in chosen]).result()
            if vectors is None:
                vectors = np.empty((len(texts), part.shape[1]), np.float32)
            vectors[chosen] = part
            advance(len(chosen))
        return np.empty((0, 0), np.float32) if vectors is None else vectors

    def warm_up(self) -> None:
        self.embed_query("warm-up")

    def close(self) -> None:
        self._thread.close()

    @cached_property
    def _folder(self) -> Path:
        return model_files.locate(self._model, self._cache_dir, self._offline, self._notice)

    @cached_property
    def _prompts(self) -> model_files.Prompts:
        return model_files.prompts(self._model, self._folder)

    @cached_property
    def _loaded(self) -> "SentenceTransformer":
        return _load(self._folder)

    def _encode(self, kind: Kind, texts: list[str]) -> NDArray[np.float32]:
        model, prompts = self._loaded, self._prompts
        if kind == "query":
            encode, prompt = model.encode_query, prompts.query
        else:
            encode, prompt = model.encode_document, prompts.document
        vectors = encode(
            texts,
            prompt=prompt,
            batch_size=len(texts),
            show_progress_bar=False,
            convert_to_numpy=True,
            normalize_embeddings=True,
        )
        return np.ascontiguousarray(vectors, dtype=np.float32)


def batches(texts: Sequence[str]) -> Iterator[list[int]]:
    """Places of the texts, those of like length together, which spares padding."""
    sizes = [tokens_in(text) for text in texts]
    chosen: list[int] = []
    for place in sorted(range(len(texts)), key=sizes.__getitem__):
        if len(chosen) == AT_ONCE or (len(chosen) + 1) * sizes[place] > TOKENS_AT_ONCE:
            if chosen:
                yield chosen
            chosen = []
        chosen.append(place)
    if chosen:
        yield chosen


def tokens_in(text: str) -> float:
    """About how many tokens a text has: one for 1.25 Chinese characters, or for 3.3 others."""
    return sum(0.3 if character.isascii() else 0.8 for character in text)


def _load(folder: Path) -> "SentenceTransformer":
    """Takes 4 to 6 s for the import and 2 s for the weights; connects nowhere, prints nothing."""
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - imports torch
    from transformers.utils import logging  # noqa: PLC0415 - likewise

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(str(folder), local_files_only=True, trust_remote_code=False)
    except Exception as error:
        raise ModelError(
            f"The embedding model in {folder} cannot be loaded: {error}",
            "Check the folder, or set ASSISTANT_EMBEDDING_MODEL=bundled.",
        ) from error
