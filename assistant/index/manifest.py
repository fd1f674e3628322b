"""What a published generation says about itself, and which one is current. Loads nothing heavy."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from assistant.errors import IndexDamaged, IndexForeign
from assistant.index import durable

FORMAT = 2
REBUILD = "Run `python ingest.py` to build the index again."

_MANIFEST = "manifest.json"
_CURRENT = "current.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """``built_at`` is ISO 8601 with offset; ``digest`` is the publisher's, of what it read.

    ``dimension`` is 0 in a generation without passages.
    """

    generation: str
    collection: str
    format: int
    built_at: str
    fingerprint: str
    digest: str
    passages: int
    dimension: int


def current(collection_dir: Path) -> Manifest | None:
    """The newest published generation, None before the first.

    Raises IndexDamaged or IndexForeign where it cannot be read.
    """
    pointer = collection_dir / _CURRENT
    if not pointer.exists():
        return None
    generation = _read_json(pointer).get("generation")
    if not isinstance(generation, str) or generation != Path(generation).name:
        raise IndexDamaged(f"{pointer} names no generation.", REBUILD)
    return read_manifest(collection_dir / generation)


def published(collection_dir: Path) -> list[str]:
    """The complete generations there, newest first, whether they ever were current or not."""
    folders = (path.parent for path in collection_dir.glob(f"*/{_MANIFEST}"))
    return sorted((path.name for path in folders if not path.suffix), reverse=True)


def read_manifest(generation_dir: Path) -> Manifest:
    """Raises IndexDamaged if the folder is no generation, IndexForeign if of another format."""
    path = generation_dir / _MANIFEST
    content = _read_json(path)
    if content.get("format") != FORMAT:
        raise IndexForeign(
            f"{path} has format {content.get('format')!r}; this version reads {FORMAT}.", REBUILD
        )
    expected = {field.name: field.type for field in fields(Manifest)}
    if content.keys() != expected.keys() or any(
        type(value) is not expected[name] for name, value in content.items()
    ):
        raise IndexDamaged(f"{path} is not a manifest of Certpath.", REBUILD)
    return Manifest(**content)


def write_manifest(manifest: Manifest, generation_dir: Path) -> None:
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=2)
    (generation_dir / _MANIFEST).write_text(text + "\n", encoding="utf-8")


def point_to(manifest: Manifest, collection_dir: Path) -> None:
    """Makes a complete generation the current one, in one step."""
    text = json.dumps({"generation": manifest.generation})
    durable.replace_text(collection_dir / _CURRENT, text + "\n")


def _read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise IndexDamaged(f"{path} cannot be read: {error}", REBUILD) from error
    if not isinstance(content, dict):
        raise IndexDamaged(f"{path} holds no JSON object.", REBUILD)
    return content
