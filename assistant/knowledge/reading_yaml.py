"""YAML with line numbers: every mapping carries the line it begins on, as ``__line__``."""

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from assistant.errors import Problem
from assistant.knowledge.files import CorpusFile


class _LineLoader(yaml.CSafeLoader):
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        mapping = super().construct_mapping(node, deep=True)
        if len(mapping) != len(node.value):
            raise yaml.constructor.ConstructorError(
                None, None, "a key stands twice in this mapping", node.start_mark
            )
        return {**mapping, "__line__": node.start_mark.line + 1}


def _construct_yaml_map(loader: _LineLoader, node: yaml.MappingNode) -> dict[Hashable, Any]:
    return loader.construct_mapping(node)


_LineLoader.add_constructor("tag:yaml.org,2002:map", _construct_yaml_map)


def read_file(path: Path, name: str) -> tuple[CorpusFile | None, tuple[Problem, ...]]:
    """One corpus file, or what is wrong with it; ``name`` is how problems call it."""
    try:
        raw = yaml.load(path.read_bytes(), Loader=_LineLoader)  # noqa: S506  a safe loader
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        return None, (Problem(name, line, "", f"not valid YAML: {_first_line(error)}"),)
    try:
        return CorpusFile.model_validate(raw), ()
    except ValidationError as error:
        return None, tuple(
            Problem(name, *_place(raw, details["loc"]), _describe(details["loc"], details["msg"]))
            for details in error.errors(include_url=False, include_input=False)
        )


def _first_line(error: Exception) -> str:
    problem = getattr(error, "problem", None)
    return str(problem or error).splitlines()[0]


def _place(raw: object, location: tuple[int | str, ...]) -> tuple[int, str]:
    """Line and id of the innermost mapping on the way to a pydantic error location."""
    line, identifier = 0, ""
    node = raw
    for key in (None, *location):
        if key is not None:
            try:
                node = node[key]  # type: ignore[index]
            except (KeyError, IndexError, TypeError):
                break
        if isinstance(node, dict):
            line = node.get("__line__", line)
            identifier = str(node.get("id", identifier))
    return line, identifier


def _describe(location: tuple[int | str, ...], message: str) -> str:
    names = [str(key) for key in location if not isinstance(key, int)]
    return f"{names[-1]}: {message}" if names else message
