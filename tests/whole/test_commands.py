"""``ingest.py`` as its users run it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.settings import ROOT
from tests.whole.running import ingest

pytestmark = pytest.mark.slow


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
    path = corpus / "steps" / "S8.yaml"
    path.write_text(path.read_text("utf-8").replace("source: guide", "source: gide", 1), "utf-8")
    result = ingest(environ)
    assert result.returncode == 5
    assert "steps/S8.yaml:" in result.stderr
    assert "F156: unknown source 'gide'" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("options", [[], ["--status"]])
def test_unchanged_ingest_and_status_load_neither_torch_nor_chroma(
    environ: dict[str, str], options: list[str]
) -> None:
    assert ingest(environ).returncode == 0
    script = (
        "import sys, typer, ingest\n"
        f"sys.argv = ['ingest.py', *{options!r}]\n"
        "try:\n    typer.run(ingest.main)\nexcept SystemExit as exit:\n    assert not exit.code\n"
        "assert not {'torch', 'sentence_transformers', 'chromadb'} & set(sys.modules)\n"
    )
    command = [sys.executable, "-c", script]
    result = subprocess.run(
        command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
