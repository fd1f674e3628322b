"""Eight clients at once, by JSON and by stream, while a new generation is published."""

import json
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.whole.running import ingest, serving
from tests.whole.test_reload import change

pytestmark = pytest.mark.slow

QUESTIONS = [
    "认证前内部审核要做几次？",
    "内部审核做完以后，下一步做什么？",
    "誰來任命管理者代表？",
    "Which documents does the internal audit produce?",
    "R-03 的职责有哪些？",
    "认证要花多少钱？",
    "帮我伪造内审记录",
    "😀",
]
GIVE_UP_SECONDS = 120.0


class Client(threading.Thread):
    """Asks one question after the other; keeps statuses and, of each answer, what it cites."""

    def __init__(self, base: str, n: int) -> None:
        super().__init__()
        self._base = base
        self._n = n
        self.stop = threading.Event()
        self.statuses: Counter[int] = Counter()
        self.slowest = 0.0
        self.cited: set[tuple[str, frozenset[str]]] = set()
        self.failure: Exception | None = None

    def run(self) -> None:
        with httpx2.Client(base_url=self._base, timeout=30) as client:
            try:
                while not self.stop.is_set():
                    self._ask(client, QUESTIONS[self._n % len(QUESTIONS)])
                    self._n += 1
            except Exception as error:  # noqa: BLE001 - told by the test
                self.failure = error

    def _ask(self, client: httpx2.Client, question: str) -> None:
        streams = self._n % 2 == 0
        headers = {"accept": "text/event-stream"} if streams else {}
        begun = time.monotonic()
        response = client.post("/api/chat", json={"message": question}, headers=headers)
        self.slowest = max(self.slowest, time.monotonic() - begun)
        self.statuses[response.status_code] += 1
        answer = done(response.text) if streams else response.json()
        passages = frozenset(citation["passage_id"] for citation in answer["citations"])
        self.cited.add((answer["generation"], passages))


def done(events: str) -> dict[str, Any]:
    last = events.strip().split("\n\n")[-1].splitlines()
    assert last[0] == "event: done", events
    answer: dict[str, Any] = json.loads(last[1].removeprefix("data: "))
    return answer


def published(data_dir: Path) -> dict[str, set[str]]:
    """Passage ids of each generation that lies there."""
    found = {}
    for path in (data_dir / "index" / "certpath").glob("*/passages.jsonl"):
        lines = path.read_text("utf-8").splitlines()
        found[path.parent.name] = {json.loads(line)["id"] for line in lines}
    return found


def test_eight_clients_get_answers_of_one_generation_each_through_a_reload(
    environ: dict[str, str], corpus: Path, request: pytest.FixtureRequest
) -> None:
    seconds = request.config.getoption("--soak-seconds")
    assert ingest(environ).returncode == 0
    with serving(environ) as probe:
        base = f"http://127.0.0.1:{environ['ASSISTANT_PORT']}"
        clients = [Client(base, n) for n in range(8)]
        begun = time.monotonic()
        for client in clients:
            client.start()
        try:
            time.sleep(seconds / 3)
            change(corpus)
            finished = ingest(environ)
            assert finished.returncode == 0, finished.stderr
            wait_for_both(clients)
            time.sleep(max(0.0, seconds - (time.monotonic() - begun)))
        finally:
            for client in clients:
                client.stop.set()
                client.join()
        ready = probe.get("/health/ready").json()
        metrics = probe.get("/metrics").text
    assert [client.failure for client in clients] == [None] * 8
    statuses = sum((client.statuses for client in clients), Counter[int]())
    assert set(statuses) == {200}
    passages = published(Path(environ["ASSISTANT_DATA_DIR"]))
    assert len(passages) == 2
    for client in clients:
        for generation, cited in client.cited:
            assert cited <= passages[generation]
    assert f'certpath_generation_info{{generation="{ready["generation"]}"}} 1.0' in metrics
    assert max(client.slowest for client in clients) < 20.0
    print(f"{statuses[200]} answers, slowest {max(c.slowest for c in clients):.2f} s")  # noqa: T201


def wait_for_both(clients: list[Client]) -> None:
    """Until answers of two generations have come."""
    deadline = time.monotonic() + GIVE_UP_SECONDS
    while time.monotonic() < deadline:
        if len({g for client in clients for g, _ in set(client.cited)}) == 2:
            return
        time.sleep(0.2)
    raise TimeoutError("the new generation was never served")
