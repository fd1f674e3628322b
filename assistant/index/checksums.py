"""The SHA-256 of every file of a generation, so that a flipped bit is noticed and not served.

The list is in the format of ``sha256sum``: ``sha256sum -c SHA256SUMS`` checks it by hand.
"""

import hashlib
from pathlib import Path

from assistant.errors import IndexDamaged
from assistant.index.manifest import REBUILD

FILE = "SHA256SUMS"


def write_checksums(folder: Path) -> None:
    """Lists what is below ``folder``; nothing may be added or changed afterwards."""
    (folder / FILE).write_text(_listing(folder), encoding="utf-8")


def check(folder: Path) -> None:
    """Raises IndexDamaged, naming the files, unless the folder is as it was listed."""
    try:
        written, found = (folder / FILE).read_text(encoding="utf-8"), _listing(folder)
    except (OSError, ValueError) as error:
        raise IndexDamaged(f"The index {folder} cannot be read: {error}", REBUILD) from error
    if written != found:
        differing = set(written.splitlines()) ^ set(found.splitlines())
        names = sorted({line.partition("  ")[2] or FILE for line in differing}) or [FILE]
        raise IndexDamaged(
            f"The index {folder} is not as it was published: {', '.join(names)}", REBUILD
        )


def _listing(folder: Path) -> str:
    lines = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path != folder / FILE:
            with path.open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            lines.append(f"{sha256}  {path.relative_to(folder).as_posix()}\n")
    return "".join(lines)
