"""POST /api/chat: the contract of an answer, and what reaches the backend."""

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.web.fake import CITATION, FakeBackend

FIELDS = [
    "conversation_id",
    "message_id",
    "outcome",
    "language",
    "answer",
    "blocks",
    "steps",
    "roles",
    "documents",
    "clauses",
    "citations",
    "suggestions",
    "warnings",
    "understood",
    "engine",
    "as_of",
    "generation",
    "timings_ms",
]
CITATION_FIELDS = [
    "n",
    "passage_id",
    "document_id",
    "title",
    "locator",
    "about",
    "quote",
    "start",
    "end",
    "sha256",
    "source",
    "wording",
    "confidence",
    "checked",
    "applies_to",
    "caution",
    "support",
]
ITEM_FIELDS = ["id", "title", "detail", "citations"]


def ask(client: TestClient, **fields: Any) -> dict[str, Any]:
    response = client.post("/api/chat", json={"message": "下一步？", **fields})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def test_answer_has_every_field_of_the_contract_in_order(client: TestClient) -> None:
    answer = ask(client)
    assert list(answer) == FIELDS
    assert list(answer["citations"][0]) == CITATION_FIELDS
    assert list(answer["blocks"][0]) == ["kind", "sentences"]
    assert list(answer["blocks"][0]["sentences"][0]) == ["text", "kind", "citations"]
    assert list(answer["understood"]) == ["intent", "entities", "region", "progress"]
    assert answer["understood"]["progress"] == {"done": ["S1", "S2.3"], "stuck": ["S8"]}
    assert answer["timings_ms"] == {"understand": 1.5, "retrieve": 20.0}
    assert answer["citations"][0]["quote"] == CITATION.quote
    assert [answer[name] for name in ("outcome", "language", "engine", "as_of", "generation")] == [
        "answered",
        "zh-Hans",
        "extractive",
        "2026-11-20",
        "20261120-1",
    ]


def test_items_are_told_apart_by_kind(client: TestClient) -> None:
    answer = ask(client)
    for group, item_id in (("steps", "S8.6"), ("roles", "R-01"), ("clauses", "9.3")):
        assert [item["id"] for item in answer[group]] == [item_id]
        assert list(answer[group][0]) == ITEM_FIELDS
    (document,) = answer["documents"]
    assert list(document) == [*ITEM_FIELDS, "requirement", "basis", "owner"]
    assert (document["requirement"], document["owner"]) == ("mandatory", ["R-01", "R-03"])


def test_markdown_is_made_from_the_blocks(client: TestClient) -> None:
    assert ask(client)["answer"] == (
        "内部审核之后，下一步是管理评审（S8.6）。[1]\n\n由最高管理者主持。[1]\n\n"
        "- 先关闭不符合项。[1]\n- \\<b\\>\\[x\\](http\\://evil)\\</b\\> 没有收录。"
    )


def test_everything_asked_reaches_the_backend(client: TestClient, backend: FakeBackend) -> None:
    progress = {"done": ["S1", "S2.3", "C12"], "stuck": ["S10.a"]}
    ask(
        client, message="e\u0301", language="zh-Hant", region="TW", progress=progress, mode="answer"
    )
    (question,) = backend.asked
    assert question.text == "é"
    assert (question.language, question.region) == ("zh-Hant", "TW")
    assert question.progress.done == ("S1", "S2.3", "C12")
    assert question.progress.stuck == ("S10.a",)


def test_language_is_left_to_the_text_by_default(client: TestClient, backend: FakeBackend) -> None:
    ask(client)
    ask(client, language="auto", collections=["certpath"])
    assert [question.language for question in backend.asked] == [None, None]


@pytest.mark.parametrize(
    "message", ["😀", "ما هي الخطوة التالية؟", "<script>1</script>", "# *a* `b`\n"]
)
def test_legal_messages_arrive_as_they_are(
    client: TestClient, backend: FakeBackend, message: str
) -> None:
    ask(client, message=message)
    assert backend.asked[0].text == message


@pytest.mark.parametrize("message", ["é" * 4000, "e\u0301" * 4000, "😀" * 4000])
def test_length_counts_code_points_after_nfc(client: TestClient, message: str) -> None:
    ask(client, message=message)


def test_ids_are_fresh_and_hard_to_guess(client: TestClient) -> None:
    ids = {ask(client)[name] for _ in range(3) for name in ("conversation_id", "message_id")}
    assert len(ids) == 6
    assert min(map(len, ids)) >= 22


def test_backend_is_started_and_closed_with_the_app(
    backend: FakeBackend, client: TestClient
) -> None:
    assert backend.calls == ["start"]
    client.__exit__()
    assert backend.calls == ["start", "close"]
    client.__enter__()


def test_answers_are_not_cached(client: TestClient) -> None:
    response = client.post("/api/chat", content=json.dumps({"message": "x"}), headers=JSON)
    assert response.headers["cache-control"] == "no-store"


JSON = {"content-type": "application/json"}
