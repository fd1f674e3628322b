"""Server and ingest as processes of their own, with a model small enough to start at once."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2

from assistant.settings import ROOT

START_SECONDS = 60.0


def ingest(environment: dict[str, str], *options: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "ingest.py", *options]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[httpx2.Client]:
    """A client of a server that is ready; the server stops afterwards and must do so cleanly."""
    base = f"http://127.0.0.1:{environment['ASSISTANT_PORT']}"
    server = subprocess.Popen([sys.executable, "server.py"], cwd=ROOT, env=environment)
    try:
        with httpx2.Client(base_url=base, timeout=30) as client:
            wait_until_ready(client)
            yield client
    finally:
        server.terminate()
        assert server.wait(30) in (0, -15)


def wait_until_ready(client: httpx2.Client) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            if client.get("/health/ready").status_code == 200:
                return
        except httpx2.TransportError:
            pass
        time.sleep(0.1)
    raise TimeoutError("the server did not become ready")


def environment(data_dir: Path, corpus_dir: Path, model: Path, port: int) -> dict[str, str]:
    ours = {
        "ASSISTANT_DATA_DIR": str(data_dir),
        "ASSISTANT_CORPUS_DIR": str(corpus_dir),
        "ASSISTANT_EMBEDDING_MODEL": str(model),
        "ASSISTANT_PORT": str(port),
        "ASSISTANT_LOG_LEVEL": "warning",
    }
    return {**os.environ, **ours}
