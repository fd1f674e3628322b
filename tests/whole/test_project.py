"""What the project says of itself is true."""

import ast
import re
import subprocess

import pytest
from fastapi.routing import APIRoute
from pydantic_core import PydanticUndefined

from assistant.settings import ROOT, Settings
from assistant.web.routes import router

README = (ROOT / "README.md").read_text("utf-8")
MODULES = sorted((ROOT / "assistant").rglob("*.py")) + sorted((ROOT / "eval").rglob("*.py"))


def imports_of(file: str) -> set[str]:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    froms = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    plain = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    return {name for name in froms | plain if name and name.startswith("assistant")}


def test_server_ties_settings_services_and_app_together_and_nothing_else() -> None:
    assert imports_of("server.py") == {
        "assistant.errors",
        "assistant.settings",
        "assistant.services",
        "assistant.web.app",
    }


def test_ingest_is_a_command_line_over_ingestion() -> None:
    assert imports_of("ingest.py") == {
        "assistant.errors",
        "assistant.index.embedding",
        "assistant.ingestion.ingest",
        "assistant.ingestion.terminal",
        "assistant.services",
        "assistant.settings",
    }


def test_backup_is_a_command_line_over_archiving() -> None:
    assert imports_of("backup.py") == {
        "assistant.archiving",
        "assistant.errors",
        "assistant.memory.database",
        "assistant.settings",
    }


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_readme_has_each_setting_with_its_default_and_description(name: str) -> None:
    field = Settings.model_fields[name]
    row = next(line for line in README.splitlines() if f"`ASSISTANT_{name.upper()}`" in line)
    assert str(field.description) in row
    if field.default is not PydanticUndefined and not name.endswith("_dir"):
        assert f"`{str(field.default).lower()}`" in row


def test_readme_has_no_setting_that_does_not_exist() -> None:
    named = set(re.findall(r"`ASSISTANT_(\w+)`", README))
    assert named == {name.upper() for name in Settings.model_fields}


def test_make_help_lists_the_verbs_of_the_readme() -> None:
    result = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    verbs = {line.split()[0] for line in result.stdout.splitlines() if line[:1].isalpha()}
    assert {"serve", "ingest", "test", "check", "eval", "bench", "clean"} <= verbs
    assert {"eval-check", "eval-final", "ablation"} <= verbs
    pages = [README, *(path.read_text("utf-8") for path in sorted((ROOT / "docs").glob("*.md")))]
    assert {verb for page in pages for verb in re.findall(r"`make ([\w-]+)`", page)} <= verbs


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_module_is_at_most_250_lines_and_its_functions_at_most_40(path: object) -> None:
    text = (ROOT / str(path)).read_text("utf-8")
    assert len(text.splitlines()) <= 250
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, functions) and node.end_lineno is not None:
            assert node.end_lineno - node.lineno < 40, node.name


def test_readme_names_the_lists_that_are_served() -> None:
    named = set(re.findall(r"`GET (/api/(?:process|roles|documents)[^?`]*)", README))
    served = {route.path for route in router.routes if isinstance(route, APIRoute)}
    assert named == {path for path in served if re.match(r"/api/(process|roles|documents)", path)}
