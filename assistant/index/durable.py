"""Writes that survive a power cut: everything is on disk before a name points to it."""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Flush one file or folder entry to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Flush every file below ``folder``, then the folders themselves."""
    for path in sorted(folder.rglob("*"), reverse=True):
        sync(path)
    sync(folder)


def replace_text(path: Path, text: str) -> None:
    """Put ``text`` in ``path`` so that a reader sees the whole old or the whole new content."""
    beside = path.with_name(path.name + ".new")
    beside.write_text(text, encoding="utf-8")
    sync(beside)
    beside.replace(path)
    sync(path.parent)
