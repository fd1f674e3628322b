"""A second process ingests while the server answers."""

import threading
import time
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.whole.running import ingest, serving

pytestmark = pytest.mark.slow
_QUESTION = {
    "message": "内部审核做完以后，下一步做什么？"
}  # answered from the graph, whatever the model
_OLD, _NEW = "管理评审通常安排在内部审核之后，", "管理评审一般安排在内部审核之后，"


class Asker(threading.Thread):
    """Asks until told to stop, and keeps what came back."""

    def __init__(self, client: httpx2.Client) -> None:
        super().__init__()
        self._client = client
        self.stop = threading.Event()
        self.responses: list[httpx2.Response] = []

    def run(self) -> None:
        while not self.stop.is_set():
            self.responses.append(self._client.post("/api/chat", json=_QUESTION))


def test_new_generation_is_served_without_restart_and_no_request_fails(
    environ: dict[str, str], corpus: Path
) -> None:
    assert ingest(environ).returncode == 0
    with serving(environ) as client:
        first = client.post("/api/chat", json=_QUESTION).json()
        assert _OLD in lead_quote(first)
        askers = [Asker(client) for _ in range(3)]
        for asker in askers:
            asker.start()
        try:
            change(corpus)
            finished = ingest(environ)
            assert finished.returncode == 0, finished.stderr
            wait_for_new_generation(client, first["generation"])
            time.sleep(0.5)
        finally:  # or a failure would leave them asking for ever
            for asker in askers:
                asker.stop.set()
                asker.join()
        responses = [response for asker in askers for response in asker.responses]
    assert {response.status_code for response in responses} == {200}
    answers = [response.json() for response in responses]
    by_generation = {
        generation: {lead_quote(a) for a in answers if a["generation"] == generation}
        for generation in {a["generation"] for a in answers}
    }
    assert len(by_generation) == 2
    old = by_generation.pop(first["generation"])
    (new,) = by_generation.values()
    assert [_OLD in quoted for quoted in old] == [True]
    assert [_NEW in quoted for quoted in new] == [True]


def change(corpus: Path) -> None:
    path = corpus / "topics.yaml"
    text = path.read_text("utf-8")
    assert _OLD in text
    path.write_text(text.replace(_OLD, _NEW), "utf-8")


def lead_quote(answer: dict[str, Any]) -> str:
    """What the first sentence cites."""
    numbers = answer["blocks"][0]["sentences"][0]["citations"]
    return "".join(answer["citations"][n - 1]["quote"] for n in numbers)


def wait_for_new_generation(client: httpx2.Client, old: str) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if client.post("/api/chat", json=_QUESTION).json()["generation"] != old:
            return
        time.sleep(0.2)
    pytest.fail("the new generation was never served")
