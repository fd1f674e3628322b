"""``ingest.py`` as its users run it, and what all commands say of settings at fault."""

import json
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from assistant.settings import ROOT
from ingest import EXIT_CODES, FAILED, STALE
from tests.knowledge import small
from tests.whole.running import ingest

pytestmark = pytest.mark.slow


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Instead of the corpus that ships, which takes longer."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    return small.write(folder)


def test_ingest_then_status_says_up_to_date(environ: dict[str, str]) -> None:
    assert ingest(environ, "--status").returncode == 4
    first = ingest(environ)
    assert first.returncode == 0
    assert first.stdout.startswith("Published ")
    assert ingest(environ).stdout.startswith("Up to date: ")
    status = ingest(environ, "--status", "--json")
    assert status.returncode == 0
    assert json.loads(status.stdout)["fresh"] is True


def test_broken_corpus_is_reported_with_file_line_and_id(
    environ: dict[str, str], corpus: Path
) -> None:
    small.write(corpus, steps=("source: guide", "source: gide"))
    result = ingest(environ)
    assert result.returncode == 5
    assert "steps.yaml:6: F001: unknown source 'gide'" in result.stderr
    assert "Traceback" not in result.stderr


def told(result: "subprocess.CompletedProcess[str]") -> dict[str, Any]:
    """The error that ``--json`` printed, and nothing beside it."""
    assert "Traceback" not in result.stderr
    printed: dict[str, dict[str, Any]] = json.loads(result.stdout)
    assert printed.keys() == {"error"}
    return printed["error"]


@pytest.mark.parametrize(
    ("setting", "value", "code", "exit_code"),
    [
        ("ASSISTANT_PORT", "none", "invalid", 2),
        ("ASSISTANT_CORPUS_DIR", "/nowhere", "corpus", 5),
        ("ASSISTANT_EMBEDDING_MODEL", "/nowhere", "model", 6),
        ("ASSISTANT_DATA_DIR", "/dev/null", "index_not_writable", 7),
    ],
)
def test_each_kind_of_failure_has_a_code_of_its_own(
    environ: dict[str, str], setting: str, value: str, code: str, exit_code: int
) -> None:
    result = ingest(environ | {setting: value}, "--json")
    assert result.returncode == exit_code, result.stderr
    assert told(result)["code"] == code


def test_faults_of_the_corpus_are_data(environ: dict[str, str], corpus: Path) -> None:
    small.write(corpus, steps=("source: guide", "source: gide"))
    (problem,) = told(ingest(environ, "--json"))["problems"]
    assert problem.keys() == {"file", "line", "id", "message"}
    assert (problem["file"], problem["id"]) == ("steps.yaml", "F001")


def test_a_second_ingest_is_told_that_one_is_running(environ: dict[str, str]) -> None:
    collection = Path(environ["ASSISTANT_DATA_DIR"]) / "index" / "certpath"
    collection.mkdir(parents=True)
    with FileLock(collection / "ingest.lock"):
        result = ingest(environ, "--json")
    assert result.returncode == 3
    assert told(result)["code"] == "ingest_running"


def test_interrupted_it_ends_cleanly_and_goes_on_where_it_was(
    environ: dict[str, str], corpus: Path
) -> None:
    many = ", ".join(f"谁来做第 {n} 件事？" for n in range(2000))
    small.write(corpus, questions=("谁去内审", many))
    collection = Path(environ["ASSISTANT_DATA_DIR"]) / "index" / "certpath"
    command = [sys.executable, "ingest.py", "--json"]
    first = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True)
    until(lambda: embedded(collection / "embeddings.sqlite3") > 0)
    first.send_signal(signal.SIGINT)
    output, _ = first.communicate(timeout=60)
    assert first.returncode == 130
    assert json.loads(output)["error"]["code"] == "interrupted"
    assert [path.name for path in collection.iterdir() if path.is_dir()] == []
    kept = embedded(collection / "embeddings.sqlite3")
    report = json.loads(ingest(environ, "--json").stdout)
    assert report["published"]
    assert report["from_cache"] >= kept
    assert report["embedded"] > 0


def embedded(cache: Path) -> int:
    if not cache.exists():
        return 0
    with closing(sqlite3.connect(cache, timeout=30)) as connection:
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if not tables[0]:
            return 0
        return int(connection.execute("SELECT count(*) FROM embeddings").fetchone()[0])


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)


def test_help_and_the_manual_list_every_exit_code() -> None:
    result = subprocess.run(
        [sys.executable, "ingest.py", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    shown = " ".join(result.stdout.replace("│", " ").split())
    listed = set(
        re.findall(r"^\| (\d+) \|", (ROOT / "docs/operating.md").read_text("utf-8"), re.MULTILINE)
    )
    codes = {str(code) for code in EXIT_CODES.values()} | {"0", str(FAILED), str(STALE)}
    assert listed == codes
    assert codes <= set(re.findall(r"\d+", shown.partition("Exit codes:")[2]))


@pytest.mark.parametrize("options", [[], ["--status"]])
def test_unchanged_ingest_and_status_load_neither_torch_nor_chroma(
    environ: dict[str, str], options: list[str]
) -> None:
    assert ingest(environ).returncode == 0
    script = (
        "import sys, typer, ingest\n"
        f"sys.argv = ['ingest.py', *{options!r}]\n"
        "try:\n    typer.run(ingest.main)\nexcept SystemExit as exit:\n    assert not exit.code\n"
        "heavy = {'torch', 'sentence_transformers', 'transformers', 'chromadb', 'bm25s'}\n"
        "assert not heavy & set(sys.modules)\n"
    )
    command = [sys.executable, "-c", script]
    result = subprocess.run(
        command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("command", [["server.py"], ["ingest.py"], ["backup.py", "save", "x.zip"]])
def test_a_setting_at_fault_is_named_without_its_value(
    environ: dict[str, str], command: list[str]
) -> None:
    wrong = {"ASSISTANT_PORT": "abc", "ASSISTANT_ADMIN_TOKEN": "hunter2"}
    run = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environ | wrong,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode != 0
    assert "ASSISTANT_PORT: " in run.stderr
    assert "ASSISTANT_ADMIN_TOKEN: " in run.stderr
    assert "hunter2" not in run.stderr + run.stdout
    assert "Traceback" not in run.stderr
