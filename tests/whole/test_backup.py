"""``backup.py`` as an operator runs it."""

import subprocess
import sys
from pathlib import Path

import pytest

from assistant.settings import ROOT
from tests.whole.running import ingest, serving

pytestmark = pytest.mark.slow


def backup(environ: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "backup.py", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )


def test_backup_moves_a_service_to_another_machine(environ: dict[str, str], tmp_path: Path) -> None:
    file = str(tmp_path / "backup.tar.gz")
    assert ingest(environ).returncode == 0
    with serving(environ) as client:
        answer = client.post("/api/chat", json={"message": "内审？"}).json()
        made = backup(environ, "save", file)
        assert made.returncode == 0, made.stderr
        assert made.stdout.startswith("Saved: 1 conversation, index certpath/")
        running = backup(environ, "restore", file, "--yes")
        assert running.returncode == 1
        assert "Stop the server first." in running.stderr
    again = backup(environ, "save", file)
    assert again.returncode == 2
    assert "--yes" in again.stderr
    assert backup(environ, "restore", file).returncode == 2
    elsewhere = {**environ, "ASSISTANT_DATA_DIR": str(tmp_path / "elsewhere")}
    restored = backup(elsewhere, "restore", file)
    assert restored.returncode == 0, restored.stderr
    assert ingest(elsewhere, "--status").returncode == 0
    with serving(elsewhere) as client:
        address = f"/api/conversations/{answer['conversation_id']}"
        assert client.get(address).json()["messages"][0]["response"] == answer


def test_postgresql_is_left_to_its_own_tools(environ: dict[str, str], tmp_path: Path) -> None:
    file = str(tmp_path / "backup.tar.gz")
    secret = {**environ, "ASSISTANT_DATABASE_URL": "postgresql://u:hidden@nowhere/x"}
    for command in (("save", file), ("restore", file)):
        result = backup(secret, *command)
        assert result.returncode == 2
        assert "pg_dump" in result.stderr
        assert "hidden" not in result.stderr + result.stdout
    assert not Path(file).exists()
