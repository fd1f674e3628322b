"""The server is killed in mid-work, and the corpus changes: what was answered is still there."""

import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2
import pytest

from assistant.memory.database import Database, sqlite_url
from assistant.memory.store import Store
from assistant.settings import ROOT
from assistant.types import Question
from tests.whole.running import ingest, serving, wait_until_ready

pytestmark = pytest.mark.slow
ENOUGH = 30
QUESTION = {"message": "内部审核做完以后，下一步做什么？"}  # answered from the graph
PATIENCE = {"ASSISTANT_ANSWER_SECONDS": "2", "ASSISTANT_QUEUE_SECONDS": "1"}
LEASE_SECONDS = 8.0  # what the server makes of these: their sum and five


class Asker(threading.Thread):
    """Begins a conversation, goes on with it once, begins the next; keeps what was acknowledged."""

    def __init__(self, base: str, acknowledged: list[dict[str, Any]]) -> None:
        super().__init__()
        self._base = base
        self._acknowledged = acknowledged

    def run(self) -> None:
        with httpx2.Client(base_url=self._base, timeout=30) as client:
            try:
                while True:
                    first = self._ask(client, QUESTION)
                    more = {"message": "由谁组织？", "conversation_id": first["conversation_id"]}
                    self._ask(client, more)
            except httpx2.TransportError:
                return  # the server is gone

    def _ask(self, client: httpx2.Client, asked: dict[str, str]) -> dict[str, Any]:
        response = client.post("/api/chat", json=asked)
        assert response.status_code == 200, response.text
        answer: dict[str, Any] = response.json()
        self._acknowledged.append(answer)
        return answer


def kill_in_mid_work(environ: dict[str, str]) -> list[dict[str, Any]]:
    """The answers that were acknowledged before the kill."""
    acknowledged: list[dict[str, Any]] = []
    base = f"http://127.0.0.1:{environ['ASSISTANT_PORT']}"
    server = subprocess.Popen([sys.executable, "server.py"], cwd=ROOT, env=environ)
    try:
        with httpx2.Client(base_url=base, timeout=30) as client:
            wait_until_ready(client)
        askers = [Asker(base, acknowledged) for _ in range(4)]
        for asker in askers:
            asker.start()
        deadline = time.monotonic() + 60
        while len(acknowledged) < ENOUGH and time.monotonic() < deadline:
            time.sleep(0.01)
    finally:
        server.kill()
        server.wait(10)
    for asker in askers:
        asker.join(30)
    assert len(acknowledged) >= ENOUGH
    return list(acknowledged)


def left_behind(environ: dict[str, str]) -> str:
    """The conversation of a message whose process died while it was being answered."""
    path = Path(environ["ASSISTANT_DATA_DIR"]) / "certpath.db"
    store = Store(Database(sqlite_url(path)))
    turn = store.begin(Question("内审？"))
    store.close()
    return turn.conversation_id


def test_killed_server_has_lost_no_acknowledged_answer(environ: dict[str, str]) -> None:
    environ = {**environ, **PATIENCE}
    assert ingest(environ).returncode == 0
    acknowledged = kill_in_mid_work(environ)
    with serving(environ) as client:
        blocked = {**QUESTION, "conversation_id": left_behind(environ)}
        assert client.post("/api/chat", json=blocked).status_code == 409
        for answer in acknowledged:
            found = client.get(f"/api/conversations/{answer['conversation_id']}").json()
            kept = {message["message_id"]: message["response"] for message in found["messages"]}
            assert kept[answer["message_id"]] == answer
        wait_until_free(client, blocked)


def wait_until_free(client: httpx2.Client, blocked: dict[str, str]) -> None:
    deadline = time.monotonic() + LEASE_SECONDS + 20
    while client.post("/api/chat", json=blocked).status_code == 409:
        assert time.monotonic() < deadline, "a message of a dead process blocks for ever"
        time.sleep(0.5)
    assert client.post("/api/chat", json=blocked).status_code == 200


def test_cited_passage_opens_after_the_corpus_has_changed(
    environ: dict[str, str], corpus: Path
) -> None:
    assert ingest(environ).returncode == 0
    with serving(environ) as client:
        old = client.post("/api/chat", json=QUESTION).json()
        change(corpus, [citation["quote"] for citation in old["citations"]])
        assert ingest(environ, "--json").returncode == 0
        new = wait_for_another(client, old["generation"])
        moved = {c["passage_id"] for c in old["citations"]} - passages_of(new)
        opened = [source(client, citation) for citation in old["citations"]]
        for citation, passage in zip(old["citations"], opened, strict=True):
            assert passage["text"][citation["start"] : citation["end"]] == citation["quote"]
        superseded = {p["passage_id"]: p["superseded_by"] for p in opened if p["superseded_by"]}
        assert superseded
        assert superseded.keys() <= moved
        for passage_id, newer in superseded.items():
            assert passage_id.rpartition("@")[0] == newer.rpartition("@")[0]
            assert source(client, {"passage_id": newer})["superseded_by"] is None
        client.delete(f"/api/conversations/{old['conversation_id']}")
        for passage_id in superseded:
            assert client.get(address(passage_id)).status_code == 404


def change(corpus: Path, quotes: list[str]) -> None:
    """Words one of the quoted statements anew."""
    for path in sorted(corpus.rglob("*.yaml")):
        text = path.read_text("utf-8")
        for quoted in quotes:
            if text.count(quoted) == 1:
                path.write_text(text.replace(quoted, quoted.replace("。", "，如前所述。")), "utf-8")
                return
    pytest.fail("no file of the corpus holds a quoted statement")


def wait_for_another(client: httpx2.Client, generation: str) -> dict[str, Any]:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        answer: dict[str, Any] = client.post("/api/chat", json=QUESTION).json()
        if answer["generation"] != generation:
            return answer
        client.delete(f"/api/conversations/{answer['conversation_id']}")
        time.sleep(0.2)
    pytest.fail("the new generation was never served")


def passages_of(answer: dict[str, Any]) -> set[str]:
    return {citation["passage_id"] for citation in answer["citations"]}


def address(passage_id: str) -> str:
    return f"/api/sources/{quote(passage_id)}"


def source(client: httpx2.Client, citation: dict[str, Any]) -> dict[str, Any]:
    response = client.get(address(citation["passage_id"]))
    assert response.status_code == 200, response.text
    passage: dict[str, Any] = response.json()
    return passage
