"""The question sets: what is asked, and what a good answer says."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast, get_args

import yaml

from assistant.settings import ROOT
from assistant.types import Language, Outcome, Region

Part = Literal["dev", "final"]
"""``dev`` is for building; ``final`` is set aside."""

Alternatives = tuple[tuple[str, ...], ...]
"""All of the outer ones are wanted; for each, any one of the inner ids will do."""

_FIELDS = frozenset(
    "id group language intent step text outcome ids facts lead".split()  # noqa: SIM905
)
_OPTIONAL = frozenset({"region"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what a good answer to it says.

    ``ids`` are named or spoken of, ``facts`` are statements cited, ``lead`` holds statements of
    which the first sentence cites one; each is empty where it is not asked for. ``file`` is the
    name without suffix; ``region`` is the asker's, None where it is not told. ``history`` holds
    what the asker said before, oldest first: the questions of a dialogue are its turns.
    """

    id: str
    group: str
    file: str
    language: Language
    intent: str
    step: str
    text: str
    outcome: Outcome
    ids: Alternatives
    facts: Alternatives
    lead: tuple[str, ...]
    history: tuple[str, ...] = ()
    region: Region | None = None


def folder_of(part: Part) -> Path:
    return ROOT / "eval" / "questions" / part


def load(folder: Path) -> tuple[Asked, ...]:
    """All questions of a folder, by file name, then in the order of the file.

    Raises ValueError, which names file and question, where an entry is not of the format of
    ``eval/questions/README.md`` or an id comes twice.
    """
    found: dict[str, Asked] = {}
    for path in sorted(folder.glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text("utf-8")):
            history: tuple[str, ...] = ()
            for turn in entry.get("turns", (entry,)):
                asked = _asked(turn, path.stem, history)
                if asked.id in found:
                    raise ValueError(f"{path.name}: {asked.id} comes twice")
                found[asked.id] = asked
                history = (*history, asked.text)
    return tuple(found.values())


def _asked(entry: Mapping[str, Any], file: str, history: tuple[str, ...]) -> Asked:
    where = f"{file}.yaml: {entry.get('id', '?')}"
    if wrong := (entry.keys() - _OPTIONAL) ^ _FIELDS:
        raise ValueError(f"{where}: fields missing or unknown: {', '.join(sorted(wrong))}")
    return Asked(
        id=_text(entry["id"], where),
        group=_text(entry["group"], where),
        file=file,
        language=cast("Language", _one_of(Language, entry["language"], where)),
        intent=_text(entry["intent"], where),
        step=_text(entry["step"], where),
        text=_text(entry["text"], where),
        outcome=cast("Outcome", _one_of(Outcome, entry["outcome"], where)),
        ids=tuple(_texts(inner, where) for inner in entry["ids"]),
        facts=tuple(_texts(inner, where) for inner in entry["facts"]),
        lead=_texts(entry["lead"], where) if entry["lead"] else (),
        history=history,
        region=_region(entry, where),
    )


def _region(entry: Mapping[str, Any], where: str) -> Region | None:
    if "region" not in entry:
        return None
    return cast("Region", _one_of(Region, entry["region"], where))


def _texts(values: Any, where: str) -> tuple[str, ...]:
    if not isinstance(values, list) or not values:
        raise ValueError(f"{where}: {values!r} is not a list of ids")
    return tuple(_text(value, where) for value in values)


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{where}: {value!r} is not text; put it in quotes")
    return value


def _one_of(vocabulary: Any, value: Any, where: str) -> str:
    if value not in get_args(vocabulary):
        raise ValueError(f"{where}: {value!r} is none of {', '.join(get_args(vocabulary))}")
    return str(value)
