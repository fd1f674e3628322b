"""Errors: one shape, the right status, the caller's language, nothing of the inside or the body."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from assistant.errors import (
    CertpathError,
    CorpusError,
    IndexMissing,
    InvalidInput,
    Problem,
    Unavailable,
)
from assistant.settings import Settings
from assistant.web.app import create_app
from tests.web.fake import FakeBackend

JSON = {"content-type": "application/json"}
MARKER = "Zx9MARKER"


def checked_fault(response: Response, status: int, code: str) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/json"
    assert list(response.json()) == ["error"]
    error: dict[str, Any] = response.json()["error"]
    assert set(error) - {"hint"} == {"code", "message", "request_id"}
    assert error["code"] == code
    assert error["request_id"] == response.headers["x-request-id"]
    assert "content-security-policy" in response.headers
    assert MARKER not in response.text
    return error


def body(**fields: Any) -> bytes:
    return json.dumps({"message": "x", **fields}).encode()


HOSTILE = {
    "bad json": (b'{"message": "' + MARKER.encode(), 400, "malformed"),
    "bad utf-8": (b'{"message": "\xff\xfe"}', 400, "malformed"),
    "utf-16": ('{"message": "x"}'.encode("utf-16"), 400, "malformed"),
    "NaN": (b'{"message": NaN}', 400, "malformed"),
    "infinity beside": (b'{"message": "x", "region": -Infinity}', 400, "malformed"),
    "nested too deep": (b"[" * 60_000, 400, "malformed"),
    "huge number": (b'{"message": ' + b"9" * 5000 + b"}", 400, "malformed"),
    "lone surrogate": (b'{"message": "\\ud800 ' + MARKER.encode() + b'"}', 422, "invalid"),
    "surrogate in a key": (b'{"message": "x", "\\ud800": 1}', 422, "invalid"),
    "encoded surrogate": (b'{"message": "\xed\xa0\x80"}', 400, "malformed"),
    "empty": (b"", 422, "invalid"),
    "null": (b"null", 422, "invalid"),
    "list": (b"[]", 422, "invalid"),
    "text": (b'"x"', 422, "invalid"),
    "no message": (b"{}", 422, "invalid"),
    "number as message": (body(message=1), 422, "invalid"),
    "NUL": (body(message=f"a\0{MARKER}"), 422, "invalid"),
    "C0 control": (body(message="a\x1b[0m"), 422, "invalid"),
    "blank": (body(message=" \t\r\n\u3000\u200b"), 422, "invalid"),
    "no text": (body(message=""), 422, "invalid"),
    "4001 characters": (body(message=MARKER + "x" * 3992), 422, "invalid"),
    "4001 after NFC": (body(message="e\u0301" * 4001), 422, "invalid"),
    "unknown key": (body(**{MARKER: 1}), 422, "invalid"),
    "unknown key in progress": (body(progress={"done": [], MARKER: 1}), 422, "invalid"),
    "progress without done": (body(progress={"stuck": []}), 422, "invalid"),
    "step id": (body(progress={"done": [f"S1{MARKER}"]}), 422, "invalid"),
    "step id with a line end": (body(progress={"done": ["S1\n"]}), 422, "invalid"),
    "language": (body(language=MARKER), 422, "invalid"),
    "region": (body(region="US"), 422, "invalid"),
    "mode": (body(mode="draft_reply"), 422, "invalid"),
    "collections": (body(collections=["certpath", MARKER]), 422, "invalid"),
    "no collection": (body(collections=[]), 422, "invalid"),
    "conversation": (body(conversation_id=f"../{MARKER}"), 422, "invalid"),
    "over 64 KiB": (body(message=MARKER + "x" * 65_536), 413, "too_large"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_body(client: TestClient, backend: FakeBackend, case: str) -> None:
    content, status, code = HOSTILE[case]
    checked_fault(client.post("/api/chat", content=content, headers=JSON), status, code)
    assert backend.asked == []


def test_long_body_is_refused_while_it_streams(client: TestClient) -> None:
    def pieces() -> Iterator[bytes]:
        yield from [b"x" * 1024] * 100

    response = client.post("/api/chat", content=pieces(), headers=JSON)
    checked_fault(response, 413, "too_large")


def test_body_at_the_limit_is_read(client: TestClient) -> None:
    content = body()
    padded = content + b" " * (65_536 - len(content))
    assert client.post("/api/chat", content=padded, headers=JSON).status_code == 200
    checked_fault(client.post("/api/chat", content=padded + b" ", headers=JSON), 413, "too_large")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "x"])
def test_other_content_types_are_invalid(client: TestClient, kind: str) -> None:
    response = client.post("/api/chat", content=body(), headers={"content-type": kind})
    checked_fault(response, 422, "invalid")


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/chat", 405, "method_not_allowed"),
        ("POST", "/static/app.js", 405, "method_not_allowed"),
        ("DELETE", "/", 405, "method_not_allowed"),
        ("GET", f"/{MARKER}", 404, "not_found"),
        ("GET", f"/static/{MARKER}", 404, "not_found"),
        ("GET", "/static/..%2fapp.py", 404, "not_found"),
        ("GET", "/static/" + "x" * 300, 404, "not_found"),
        ("GET", "/docs", 404, "not_found"),
        ("GET", "/redoc", 404, "not_found"),
        ("GET", "/health/live/", 404, "not_found"),
        ("GET", f"/api/sources/{MARKER}", 404, "not_found"),
        ("GET", "/api/sources/", 404, "not_found"),
        ("GET", "/api/sources/%00%ff", 404, "not_found"),
        ("GET", f"/api/sources/x?language={MARKER}", 422, "invalid"),
    ],
)
def test_wrong_address_or_method(
    client: TestClient, method: str, path: str, status: int, code: str
) -> None:
    response = client.request(method, path)
    checked_fault(response, status, code)
    assert ("allow" in response.headers) == (status == 405)


def test_unforeseen_errors_hide_their_details(client: TestClient, backend: FakeBackend) -> None:
    backend.error = ValueError(f"/srv/{MARKER}/key")
    error = checked_fault(client.post("/api/chat", json={"message": "x"}), 500, "internal")
    assert "Traceback" not in json.dumps(error)
    backend.error = CorpusError((Problem(f"/srv/{MARKER}", 1, "S1", "bad"),))
    checked_fault(client.post("/api/chat", json={"message": "x"}), 500, "internal")


def test_unforeseen_errors_reach_the_log_with_their_request_id(backend: FakeBackend) -> None:
    backend.error = ValueError("inside")
    with (
        TestClient(create_app(backend, Settings())) as client,
        pytest.raises(ValueError, match="inside") as seen,
    ):
        client.post("/api/chat", json={"message": "x"}, headers={"x-request-id": "r-1"})
    assert "request r-1" in seen.value.__notes__


@pytest.mark.parametrize(
    ("raised", "code"),
    [(Unavailable(MARKER), "unavailable"), (IndexMissing(f"/srv/{MARKER}"), "index_missing")],
)
def test_not_yet_says_when_to_come_back(
    client: TestClient, backend: FakeBackend, raised: CertpathError, code: str
) -> None:
    backend.error = raised
    for response in (client.post("/api/chat", json={"message": "x"}), client.get("/api/sources/x")):
        checked_fault(response, 503, code)
        assert int(response.headers["retry-after"]) > 0


def test_input_refused_behind_the_web_is_invalid(client: TestClient, backend: FakeBackend) -> None:
    backend.error = InvalidInput(MARKER, hint="S99 is not a step")
    error = checked_fault(client.post("/api/chat", json={"message": "x"}), 422, "invalid")
    assert error["hint"] == "S99 is not a step"


@pytest.mark.parametrize(
    ("fields", "header", "start"),
    [
        ({"language": "en"}, "zh-TW", "The service"),
        ({"language": "zh-Hant"}, "en", "服務"),
        ({}, "en-GB,zh;q=0.5", "The service"),
        ({}, "fr, zh-HK;q=0.9, en;q=0.2", "服務"),
        ({}, "zh-Hans-HK", "服务"),
        ({}, "en;q=0, zh;q=x, zh-CN;q=0.1", "服务"),
        ({}, "fr", "服务"),
        ({"message": "Who appoints the auditor?"}, "", "The service"),
        ({"message": "誰來任命稽核員？"}, "*", "服務"),
    ],
)
def test_errors_speak_the_callers_language(
    client: TestClient, backend: FakeBackend, fields: dict[str, str], header: str, start: str
) -> None:
    backend.error = Unavailable("x")
    sent = {"message": "下一步？", **fields}
    response = client.post("/api/chat", json=sent, headers={"accept-language": header})
    assert response.json()["error"]["message"].startswith(start)


def test_validation_speaks_the_language_of_the_body_and_names_the_field(client: TestClient) -> None:
    sent = {"message": " ", "language": "en", "region": "US", MARKER: 1}
    error = checked_fault(client.post("/api/chat", json=sent), 422, "invalid")
    assert error["hint"] == (
        "message: is blank; region: has a value that is not allowed; "
        "an unknown field: is not part of the contract"
    )


def test_request_id_of_the_caller_is_kept_only_if_harmless(client: TestClient) -> None:
    kept = client.get("/health/live", headers={"x-request-id": "proxy-7.a_B"})
    assert kept.headers["x-request-id"] == "proxy-7.a_B"
    for given in ("<b>", "x" * 65, "a b"):
        fresh = client.get("/health/live", headers={"x-request-id": given})
        assert fresh.headers["x-request-id"] != given
