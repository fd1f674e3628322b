"""Sources, health, the schema, and the page with its files."""

import re
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from assistant.errors import Unavailable
from tests.web.fake import CITATION, PASSAGE, FakeBackend


@pytest.mark.parametrize("encoded", [quote(PASSAGE.id, safe=""), quote(PASSAGE.id, safe="/@")])
def test_citation_opens_where_its_quote_stands(client: TestClient, encoded: str) -> None:
    response = client.get(f"/api/sources/{encoded}")
    assert response.status_code == 200
    opened = response.json()
    assert opened["passage_id"] == CITATION.passage_id
    assert opened["text"][CITATION.start : CITATION.end] == CITATION.quote
    assert opened["sha256"] == CITATION.sha256
    assert opened["spans"] == [
        {"statement_id": "F155", "start": CITATION.start, "end": CITATION.end}
    ]


@pytest.mark.parametrize(
    ("query", "header", "notice"),
    [
        ("", "", "Certpath 的转述"),
        ("", "zh-TW,en;q=0.5", "Certpath 的轉述"),
        ("?language=en", "zh-TW", "Certpath's paraphrase"),
    ],
)
def test_notice_is_in_the_readers_language(
    client: TestClient, query: str, header: str, notice: str
) -> None:
    path = f"/api/sources/{quote(PASSAGE.id, safe='')}{query}"
    assert client.get(path, headers={"accept-language": header}).json()["notice"] == notice


def test_health(client: TestClient, backend: FakeBackend) -> None:
    assert client.get("/health/live").json() == {"live": True}
    ready = client.get("/health/ready")
    assert (ready.status_code, ready.json()["ready"]) == (200, True)
    backend.error = Unavailable("x")
    waiting = client.get("/health/ready")
    assert waiting.status_code == 503
    assert waiting.json() == {
        "ready": False,
        "generation": None,
        "built_at": None,
        "problem": "the index is being opened",
    }
    assert client.get("/health/live").status_code == 200


CONVERSATION = "/api/conversations/{conversation_id}"
GAPS = "/api/admin/gaps"
FEEDBACK = "/api/messages/{message_id}/feedback"


def test_schema_lists_every_status(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    statuses = {
        (path, method): set(operation["responses"])
        for path, operations in paths.items()
        for method, operation in operations.items()
    }
    assert statuses == {
        ("/api/chat", "post"): {
            "200",
            "400",
            "404",
            "405",
            "409",
            "413",
            "422",
            "429",
            "500",
            "503",
        },
        ("/api/sources/{passage_id}", "get"): {"200", "404", "405", "422", "429", "500", "503"},
        ("/api/process", "get"): {"200", "405", "422", "429", "500", "503"},
        ("/api/process/next", "get"): {"200", "405", "422", "429", "500", "503"},
        ("/api/roles/{role_id}", "get"): {"200", "404", "405", "422", "429", "500", "503"},
        ("/api/documents", "get"): {"200", "405", "422", "429", "500", "503"},
        ("/api/dates.ics", "get"): {"200", "405", "422", "429", "500", "503"},
        (CONVERSATION, "get"): {"200", "404", "405", "422", "429", "500", "503"},
        (GAPS, "get"): {"200", "401", "404", "405", "422", "429", "500", "503"},
        (f"{GAPS}.csv", "get"): {"200", "401", "404", "405", "422", "429", "500", "503"},
        (CONVERSATION, "delete"): {"204", "404", "405", "422", "429", "500", "503"},
        (FEEDBACK, "post"): {"204", "400", "404", "405", "413", "422", "429", "500", "503"},
        ("/health/live", "get"): {"200", "405", "500"},
        ("/metrics", "get"): {"200", "405", "500"},
        ("/health/ready", "get"): {"200", "405", "500", "503"},
    }


def test_schema_describes_errors_in_the_one_shape(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()
    for operations in schema["paths"].values():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                if status[0] != "2" and operation["operationId"] != "ready":
                    name = response["content"]["application/json"]["schema"]["$ref"]
                    assert name.endswith("/FaultBody")
    assert "HTTPValidationError" not in schema["components"]["schemas"]
    message = schema["components"]["schemas"]["ChatRequest"]["properties"]["message"]
    assert (message["minLength"], message["maxLength"]) == (1, 4000)


def test_page_has_a_strict_policy_and_nothing_inline(client: TestClient) -> None:
    response = client.get("/")
    assert response.headers["content-type"].startswith("text/html")
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|https?://", response.text)
    for attributes, inside in re.findall(
        r"<script([^>]*)>(.*?)</script>", response.text, re.DOTALL
    ):
        assert 'src="static/' in attributes
        assert inside == ""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html"),
        ("/static/app.js", "javascript"),
        ("/static/style.css", "text/css"),
        ("/static/icon.svg", "image/svg+xml"),
    ],
)
def test_files_have_types_and_are_revalidated(client: TestClient, path: str, kind: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert kind in response.headers["content-type"]
    assert response.headers["cache-control"] == "no-cache"
    again = client.get(path, headers={"if-none-match": response.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.head(path).status_code == 200


def test_scripts_never_parse_markup(client: TestClient) -> None:
    page = client.get("/static/app.js").text
    names = ["app.js", *re.findall(r'from "\./(\w+\.js)"', page)]
    assert len(names) >= 4
    for name in names:
        script = client.get(f"/static/{name}").text
        assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(", script)
