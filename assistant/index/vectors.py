"""Nearest vectors, kept by Chroma. The only module that imports chromadb.

Chroma writes housekeeping rows to its SQLite file whenever it opens one, so a published folder is
never opened itself, but a copy in the folder for temporary files. Of a vector Chroma keeps the
ordinal of its passage.
"""

import shutil
from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.errors import IndexDamaged, IndexingError, IndexNotWritable
from assistant.index.manifest import REBUILD
from assistant.types import StoredLanguage

BATCH = 5_461  # more at once is refused (sqlite's limit on variables)
_PREFIX = "passages-"
_DATABASE = "chroma.sqlite3"


class Vectors:
    """A collection for each language, in one folder; close it before the folder is moved.

    A collection each, since a filter by metadata makes every query half as long again.
    Raises IndexingError for whatever Chroma finds wrong.
    """

    def __init__(self, collections: Mapping[StoredLanguage, Any], held: ExitStack) -> None:
        self._collections = collections
        self._held = held

    @classmethod
    def create(
        cls, folder: Path, vectors: NDArray[np.float32], languages: Sequence[StoredLanguage]
    ) -> "Vectors":
        """``vectors`` has shape (n, d), ``languages`` length n; the row is the ordinal."""
        with ExitStack() as held:
            try:
                client = _client(folder, held)
                collections = {}
                for language in sorted(set(languages)):
                    rows = [row for row, other in enumerate(languages) if other == language]
                    collections[language] = _fill(client, language, rows, vectors)
            except Exception as error:
                raise IndexNotWritable(f"Chroma cannot write to {folder}: {error}") from error
            return cls(collections, held.pop_all())

    @classmethod
    def open(cls, folder: Path) -> "Vectors":
        """Works on a copy: ``folder`` is not written, and may go while this is open."""
        if not (folder / _DATABASE).is_file():  # or Chroma would make an empty one
            raise IndexDamaged(f"There is no Chroma database in {folder}.", REBUILD)
        with ExitStack() as held:
            copy = _copied(folder, held)
            try:
                client = _client(copy, held)
                found = {
                    collection.name.removeprefix(_PREFIX): client.get_collection(
                        collection.name, embedding_function=None
                    )
                    for collection in client.list_collections()
                }
            except Exception as error:
                raise IndexDamaged(f"Chroma cannot read {folder}: {error}", REBUILD) from error
            return cls(found, held.pop_all())

    def count(self) -> int:
        try:
            return sum(int(collection.count()) for collection in self._collections.values())
        except Exception as error:
            raise IndexDamaged(f"Chroma cannot count its vectors: {error}", REBUILD) from error

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
        self._held.close()


def _copied(folder: Path, held: ExitStack) -> Path:
    try:
        copy = held.enter_context(
            TemporaryDirectory(prefix="certpath-", ignore_cleanup_errors=True)
        )
        return Path(shutil.copytree(folder, copy, dirs_exist_ok=True))
    except OSError as error:
        raise IndexNotWritable(
            f"The vectors in {folder} cannot be copied to the folder for temporary files: {error}",
            "TMPDIR chooses another one.",
        ) from error


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


def _client(folder: Path, held: ExitStack) -> Any:
    """A ``chromadb.Client``: its ``close`` is missing from the interface Chroma declares."""
    import chromadb  # noqa: PLC0415 - not before an index is opened
    from chromadb.config import Settings  # noqa: PLC0415 - likewise

    client: Any = chromadb.PersistentClient(
        path=folder, settings=Settings(anonymized_telemetry=False)
    )
    held.callback(client.close)
    return client
