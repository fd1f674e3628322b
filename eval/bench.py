"""How fast, as ratios in one run: a question against a no-op route and the embedding alone.

Starts the real server as a process of its own, asks over HTTP one question at a time, and prints a
table. The machine is noisy: compare figures of one run only.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import httpx2 as httpx
import yaml

from assistant.services import build_embedder
from assistant.settings import ROOT, Settings

_ROUNDS = 5
_START_SECONDS = 120.0


def main() -> None:
    settings = Settings()
    questions = _questions()
    base = f"http://{settings.host}:{settings.port}"
    started = time.perf_counter()
    server = subprocess.Popen([sys.executable, str(ROOT / "server.py")])  # noqa: S603
    try:
        with httpx.Client(base_url=base, timeout=30) as client:
            live = _wait(client, "/health/live", server) - started
            ready = _wait(client, "/health/ready", server) - started
            rows = _measure(client, questions)
        resident = _resident_mib(server.pid)
    finally:
        server.terminate()
        server.wait(30)
    rows["embedding alone"] = _embedding_alone(settings, questions)
    _report(rows, live, ready, resident)


def _questions() -> list[str]:
    files = [ROOT / "eval" / "questions" / "management.yaml"]
    return [q["text"] for path in files for q in yaml.safe_load(path.read_text("utf-8"))]


def _wait(client: httpx.Client, path: str, server: "subprocess.Popen[bytes]") -> float:
    """When the path first answers 200, in seconds of the performance counter."""
    deadline = time.perf_counter() + _START_SECONDS
    while time.perf_counter() < deadline and server.poll() is None:
        try:
            if client.get(path).status_code == httpx.codes.OK:
                return time.perf_counter()
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    sys.exit(f"The server did not answer {path}; is the index built (make ingest)?")


def _measure(client: httpx.Client, questions: Sequence[str]) -> dict[str, list[float]]:
    """Milliseconds by row; no-op and questions take turns, so that noise hits both."""
    noop, whole, without = [], [], []
    for question in questions:  # once over all of them unmeasured
        _ask(client, question)
    for question in [*questions] * _ROUNDS:
        start = time.perf_counter()
        client.get("/health/live")
        between = time.perf_counter()
        embedding = _ask(client, question)
        elapsed = (time.perf_counter() - between) * 1000
        noop.append((between - start) * 1000)
        whole.append(elapsed)
        without.append(elapsed - embedding)
    return {
        "no-op route": noop,
        "whole question": whole,
        "everything except embedding": without,
    }


def _ask(client: httpx.Client, question: str) -> float:
    """Milliseconds that the embedding took, as the server says."""
    response = client.post("/api/chat", json={"message": question})
    response.raise_for_status()
    return float(response.json()["timings_ms"]["embed"])


def _embedding_alone(settings: Settings, questions: Sequence[str]) -> list[float]:
    """Milliseconds for each question, without a server around the model."""
    embedder = build_embedder(settings, lambda _: None)
    embedder.warm_up()
    found = []
    for question in [*questions] * _ROUNDS:
        start = time.perf_counter()
        embedder.embed_query(question)
        found.append((time.perf_counter() - start) * 1000)
    embedder.close()
    return found


def _resident_mib(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def _report(rows: dict[str, list[float]], live: float, ready: float, resident: float) -> None:
    """One table on standard output; ratios are to the embedding alone."""
    unit = statistics.median(rows["embedding alone"])
    lines = [f"{'':30}{'p50 ms':>9}{'p95 ms':>9}{'p50 / embedding':>17}"]
    for name, values in rows.items():
        p50, p95 = statistics.median(values), statistics.quantiles(values, n=20)[-1]
        lines.append(f"{name:30}{p50:9.1f}{p95:9.1f}{p50 / unit:17.2f}")
    lines.append(f"cold start: live after {live:.1f} s, ready after {ready:.1f} s")
    lines.append(f"resident memory of the server: {resident:.0f} MiB")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
