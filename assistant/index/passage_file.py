"""The passages of a generation, one JSON object a line, in the order of their vectors."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from assistant.errors import IndexDamaged
from assistant.index.manifest import REBUILD
from assistant.types import Passage, Span


def write_passages(passages: Iterable[Passage], path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        for passage in passages:
            file.write(json.dumps(asdict(passage), ensure_ascii=False) + "\n")


def read_passages(path: Path) -> tuple[Passage, ...]:
    """Raises IndexDamaged, naming the line, for anything that ``write_passages`` did not write."""
    found: list[Passage] = []
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            for line in file:
                found.append(_passage(line))  # noqa: PERF401 - keeps count for the message
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{path}:{len(found) + 1} is not a passage: {error}"
        raise IndexDamaged(message, REBUILD) from error
    return tuple(found)


def _passage(line: str) -> Passage:
    content = json.loads(line)
    content["about"] = tuple(content["about"])
    content["spans"] = tuple(Span(**span) for span in content["spans"])
    return Passage(**content)
