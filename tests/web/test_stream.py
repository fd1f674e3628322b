"""POST /api/chat as server-sent events."""

import json
from concurrent.futures import Future
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.deadline import Deadline
from assistant.errors import Busy, TimedOut, Unavailable
from assistant.memory.records import Reply
from assistant.memory.store import Store
from assistant.settings import Settings
from assistant.types import Question
from assistant.web import sending
from assistant.web.app import create_app
from tests.web.fake import ANSWER, KEPT, FakeBackend

EVENTS = {"accept": "text/event-stream"}


def stream(client: TestClient, **fields: Any) -> list[tuple[str, Any]]:
    response = client.post("/api/chat", json={"message": "下一步？", **fields}, headers=EVENTS)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-store"
    return events(response.text)


def events(text: str) -> list[tuple[str, Any]]:
    found = []
    for block in text.strip().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines())
        if "event" in lines:
            found.append((lines["event"], json.loads(lines["data"])))
    return found


def test_events_are_start_a_delta_for_each_sentence_and_done(client: TestClient) -> None:
    (name, start), *deltas, (last, done) = stream(client)
    assert (name, last) == ("start", "done")
    assert start == {name: done[name] for name in ("conversation_id", "message_id")}
    assert {name for name, _ in deltas} == {"delta"}
    said = [(d["block"], d["kind"], d["sentence"]) for _, d in deltas]
    assert said == [
        (n, block["kind"], sentence)
        for n, block in enumerate(done["blocks"])
        for sentence in block["sentences"]
    ]
    assert len(said) == 4


def test_stream_and_json_carry_the_same_objects(client: TestClient) -> None:
    done = stream(client)[-1][1]
    continued = {"message": "下一步？", "conversation_id": done["conversation_id"]}
    whole = client.post("/api/chat", json=continued).json()
    assert {**done, "message_id": ""} == {**whole, "message_id": ""}


@pytest.mark.parametrize(
    ("accept", "streams"),
    [
        ("text/event-stream", True),
        ("TEXT/EVENT-STREAM; q=0.5", True),
        ("text/event-stream, application/json", True),
        ("application/json, text/event-stream;q=0.5", False),
        ("text/event-stream;q=0", False),
        ("*/*", False),
        ("text/event-stream;q=high", False),
        ("", False),
    ],
)
def test_only_who_asks_gets_a_stream(client: TestClient, accept: str, streams: bool) -> None:
    response = client.post("/api/chat", json={"message": "x"}, headers={"accept": accept})
    assert response.headers["content-type"].startswith("text/event-stream") == streams


def test_errors_after_the_start_are_events_in_the_askers_language(
    client: TestClient, backend: FakeBackend
) -> None:
    backend.error = TimedOut("inside")
    (_, _), (name, error) = stream(client, language="en")
    assert name == "error"
    assert error["code"] == "timed_out"
    assert "not ready in time" in error["message"]
    assert len(error["request_id"]) == 16
    backend.error = ValueError("/srv/inside")
    name, error = stream(client)[-1]
    assert (name, error["code"]) == ("error", "internal")
    assert "inside" not in json.dumps(error)


def test_invalid_requests_are_no_streams(client: TestClient) -> None:
    response = client.post("/api/chat", json={"message": " "}, headers=EVENTS)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/json"


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_no_place_is_a_503_for_both(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, accept: str
) -> None:
    async def full(*_: object) -> None:
        raise Busy("full")

    monkeypatch.setattr("assistant.web.desk.Desk._take", full)
    response = client.post("/api/chat", json={"message": "x"}, headers={"accept": accept})
    assert response.status_code == 503
    assert response.json()["error"]["code"] == "busy"
    assert int(response.headers["retry-after"]) > 0


NEVER: "Future[None]" = Future()


class Sleepy(FakeBackend):
    def _reply(self, question: Question, deadline: Deadline) -> Reply:
        try:
            deadline.result(NEVER, 0.2)
        except Unavailable:
            return ANSWER, (KEPT,)
        raise AssertionError


def test_comments_keep_a_slow_stream_alive(monkeypatch: pytest.MonkeyPatch, memory: Store) -> None:
    monkeypatch.setattr(sending, "KEEP_ALIVE_SECONDS", 0.05)
    with TestClient(create_app(Sleepy(memory), Settings())) as client:
        response = client.post("/api/chat", json={"message": "x"}, headers=EVENTS)
    assert ": ping\n\n" in response.text
    assert [name for name, _ in events(response.text)][-1] == "done"
