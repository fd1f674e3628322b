"""Nearest vectors, kept by Chroma. The only module that imports chromadb.

Chroma writes housekeeping rows to its sqlite file whenever it opens one, so the folder has to be
writable. Of a vector it keeps the ordinal of its passage.
"""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.errors import IndexingError
from assistant.index.manifest import REBUILD
from assistant.types import StoredLanguage

BATCH = 5_461  # more at once is refused (sqlite's limit on variables)
_PREFIX = "passages-"


class Vectors:
    """A collection for each language, in one folder; close it before the folder is moved.

    A collection each, since a filter by metadata makes every query half as long again.
    Raises IndexingError for whatever Chroma finds wrong.
    """

    def __init__(self, client: Any, collections: Mapping[StoredLanguage, Any]) -> None:
        self._client = client
        self._collections = collections

    @classmethod
    def create(
        cls, folder: Path, vectors: NDArray[np.float32], languages: Sequence[StoredLanguage]
    ) -> "Vectors":
        """``vectors`` has shape (n, d), ``languages`` length n; the row is the ordinal."""
        client = _client(folder)
        try:
            collections = {}
            for language in sorted(set(languages)):
                rows = [row for row, other in enumerate(languages) if other == language]
                collections[language] = _fill(client, language, rows, vectors)
        except Exception as error:
            client.close()
            raise IndexingError(f"Chroma cannot write to {folder}: {error}") from error
        return cls(client, collections)

    @classmethod
    def open(cls, folder: Path) -> "Vectors":
        if not (folder / "chroma.sqlite3").is_file():  # or Chroma would make an empty one
            raise IndexingError(f"There is no Chroma database in {folder}.", REBUILD)
        client = _client(folder)
        try:
            found = {
                collection.name.removeprefix(_PREFIX): client.get_collection(
                    collection.name, embedding_function=None
                )
                for collection in client.list_collections()
            }
        except Exception as error:
            client.close()
            raise IndexingError(f"Chroma cannot read {folder}: {error}", REBUILD) from error
        return cls(client, found)

    def count(self) -> int:
        try:
            return sum(int(collection.count()) for collection in self._collections.values())
        except Exception as error:
            raise IndexingError(f"Chroma cannot count its vectors: {error}", REBUILD) from error

    def nearest(
        self, vector: NDArray[np.float32], many: int, within: Collection[StoredLanguage]
    ) -> dict[int, float]:
        """Ordinal to cosine similarity (-1..1) of at most ``many`` in each language."""
        pairs: dict[int, float] = {}
        for language in sorted(self._collections.keys() & set(within)):
            try:
                found = self._collections[language].query(
                    query_embeddings=vector[np.newaxis, :],
                    n_results=many,
                    include=["distances"],
                )
            except Exception as error:
                raise IndexingError(f"Chroma cannot search: {error}") from error
            rows = zip(found["ids"][0], found["distances"][0], strict=True)
            pairs |= {int(ordinal): 1.0 - float(distance) for ordinal, distance in rows}
        return pairs

    def close(self) -> None:
        self._client.close()


def _fill(
    client: Any, language: StoredLanguage, rows: Sequence[int], vectors: NDArray[np.float32]
) -> Any:
    collection = client.create_collection(
        f"{_PREFIX}{language}",
        configuration={"hnsw": {"space": "cosine"}},
        embedding_function=None,
    )
    for start in range(0, len(rows), BATCH):
        chosen = list(rows[start : start + BATCH])
        collection.add(ids=[str(row) for row in chosen], embeddings=vectors[chosen])
    return collection


def _client(folder: Path) -> Any:
    """A ``chromadb.Client``: its ``close`` is missing from the interface Chroma declares."""
    import chromadb  # noqa: PLC0415 - not before an index is opened
    from chromadb.config import Settings  # noqa: PLC0415 - likewise

    try:
        settings = Settings(anonymized_telemetry=False)
        return chromadb.PersistentClient(path=folder, settings=settings)
    except Exception as error:
        raise IndexingError(f"Chroma cannot open {folder}: {error}", REBUILD) from error
