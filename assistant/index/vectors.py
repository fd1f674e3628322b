"""Nearest vectors, kept by Chroma. The only module that imports chromadb.

Chroma writes housekeeping rows to its sqlite file whenever it opens one, so the folder has to be
writable. Of a vector it keeps the ordinal of its passage and the passage's language.
"""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.errors import IndexingError
from assistant.index.manifest import REBUILD
from assistant.types import StoredLanguage

NAME = "passages"
BATCH = 5_461  # more at once is refused (sqlite's limit on variables)


class Vectors:
    """One collection in a folder of its own; close it before the folder is moved or removed.

    Raises IndexingError for whatever Chroma finds wrong.
    """

    def __init__(self, client: Any, collection: Any) -> None:
        self._client = client
        self._collection = collection

    @classmethod
    def create(
        cls, folder: Path, vectors: NDArray[np.float32], languages: Sequence[StoredLanguage]
    ) -> "Vectors":
        """``vectors`` has shape (n, d), ``languages`` length n; the row is the ordinal."""
        client = _client(folder)
        try:
            cosine = {"hnsw": {"space": "cosine"}}
            collection = client.create_collection(
                NAME, configuration=cosine, embedding_function=None
            )
            for start in range(0, len(vectors), BATCH):
                rows = range(start, min(start + BATCH, len(vectors)))
                collection.add(
                    ids=[str(row) for row in rows],
                    embeddings=vectors[rows.start : rows.stop],
                    metadatas=[{"language": languages[row]} for row in rows],
                )
        except Exception as error:
            client.close()
            raise IndexingError(f"Chroma cannot write to {folder}: {error}") from error
        return cls(client, collection)

    @classmethod
    def open(cls, folder: Path) -> "Vectors":
        if not (folder / "chroma.sqlite3").is_file():  # or Chroma would make an empty one
            raise IndexingError(f"There is no Chroma database in {folder}.", REBUILD)
        client = _client(folder)
        try:
            return cls(client, client.get_collection(NAME, embedding_function=None))
        except Exception as error:
            client.close()
            raise IndexingError(f"Chroma cannot read {folder}: {error}", REBUILD) from error

    def count(self) -> int:
        try:
            return int(self._collection.count())
        except Exception as error:
            raise IndexingError(f"Chroma cannot count its vectors: {error}", REBUILD) from error

    def nearest(
        self, vector: NDArray[np.float32], many: int, within: Collection[StoredLanguage] | None
    ) -> dict[int, float]:
        """Ordinal to cosine similarity (-1..1) of at most ``many``; ``within`` None means all."""
        where = None if within is None else {"language": {"$in": sorted(within)}}
        try:
            found = self._collection.query(
                query_embeddings=vector[np.newaxis, :],
                n_results=many,
                where=where,
                include=["distances"],
            )
        except Exception as error:
            raise IndexingError(f"Chroma cannot search: {error}") from error
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return {int(ordinal): 1.0 - float(distance) for ordinal, distance in pairs}

    def close(self) -> None:
        self._client.close()


def _client(folder: Path) -> Any:
    """A ``chromadb.Client``: its ``close`` is missing from the interface Chroma declares."""
    import chromadb  # noqa: PLC0415 - not before an index is opened
    from chromadb.config import Settings  # noqa: PLC0415 - likewise

    try:
        settings = Settings(anonymized_telemetry=False)
        return chromadb.PersistentClient(path=folder, settings=settings)
    except Exception as error:
        raise IndexingError(f"Chroma cannot open {folder}: {error}", REBUILD) from error
