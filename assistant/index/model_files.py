"""Finds a model's files and tells one model from another, without loading it."""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import ModelError
from assistant.index import bundled

BUNDLED = "bundled"
DEFAULT_OWNER = "sentence-transformers"

_CONFIG = ("*.json", "*.txt", "*.model", "*.vocab")
_WEIGHTS = ("*.safetensors",)
_OLD_WEIGHTS = ("*.bin", "*.pt")
_OTHER_BACKENDS = frozenset({"onnx", "openvino"})
_HASHED = frozenset(pattern[1:] for pattern in _CONFIG + _WEIGHTS + _OLD_WEIGHTS)
_E5 = re.compile(r"e5-(small|base|large)(-v2)?", re.IGNORECASE)
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Prompts:
    """What stands before each text; may be empty."""

    query: str
    document: str


def locate(model: str, cache_dir: Path, offline: bool, notice: Callable[[str], None]) -> Path:
    """The folder of a model: ``bundled``, a folder, or a name on the Hugging Face hub.

    ``offline`` takes a named model from the local hub cache only. Raises ModelError.
    """
    if model == BUNDLED:
        return bundled.unpack(cache_dir, notice)
    folder = Path(model).expanduser()
    if folder.is_dir():
        return folder
    return _from_hub(model, offline, notice)


def _from_hub(model: str, offline: bool, notice: Callable[[str], None]) -> Path:
    from huggingface_hub import snapshot_download  # noqa: PLC0415 - for named models only
    from huggingface_hub.errors import HfHubHTTPError  # noqa: PLC0415 - likewise

    name = model if "/" in model else f"{DEFAULT_OWNER}/{model}"
    if not offline:
        notice(f"Looking up the embedding model {name}; the first time it is downloaded.")

    def fetch(patterns: tuple[str, ...]) -> Path:
        ignored = [f"{backend}/*" for backend in _OTHER_BACKENDS]
        return Path(
            snapshot_download(
                name,
                allow_patterns=list(patterns),
                ignore_patterns=ignored,
                local_files_only=offline,
            )
        )

    try:
        folder = fetch(_CONFIG + _WEIGHTS)
        return folder if any(folder.rglob("*.safetensors")) else fetch(_CONFIG + _OLD_WEIGHTS)
    except (OSError, ValueError, HfHubHTTPError) as error:
        if offline:
            raise ModelError(
                f"The embedding model {model!r} is neither a folder nor in the local hub cache.",
                "Set ASSISTANT_OFFLINE=false once to download it, copy its folder here and set "
                "ASSISTANT_EMBEDDING_MODEL to that, or use `bundled`.",
            ) from error
        raise ModelError(
            f"The embedding model {model!r} cannot be downloaded: {error}",
            "Check the name and the connection, or use a folder or `bundled`.",
        ) from error


def prompts(model: str, folder: Path) -> Prompts:
    """The model's own prompts.

    sentence-transformers 6 prefers an empty "document" to a given "passage", so they are read
    here. The E5 models need prompts that some of their folders do not declare.
    """
    path = folder / "config_sentence_transformers.json"
    try:
        config = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except ValueError as error:
        raise ModelError(f"{path} is not JSON: {error}") from error
    given: dict[str, str | None] = config.get("prompts") or {}
    if not any(given.values()) and _E5.search(Path(model).name) and "instruct" not in model:
        return Prompts(query="query: ", document="passage: ")
    usual = given.get(config.get("default_prompt_name") or "") or ""
    document = given.get("document") or given.get("passage") or given.get("corpus")
    return Prompts(query=given.get("query") or usual, document=document or usual)


def fingerprint(model: str, folder: Path) -> str:
    """SHA-256 over names and contents of the files that decide the vectors, and the prompts."""
    digest = hashlib.sha256(repr(prompts(model, folder)).encode())
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in inside.parts)
        if hidden or inside.parts[0] in _OTHER_BACKENDS or path.suffix not in _HASHED:
            continue
        digest.update(f"\n{inside.as_posix()}\n{path.stat().st_size}\n".encode())
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    return digest.hexdigest()
