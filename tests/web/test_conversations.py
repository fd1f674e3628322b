"""Conversations over HTTP: continued, read, judged, deleted."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.errors import IndexMissing, TimedOut
from assistant.memory.store import Store
from assistant.types import Earlier, Question
from tests.web.fake import ANSWER, KEPT, PASSAGE, FakeBackend

UNKNOWN = "x" * 22


def ask(client: TestClient, **fields: Any) -> dict[str, Any]:
    response = client.post("/api/chat", json={"message": "下一步？", **fields})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def read(client: TestClient, conversation_id: str) -> dict[str, Any]:
    response = client.get(f"/api/conversations/{conversation_id}")
    assert response.status_code == 200, response.text
    conversation: dict[str, Any] = response.json()
    return conversation


def code(response: Any) -> tuple[int, str]:
    return response.status_code, response.json()["error"]["code"]


def test_answer_is_asked_with_the_conversation_before_it(
    client: TestClient, backend: FakeBackend
) -> None:
    first = ask(client, message="内审？", region="CN")
    second = ask(client, message="然后呢？", conversation_id=first["conversation_id"])
    assert second["conversation_id"] == first["conversation_id"]
    assert second["message_id"] != first["message_id"]
    assert backend.asked[0].history == ()
    assert backend.asked[1].history == (Earlier.of("内审？", ANSWER),)
    assert [question.region for question in backend.asked] == ["CN", "CN"]


def test_conversation_is_read_back_with_the_answers_as_they_were_sent(client: TestClient) -> None:
    first = ask(client, region="HK")
    second = ask(client, message="还有呢？", conversation_id=first["conversation_id"])
    found = read(client, first["conversation_id"])
    assert list(found) == ["conversation_id", "region", "created_at", "updated_at", "messages"]
    assert [message["response"] for message in found["messages"]] == [first, second]
    assert [message["message"] for message in found["messages"]] == ["下一步？", "还有呢？"]
    assert [message["state"] for message in found["messages"]] == ["done", "done"]
    assert found["region"] == "HK"
    written = datetime.fromisoformat(found["messages"][0]["created_at"])
    assert abs((datetime.now(UTC) - written).total_seconds()) < 60


def test_question_that_failed_is_kept_as_failed_and_the_next_is_answered(
    client: TestClient, backend: FakeBackend
) -> None:
    conversation_id = ask(client)["conversation_id"]
    backend.error = TimedOut("inside")
    failed = client.post("/api/chat", json={"message": "x", "conversation_id": conversation_id})
    assert failed.status_code == 503
    backend.error = None
    ask(client, conversation_id=conversation_id)
    states = [message["state"] for message in read(client, conversation_id)["messages"]]
    assert states == ["done", "failed", "done"]


def test_crash_does_not_leave_the_conversation_blocked(
    client: TestClient, backend: FakeBackend
) -> None:
    conversation_id = ask(client)["conversation_id"]
    backend.error = ValueError("inside")
    asked = {"message": "x", "conversation_id": conversation_id}
    assert code(client.post("/api/chat", json=asked)) == (500, "internal")
    backend.error = None
    ask(client, conversation_id=conversation_id)


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_unknown_conversation_is_a_404_that_says_what_to_do(
    client: TestClient, backend: FakeBackend, accept: str
) -> None:
    asked = {"message": "next?", "conversation_id": UNKNOWN}
    response = client.post("/api/chat", json=asked, headers={"accept": accept})
    assert code(response) == (404, "conversation_unknown")
    assert "conversation_id" in response.json()["error"]["hint"]
    assert backend.asked == []


def test_second_message_while_one_runs_is_a_409(client: TestClient, memory: Store) -> None:
    turn = memory.begin(Question("x"))
    asked = {"message": "next?", "conversation_id": turn.conversation_id}
    response = client.post("/api/chat", json=asked)
    assert code(response) == (409, "conversation_busy")
    assert int(response.headers["retry-after"]) > 0
    memory.finish(turn, ANSWER, (KEPT,))
    ask(client, **asked)


def test_deleted_conversation_is_gone(client: TestClient) -> None:
    answer = ask(client)
    address = f"/api/conversations/{answer['conversation_id']}"
    response = client.delete(address)
    assert (response.status_code, response.content) == (204, b"")
    for again in (client.get(address), client.delete(address)):
        assert code(again) == (404, "conversation_unknown")
    asked = {"message": "x", "conversation_id": answer["conversation_id"]}
    assert code(client.post("/api/chat", json=asked)) == (404, "conversation_unknown")
    feedback = f"/api/messages/{answer['message_id']}/feedback"
    assert code(client.post(feedback, json={"rating": "up"})) == (404, "not_found")


def test_feedback_is_kept_and_the_latest_counts(client: TestClient) -> None:
    answer = ask(client)
    address = f"/api/messages/{answer['message_id']}/feedback"
    sent = {"rating": "down", "comment": "没说由谁批准 <b>"}
    assert client.post(address, json=sent).status_code == 204
    (message,) = read(client, answer["conversation_id"])["messages"]
    assert {name: message["feedback"][name] for name in sent} == sent
    assert client.post(address, json={"rating": "up"}).status_code == 204
    (message,) = read(client, answer["conversation_id"])["messages"]
    assert (message["feedback"]["rating"], message["feedback"]["comment"]) == ("up", None)


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"rating": "meh"},
        {"rating": "up", "comment": ""},
        {"rating": "up", "comment": "x" * 4001},
        {"rating": "up", "comment": "\u0000"},
        {"rating": "up", "more": 1},
    ],
)
def test_feedback_outside_the_contract_is_refused(client: TestClient, sent: Any) -> None:
    answer = ask(client)
    address = f"/api/messages/{answer['message_id']}/feedback"
    assert code(client.post(address, json=sent)) == (422, "invalid")


@pytest.mark.parametrize(
    "hostile", ["..%2f..%2fetc", "%00", "'%20OR%201=1--", "x" * 65, "%F0%9F%98%80", "a%0d%0ab"]
)
def test_hostile_ids_are_refused_and_not_repeated(client: TestClient, hostile: str) -> None:
    for response in (
        client.get(f"/api/conversations/{hostile}"),
        client.delete(f"/api/conversations/{hostile}"),
        client.post(f"/api/messages/{hostile}/feedback", json={"rating": "up"}),
    ):
        assert response.status_code in (404, 422)
        assert "OR" not in response.text
        assert set(response.json()["error"]) <= {"code", "message", "hint", "request_id"}


def test_ids_of_others_cannot_be_listed(client: TestClient) -> None:
    ask(client)
    assert client.get("/api/conversations").status_code == 404
    assert client.get("/api/conversations/").status_code == 404


def test_cited_passage_opens_after_it_has_left_the_index(client: TestClient, memory: Store) -> None:
    current = client.get(f"/api/sources/{PASSAGE.id.replace('#', '%23')}").json()
    assert current["superseded_by"] is None
    old = KEPT.passage.id.replace(PASSAGE.sha256[:12], "0" * 12)
    address = f"/api/sources/{old.replace('#', '%23')}"
    assert client.get(address).status_code == 404
    turn = memory.begin(Question("x"))
    memory.finish(turn, ANSWER, (renamed(old),))
    found = client.get(address).json()
    assert (found["passage_id"], found["text"]) == (old, PASSAGE.text)
    assert found["superseded_by"] == PASSAGE.id
    memory.delete(turn.conversation_id)
    assert client.get(address).status_code == 404


def renamed(passage_id: str) -> Any:
    return replace(KEPT, passage=replace(PASSAGE, id=passage_id))


def test_conversation_is_read_without_an_index(client: TestClient, backend: FakeBackend) -> None:
    conversation_id = ask(client)["conversation_id"]
    backend.error = IndexMissing("inside")
    assert len(read(client, conversation_id)["messages"]) == 1


def test_database_that_cannot_be_reached_is_a_503_and_lists_go_on(
    client: TestClient, memory: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    (tmp_path / "memory.db").unlink()
    memory.close()
    (tmp_path / "memory.db").mkdir()
    response = client.post("/api/chat", json={"message": "x"})
    assert code(response) == (503, "storage_unavailable")
    assert int(response.headers["retry-after"]) > 0
    assert str(tmp_path) not in response.text
    assert client.get("/api/process").status_code == 200
