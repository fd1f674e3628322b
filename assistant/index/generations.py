"""Publishing: one immutable folder per generation, complete before anything points to it.

``<collection>/<generation>/`` holds ``chroma/``, ``bm25/``, ``passages.jsonl``, ``manifest.json``
and the publisher's own files. It is built as ``<generation>.building``, closed, flushed, renamed;
then ``<collection>/current.json`` is replaced. A crash leaves the old generation current.
"""

import hashlib
import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.errors import IndexingError
from assistant.index import durable
from assistant.index.lexical import Lexical
from assistant.index.manifest import (
    FORMAT,
    REBUILD,
    Manifest,
    current,
    point_to,
    read_manifest,
    write_manifest,
)
from assistant.index.passage_file import read_passages, write_passages
from assistant.index.searching import Index
from assistant.index.vectors import Vectors
from assistant.types import Passage

_BUILDING = ".building"
_CHROMA, _BM25, _PASSAGES = "chroma", "bm25", "passages.jsonl"
_OURS = frozenset({_CHROMA, _BM25, _PASSAGES, "manifest.json"})


def publish(  # noqa: PLR0913 - what a generation is made of
    collection_dir: Path,
    passages: Sequence[Passage],
    vectors: NDArray[np.float32],
    extras: Mapping[str, bytes],
    *,
    fingerprint: str,
    digest: str,
    built_at: datetime,
) -> Manifest:
    """Builds a generation and makes it current; one publisher at a time.

    ``vectors`` has shape (passages, d) and unit rows; ``extras`` maps a plain file name to its
    content; ``built_at`` is aware. Raises IndexingError; the old generation is current then.
    """
    _check(passages, vectors, extras)
    manifest = Manifest(
        generation=_unused_name(collection_dir, f"{fingerprint}/{digest}", built_at),
        collection=collection_dir.name,
        format=FORMAT,
        built_at=built_at.astimezone(UTC).isoformat(timespec="seconds"),
        fingerprint=fingerprint,
        digest=digest,
        passages=len(passages),
        dimension=int(vectors.shape[1]) if len(passages) else 0,
    )
    _build(collection_dir, manifest, passages, vectors, extras)
    return manifest


def _build(
    collection_dir: Path,
    manifest: Manifest,
    passages: Sequence[Passage],
    vectors: NDArray[np.float32],
    extras: Mapping[str, bytes],
) -> None:
    building = collection_dir / (manifest.generation + _BUILDING)
    try:
        building.mkdir(parents=True)
        _fill(building, passages, vectors, extras)
        write_manifest(manifest, building)
        durable.sync_tree(building)
        building.rename(collection_dir / manifest.generation)
        durable.sync(collection_dir)
        point_to(manifest, collection_dir)
    except OSError as error:
        raise IndexingError(f"The index cannot be written to {collection_dir}: {error}") from error
    finally:
        shutil.rmtree(building, ignore_errors=True)


def open_index(path: Path, fingerprint: str) -> Index:
    """Opens a generation's folder for searching with the model of that fingerprint.

    Raises IndexingError if it was built with another model, or is damaged.
    """
    manifest = read_manifest(path)
    if manifest.fingerprint != fingerprint:
        raise IndexingError(
            f"The index {manifest.collection}/{manifest.generation} was built with another "
            "embedding model than the one set now.",
            "Run `python ingest.py` to build it again, or set ASSISTANT_EMBEDDING_MODEL back.",
        )
    passages = read_passages(path / _PASSAGES)
    if len(passages) != manifest.passages:
        raise IndexingError(
            f"{path} holds {len(passages)} passages, not {manifest.passages}.", REBUILD
        )
    lexical = Lexical.load(path / _BM25, len(passages))
    vectors = Vectors.open(path / _CHROMA)
    try:
        if (held := vectors.count()) != len(passages):
            raise IndexingError(f"{path} has {held} vectors for {len(passages)} passages.", REBUILD)
    except IndexingError:
        vectors.close()
        raise
    return Index(manifest, passages, lexical, vectors)


def prune(collection_dir: Path, keep: int = 2) -> tuple[str, ...]:
    """Removes all but the ``keep`` newest generations, and what crashes left; returns the names.

    The current one stays in any case. Not while another process publishes.
    """
    newest = current(collection_dir)
    folders = sorted(path.parent for path in collection_dir.glob("*/manifest.json"))
    whole = [path for path in folders if path.suffix != _BUILDING]
    doomed = [
        path
        for path in whole[: max(len(whole) - keep, 0)]
        if newest is not None and path.name != newest.generation
    ]
    doomed += sorted(path for path in collection_dir.glob(f"*{_BUILDING}") if path.is_dir())
    try:
        for path in doomed:
            shutil.rmtree(path)
    except OSError as error:
        raise IndexingError(f"An old index cannot be removed: {error}") from error
    return tuple(path.name for path in doomed)


def _check(
    passages: Sequence[Passage], vectors: NDArray[np.float32], extras: Mapping[str, bytes]
) -> None:
    if vectors.shape != (len(passages), vectors.shape[-1]):
        raise IndexingError(f"{len(passages)} passages came with vectors of {vectors.shape}.")
    if len({passage.id for passage in passages}) != len(passages):
        raise IndexingError("Two passages have the same id.")
    for name in extras:
        if name != Path(name).name or name in _OURS | {"", ".."}:
            raise IndexingError(f"{name!r} cannot be the name of an extra file.")


def _unused_name(collection_dir: Path, content: str, built_at: datetime) -> str:
    """``20261123T133000Z-<8 hex>``: sorts by time; the rest tells apart what one second built."""
    stamp = built_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    attempt = 0
    while True:
        seed = f"{content}/{built_at.isoformat()}/{attempt}"
        name = f"{stamp}-{hashlib.sha256(seed.encode()).hexdigest()[:8]}"
        if not (collection_dir / name).exists():
            return name
        attempt += 1


def _fill(
    building: Path,
    passages: Sequence[Passage],
    vectors: NDArray[np.float32],
    extras: Mapping[str, bytes],
) -> None:
    write_passages(passages, building / _PASSAGES)
    Lexical.build([passage.text for passage in passages]).save(building / _BM25)
    languages = [passage.language for passage in passages]
    Vectors.create(building / _CHROMA, vectors, languages).close()
    for name, content in extras.items():
        (building / name).write_bytes(content)
