"""Ingest and server as processes of their own, with a port and a database nobody else uses."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2 as httpx

from assistant.settings import ROOT

_START_SECONDS = 120.0
_INGEST = """
import json, sys, time
begun = time.perf_counter()
import typer
import ingest
sys.argv = ["ingest.py", "--json"]
try:
    typer.run(ingest.main)
except SystemExit as ended:
    assert not ended.code
print(json.dumps({"seconds": time.perf_counter() - begun, "torch": "torch" in sys.modules}))
"""


@dataclass(frozen=True, slots=True)
class Ingested:
    """``seconds`` from the start of Python, and whether torch was imported by then."""

    published: bool
    seconds: float
    torch: bool


@dataclass(frozen=True, slots=True)
class Server:
    """``live`` and ``ready`` are seconds from its start to the first answer of each probe."""

    port: int
    pid: int
    live: float
    ready: float

    def resident_mib(self) -> float:
        status = Path(f"/proc/{self.pid}/status").read_text("utf-8")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) / 1024


def ingest() -> Ingested:
    command = [sys.executable, "-c", _INGEST]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)  # noqa: S603 - ours
    report, measured = map(json.loads, done.stdout.splitlines())
    return Ingested(report["published"], **measured)


@contextmanager
def serving(database: Path) -> Iterator[Server]:
    """The server, with conversations in the file ``database``."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    begun = time.perf_counter()
    command = [sys.executable, "server.py"]
    ours = {
        "ASSISTANT_PORT": str(port),
        "ASSISTANT_DATABASE_URL": f"sqlite:///{database}",
        "ASSISTANT_RATE_LIMIT": "off",
        "ASSISTANT_LOG_LEVEL": "warning",
    }
    environment = {**os.environ, **ours}
    process = subprocess.Popen(command, cwd=ROOT, env=environment)  # noqa: S603 - our own script
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            live = _wait(client, "/health/live", process) - begun
            ready = _wait(client, "/health/ready", process) - begun
        yield Server(port, process.pid, live, ready)
    finally:
        process.terminate()
        process.wait(60)


def _wait(client: httpx.Client, path: str, process: "subprocess.Popen[bytes]") -> float:
    """When the path first answers 200, in seconds of the performance counter."""
    deadline = time.perf_counter() + _START_SECONDS
    while time.perf_counter() < deadline and process.poll() is None:
        try:
            if client.get(path).status_code == httpx.codes.OK:
                return time.perf_counter()
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    sys.exit(f"The server did not answer {path}.")
