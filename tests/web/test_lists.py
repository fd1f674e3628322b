"""The process, roles and documents: fields, parameters, errors, languages."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.errors import IndexMissing, Unavailable
from assistant.listings import DocumentFilter
from assistant.types import Progress
from tests.web.fake import CITATION, QUOTE, FakeBackend
from tests.web.test_faults import MARKER, checked_fault

PATHS = ["/api/process", "/api/process/next", "/api/roles/R-01", "/api/documents"]
LINK = {
    "id": "S7",
    "name": "试运行",
    "applies_to": "*",
    "condition": None,
    "because": ["F155"],
    "citations": [1],
}


def fetch(client: TestClient, path: str) -> dict[str, Any]:
    response = client.get(path)
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


@pytest.mark.parametrize("path", PATHS)
def test_every_list_says_how_fresh_it_is_and_cites_as_an_answer_does(
    client: TestClient, path: str
) -> None:
    body = fetch(client, path)
    answer = client.post("/api/chat", json={"message": "x"}).json()
    assert body["citations"] == answer["citations"]
    assert body["citations"][0]["quote"] == CITATION.quote
    assert (body["as_of"], body["generation"]) == ("2026-11-20", "20261120-1")


def test_process_lists_steps_with_parts_and_what_comes_before(client: TestClient) -> None:
    body = fetch(client, "/api/process")
    assert set(body) == {"items", "citations", "as_of", "generation"}
    (step,) = body["items"]
    (part,) = step.pop("parts")
    assert part["id"] == "S8.6"
    assert step == {
        "id": "S8",
        "name": "内部审核与管理评审",
        "detail": QUOTE,
        "optional": False,
        "needs": [LINK],
        "usually_after": [],
        "citations": [1],
    }


def test_next_has_what_is_done_next_waiting_and_stuck(client: TestClient) -> None:
    body = fetch(client, "/api/process/next?done=S7")
    assert set(body) == {
        "done", "implied", "next", "waiting", "stuck", "citations", "as_of", "generation",
    }  # fmt: skip
    assert (body["done"], body["stuck"], body["implied"]) == (["S7"], ["S2.3"], [LINK])
    assert [step["id"] for step in body["next"]] == ["S8"]
    assert body["waiting"] == [
        {"step": "S9", "name": "正式运行", "needs": [LINK], "citations": [1]}
    ]


def test_next_takes_repeated_steps_and_a_region(client: TestClient, backend: FakeBackend) -> None:
    fetch(client, "/api/process/next?done=S1&done=S2.3&stuck=S5&stuck=C1&region=CN&language=en")
    assert backend.listed == [(Progress(("S1", "S2.3"), ("S5", "C1")), "CN", "en")]


def test_next_without_parameters_starts_at_the_beginning(
    client: TestClient, backend: FakeBackend
) -> None:
    fetch(client, "/api/process/next")
    assert backend.listed == [(Progress(), None, "zh-Hans")]


def test_role_has_duties_steps_documents_and_clauses(client: TestClient) -> None:
    body = fetch(client, "/api/roles/R-01")
    said = {"id": "R-01/d4", "text": "最高管理者进行管理评审。", "citations": [1]}
    assert (body["id"], body["name"], body["aliases"]) == ("R-01", "最高管理者", ["总经理"])
    assert body["definition"]["text"] == "最高管理者领导整个组织。"
    assert (body["duties"], body["steps"], body["documents"]) == ([said], [LINK], [])
    assert [clause["id"] for clause in body["clauses"]] == ["9.3"]


def test_documents_have_the_fields_of_an_answers_items_and_more(client: TestClient) -> None:
    body = fetch(client, "/api/documents")
    assert set(body) == {"items", "citations", "as_of", "generation"}
    assert body["items"] == [
        {
            "id": "DM-54",
            "title": "管理评审结果",
            "purpose": "记录结论与改进决定。",
            "requirement": "mandatory",
            "applies_to": "*",
            "basis": "9.3",
            "owner": ["R-01"],
            "steps": ["S8"],
            "clauses": [],
            "citations": [1],
        }
    ]


def test_documents_take_repeated_filters(client: TestClient, backend: FakeBackend) -> None:
    fetch(client, "/api/documents?step=S8&step=S2.3&clause=9.2.1&role=R-09&requirement=implied")
    wanted = DocumentFilter(("S8", "S2.3"), ("9.2.1",), ("R-09",), ("implied",))
    assert backend.listed == [(wanted, "zh-Hans")]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("query", "header", "language"),
    [("", "", "zh-Hans"), ("", "zh-HK", "zh-Hant"), ("?language=en", "zh-TW", "en")],
)
def test_lists_are_asked_for_in_the_readers_language(
    client: TestClient, backend: FakeBackend, path: str, query: str, header: str, language: str
) -> None:
    assert client.get(path + query, headers={"accept-language": header}).status_code == 200
    assert backend.listed[0][-1] == language


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        (f"process/next?done={MARKER}", "done: has a value"),
        ("process/next?done=S1%0A", "done: has a value"),
        ("process/next?done=S1,S2", "done: has a value"),
        ("process/next?stuck=S0", "stuck: has a value"),
        ("process/next?region=US", "region: has a value"),
        (f"process/next?{MARKER}=1", "an unknown field"),
        ("process/next?done=" + "&done=".join(["S1"] * 201), "done: has a value"),
        (f"documents?step={MARKER}", "step: has a value"),
        ("documents?clause=9.", "clause: has a value"),
        ("documents?role=R-1", "role: has a value"),
        ("documents?requirement=explicit", "requirement: has a value"),
        ("documents?requirement=", "requirement: has a value"),
        ("documents?requirment=guide", "an unknown field"),
        (f"process?language={MARKER}", "language: has a value"),
    ],
)
def test_wrong_parameter_is_named(
    client: TestClient, backend: FakeBackend, query: str, hint: str
) -> None:
    response = client.get(f"/api/{query}", headers={"accept-language": "en"})
    assert checked_fault(response, 422, "invalid")["hint"].startswith(hint)
    assert backend.listed == []


def test_unknown_step_is_told_in_the_readers_language(client: TestClient) -> None:
    response = client.get("/api/process/next?done=S99&language=zh-Hant")
    error = checked_fault(response, 422, "invalid")
    assert (error["hint"], response.headers["content-language"]) == ("S99 in zh-Hant", "zh-Hant")


@pytest.mark.parametrize("role", ["R-99", "S1", MARKER, "%00", "R-01/", "x" * 5000])
def test_unknown_role_is_not_found(client: TestClient, role: str) -> None:
    checked_fault(client.get(f"/api/roles/{role}"), 404, "not_found")


@pytest.mark.parametrize("path", PATHS)
def test_lists_wait_for_the_index(client: TestClient, backend: FakeBackend, path: str) -> None:
    backend.error = Unavailable(MARKER)
    checked_fault(client.get(path), 503, "unavailable")
    backend.error = IndexMissing(MARKER)
    assert int(client.get(path).headers["retry-after"]) > 0


@pytest.mark.parametrize("path", PATHS)
def test_lists_are_read_only(client: TestClient, path: str) -> None:
    checked_fault(client.post(path), 405, "method_not_allowed")


def test_schema_names_each_parameter_once_with_its_values(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()
    parameters = {
        path: {p["name"]: p["schema"] for p in schema["paths"][path]["get"]["parameters"]}
        for path in ("/api/process/next", "/api/documents")
    }
    assert set(parameters["/api/process/next"]) == {"done", "stuck", "region", "language"}
    documents = parameters["/api/documents"]
    assert set(documents) == {"step", "clause", "role", "requirement", "language"}
    assert "if_applicable" in documents["requirement"]["items"]["enum"]
    assert len(schema["paths"]["/api/documents"]["get"]["parameters"]) == len(documents)
