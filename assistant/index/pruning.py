"""Removing generations: those grown old, and what a killed process left half-made.

Not while another process publishes. A server is not disturbed: it has read what it serves.
"""

import shutil
from pathlib import Path

from assistant.errors import IndexNotWritable
from assistant.index.manifest import current, published

BUILDING, REMOVING = ".building", ".removing"


def prune(collection_dir: Path, keep: int = 2) -> tuple[str, ...]:
    """Removes all but the ``keep`` newest generations; returns the names of those removed.

    The current one stays in any case.
    """
    newest = current(collection_dir)
    doomed = [
        name
        for name in published(collection_dir)[keep:]
        if newest is not None and name != newest.generation
    ]
    try:
        for name in doomed:  # whoever is killed in between leaves no half that looks whole
            path = collection_dir / name
            shutil.rmtree(path.rename(path.with_name(name + REMOVING)))
    except OSError as error:
        raise IndexNotWritable(f"An old index cannot be removed: {error}") from error
    return tuple(sorted(doomed))


def sweep(collection_dir: Path) -> tuple[str, ...]:
    """Removes what was half-built or half-removed; returns the names."""
    left = [*collection_dir.glob(f"*{BUILDING}"), *collection_dir.glob(f"*{REMOVING}")]
    try:
        for path in left:
            shutil.rmtree(path)
    except OSError as error:
        raise IndexNotWritable(f"A half-built index cannot be removed: {error}") from error
    return tuple(sorted(path.name for path in left))
