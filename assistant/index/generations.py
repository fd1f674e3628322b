"""Publishing: one immutable folder per generation, complete before anything points to it.

``<collection>/<generation>/`` holds ``chroma/``, ``bm25/``, ``passages.jsonl``, ``manifest.json``,
the publisher's own files, and ``SHA256SUMS`` of them all. It is built as ``<generation>.building``,
closed, flushed, renamed; then ``<collection>/current.json`` is replaced. A crash leaves the old
generation current.
"""

import hashlib
import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.errors import IndexDamaged, IndexForeign, IndexingError, IndexNotWritable
from assistant.index import checksums, durable
from assistant.index.lexical import Lexical
from assistant.index.manifest import (
    FORMAT,
    REBUILD,
    Manifest,
    point_to,
    read_manifest,
    write_manifest,
)
from assistant.index.passage_file import read_passages, write_passages
from assistant.index.pruning import BUILDING
from assistant.index.searching import Index
from assistant.index.vectors import Vectors
from assistant.types import Passage

_CHROMA, _BM25, _PASSAGES = "chroma", "bm25", "passages.jsonl"
_OURS = frozenset({_CHROMA, _BM25, _PASSAGES, "manifest.json", checksums.FILE})

Step = Callable[[str], None]
"""Told of each step as it begins."""


def publish(  # noqa: PLR0913 - what a generation is made of
    collection_dir: Path,
    passages: Sequence[Passage],
    vectors: NDArray[np.float32],
    extras: Mapping[str, bytes],
    *,
    fingerprint: str,
    digest: str,
    built_at: datetime,
    step: Step,
) -> Manifest:
    """Builds a generation and makes it current; one publisher at a time.

    ``vectors`` has shape (passages, d) and unit rows; ``extras`` maps a plain file name to its
    content; ``built_at`` is aware. Raises IndexNotWritable, or IndexingError where the arguments
    do not fit together; the old generation is current then.
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
    building = collection_dir / (manifest.generation + BUILDING)
    try:
        building.mkdir(parents=True)
        _fill(building, passages, vectors, extras, step)
        _finish(building, manifest, step)
    except OSError as error:
        message = f"The index cannot be written to {collection_dir}: {error}"
        raise IndexNotWritable(message) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return manifest


def open_index(path: Path, fingerprint: str) -> Index:
    """Opens a generation's folder for searching with the model of that fingerprint.

    Raises IndexForeign if it was built with another model, IndexDamaged if a bit has changed.
    """
    manifest = read_manifest(path)
    if manifest.fingerprint != fingerprint:
        raise IndexForeign(
            f"The index {manifest.collection}/{manifest.generation} was built with another "
            "embedding model than the one set now.",
            "Run `python ingest.py` to build it again, or set ASSISTANT_EMBEDDING_MODEL back.",
        )
    checksums.check(path)
    passages = read_passages(path / _PASSAGES)
    if len(passages) != manifest.passages:
        raise IndexDamaged(
            f"{path} holds {len(passages)} passages, not {manifest.passages}.", REBUILD
        )
    lexical = Lexical.load(path / _BM25, len(passages))
    vectors = Vectors.open(path / _CHROMA)
    try:
        if (held := vectors.count()) != len(passages):
            raise IndexDamaged(f"{path} has {held} vectors for {len(passages)} passages.", REBUILD)
    except IndexingError:
        vectors.close()
        raise
    return Index(manifest, passages, lexical, vectors)


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
    step: Step,
) -> None:
    step("passages")
    write_passages(passages, building / _PASSAGES)
    step("words")
    Lexical.build([passage.text for passage in passages]).save(building / _BM25)
    step("vectors")
    languages = [passage.language for passage in passages]
    Vectors.create(building / _CHROMA, vectors, languages).close()
    step("extras")
    for name, content in extras.items():
        (building / name).write_bytes(content)


def _finish(building: Path, manifest: Manifest, step: Step) -> None:
    step("manifest")
    write_manifest(manifest, building)
    step("checksums")
    checksums.write_checksums(building)
    step("flushing")
    durable.sync_tree(building)
    step("renaming")
    building.rename(building.with_name(manifest.generation))
    durable.sync(building.parent)
    step("switching")
    point_to(manifest, building.parent)
