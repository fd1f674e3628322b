"""A server process under signals, callers that go away, and callers that never finish."""

import json
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import Queue
from threading import Thread

import httpx2
import pytest

from assistant.settings import ROOT
from tests.whole.running import environment

pytestmark = pytest.mark.slow

WAIT = 30.0
EVENTS = {"accept": "text/event-stream"}


class Slow:
    """The process of ``slow_server`` and what it printed."""

    def __init__(self, environ: dict[str, str]) -> None:
        self.base = f"http://127.0.0.1:{environ['ASSISTANT_PORT']}"
        self.port = int(environ["ASSISTANT_PORT"])
        command = [sys.executable, "-m", "tests.whole.slow_server"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True
        )
        self._lines: Queue[str] = Queue()
        self._reader = Thread(target=self._read)
        self._reader.start()

    def printed(self) -> str:
        return self._lines.get(timeout=WAIT)

    def wait_until_live(self) -> None:
        deadline = time.monotonic() + WAIT
        while time.monotonic() < deadline:
            try:
                httpx2.get(f"{self.base}/health/live")
                return
            except httpx2.TransportError:
                time.sleep(0.05)
        raise TimeoutError(self.process.returncode)

    def ask(self, **headers: str) -> httpx2.Response:
        return httpx2.post(
            f"{self.base}/api/chat", json={"message": "内审"}, headers=headers, timeout=WAIT
        )

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(WAIT)
        self._reader.join(WAIT)

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as printed:
            for line in printed:
                self._lines.put(line.strip())


@pytest.fixture
def settings() -> dict[str, str]:
    return {}


@pytest.fixture
def slow(tmp_path: Path, settings: dict[str, str], socket_enabled: None) -> Iterator[Slow]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = environment(tmp_path / "data", ROOT / "corpus", tmp_path, port)
    server = Slow({**environ, **settings})
    try:
        server.wait_until_live()
        yield server
    finally:
        server.kill()


@pytest.fixture
def callers() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as callers:
        yield callers


def test_answers_that_run_are_finished_when_the_server_is_told_to_stop(
    slow: Slow, callers: ThreadPoolExecutor
) -> None:
    whole = callers.submit(slow.ask)
    stream = callers.submit(slow.ask, **EVENTS)
    assert [slow.printed(), slow.printed()] == ["begun", "begun"]
    slow.process.send_signal(signal.SIGTERM)
    assert whole.result(WAIT).json()["outcome"] == "answered"
    assert "event: done" in stream.result(WAIT).text
    assert slow.process.wait(WAIT) in (0, -signal.SIGTERM)
    with pytest.raises(httpx2.TransportError):
        slow.ask()


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_work_stops_when_its_caller_goes_away(slow: Slow, accept: str) -> None:
    body = json.dumps({"message": "x"}).encode()
    head = (
        f"POST /api/chat HTTP/1.1\r\nHost: x\r\nAccept: {accept}\r\nContent-Type: application/json"
    )
    with socket.create_connection(("127.0.0.1", slow.port)) as connection:
        connection.sendall(f"{head}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
        assert slow.printed() == "begun"
    assert slow.printed() == "cancelled"
    counted = httpx2.get(f"{slow.base}/metrics").text
    assert re.search(
        r'certpath_requests_total\{.*route="/api/chat",status="(499|200)"\} 1.0', counted
    )


@pytest.mark.parametrize(
    "settings", [{"ASSISTANT_ANSWERS_AT_ONCE": "1", "ASSISTANT_ANSWERS_WAITING": "1"}]
)
def test_too_many_questions_are_turned_away_at_once(
    slow: Slow, callers: ThreadPoolExecutor
) -> None:
    def timed() -> tuple[float, httpx2.Response]:
        begun = time.monotonic()
        response = slow.ask()
        return time.monotonic() - begun, response

    asked: list[Future[tuple[float, httpx2.Response]]] = [callers.submit(timed) for _ in range(6)]
    ended = [future.result(WAIT) for future in asked]
    assert sorted(response.status_code for _, response in ended) == [200, 200, 503, 503, 503, 503]
    for seconds, response in ended:
        if response.status_code == 503:
            assert seconds < 2.0
            assert response.json()["error"]["code"] == "busy"
            assert int(response.headers["retry-after"]) > 0
    assert httpx2.get(f"{slow.base}/health/live").status_code == 200


@pytest.mark.parametrize("settings", [{"ASSISTANT_ANSWER_SECONDS": "0.3"}])
def test_an_answer_out_of_time_is_503_and_the_work_ends(slow: Slow) -> None:
    response = slow.ask()
    assert (response.status_code, response.json()["error"]["code"]) == (503, "timed_out")
    assert slow.printed() == "begun"
    assert slow.printed() in ("timed_out", "cancelled")


def test_callers_who_never_finish_do_not_hold_up_the_others(slow: Slow) -> None:
    half = [
        b"",
        b"POST /api/chat HTTP/1.1\r\n",
        b"POST /api/chat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        b"Content-Length: 50\r\n\r\n{",
    ]
    open_ended = [socket.create_connection(("127.0.0.1", slow.port)) for _ in range(90)]
    try:
        for n, connection in enumerate(open_ended):
            connection.sendall(half[n % 3])
        assert slow.ask().status_code == 200
        connection = open_ended[2]
        connection.settimeout(WAIT)
        assert connection.recv(12) == b"HTTP/1.1 400"
    finally:
        for connection in open_ended:
            connection.close()


@pytest.mark.parametrize(
    "settings", [{"ASSISTANT_TRUSTED_PROXIES": "127.0.0.1", "ASSISTANT_RATE_LIMIT": "2/hour"}]
)
def test_clients_behind_a_trusted_proxy_are_counted_apart(slow: Slow) -> None:
    def status(client: str) -> int:
        address = f"{slow.base}/api/process"
        return httpx2.get(address, headers={"x-forwarded-for": client}).status_code

    assert [status("10.1.1.1") for _ in range(3)] == [200, 200, 429]
    assert status("10.1.1.2") == 200
    assert status("10.1.1.1, 10.1.1.3") == 200


@pytest.mark.parametrize("settings", [{"ASSISTANT_RATE_LIMIT": "2/hour"}])
def test_nobody_else_is_believed_about_the_client(slow: Slow) -> None:
    def status(client: str) -> int:
        address = f"{slow.base}/api/process"
        return httpx2.get(address, headers={"x-forwarded-for": client}).status_code

    assert [status(f"10.1.1.{n}") for n in range(3)] == [200, 200, 429]
