"""Metrics and log lines: what an operator learns of a request, and what not."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from assistant.errors import Unavailable
from assistant.settings import Settings
from assistant.web.app import create_app
from tests.web.fake import FakeBackend

ASKED = "Zx9 我们公司的问题"


def figures(client: TestClient) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    families = text_string_to_metric_families(client.get("/metrics").text)
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in families
        for sample in family.samples
    }


def figure(client: TestClient, name: str, **labels: str) -> float:
    return figures(client)[name, frozenset(labels.items())]


def test_metrics_count_answers_requests_stages_and_the_generation(client: TestClient) -> None:
    for _ in range(2):
        client.post("/api/chat", json={"message": ASKED})
    client.post("/api/chat", json={"message": ""})
    chat = {"method": "POST", "route": "/api/chat"}
    assert figure(client, "certpath_requests_total", status="200", **chat) == 2
    assert figure(client, "certpath_requests_total", status="422", **chat) == 1
    answered = {"outcome": "answered", "engine": "extractive"}
    assert figure(client, "certpath_answers_total", **answered) == 2
    assert figure(client, "certpath_stage_seconds_count", stage="retrieve") == 2
    assert figure(client, "certpath_stage_seconds_sum", stage="retrieve") == pytest.approx(0.04)
    assert figure(client, "certpath_stage_seconds_count", stage="queue") == 2
    assert figure(client, "certpath_queue_depth") == 0
    assert figure(client, "certpath_ready") == 1
    assert figure(client, "certpath_generation_info", generation="20261120-1") == 1
    assert figure(client, "certpath_index_age_seconds") > 0
    assert figure(client, "certpath_request_seconds_count", route="/api/chat") == 3


def test_no_caller_can_make_a_new_label(client: TestClient) -> None:
    client.get("/")
    client.request("BREW", "/")
    before = figures(client).keys()
    for n in range(20):
        client.get(f"/nowhere/{n}")
        client.get(f"/static/{n}")
        client.get(f"/api/roles/R-{n}")
        client.request(f"BREW{n}", "/")
    names = {labels for _, labels in figures(client).keys() - before}
    routes = {dict(labels)["route"] for labels in names if "route" in dict(labels)}
    assert routes == {"/api/roles/{role_id}", "/metrics", "other"}
    assert len(names) < 60


def test_metrics_say_so_while_nothing_is_served(client: TestClient, backend: FakeBackend) -> None:
    backend.error = Unavailable("x")
    found = figures(client)
    assert found["certpath_ready", frozenset()] == 0
    assert not [
        name for name, _ in found if name.startswith(("certpath_generation", "certpath_index"))
    ]


@pytest.fixture
def asking(backend: FakeBackend) -> Iterator[TestClient]:
    settings = Settings(log_questions=True)
    with TestClient(create_app(backend, settings)) as client:
        yield client


def said(client: TestClient, **headers: str) -> list[Any]:
    with capture_logs() as lines:
        client.post("/api/chat", json={"message": ASKED}, headers=headers)
    return lines


def test_an_answer_and_its_request_are_logged_without_the_text(client: TestClient) -> None:
    answered, request = said(client, **{"x-request-id": "proxy-7"})
    assert answered["event"] == "answered"
    assert (answered["outcome"], answered["intent"], answered["language"]) == (
        "answered",
        "next_step",
        "zh-Hans",
    )
    assert answered["timings_ms"] == {"understand": 1.5, "retrieve": 20.0}
    assert (request["event"], request["request_id"]) == ("request", "proxy-7")
    assert (request["method"], request["route"], request["status"]) == ("POST", "/api/chat", 200)
    assert not re.search("Zx9|公司", repr([answered, request]))


def test_the_text_is_logged_where_the_setting_says_so(asking: TestClient) -> None:
    answered, _ = said(asking)
    assert answered["question"] == ASKED


def test_an_error_is_logged_with_its_status_and_the_id_that_the_caller_got(
    client: TestClient, backend: FakeBackend
) -> None:
    backend.error = ValueError("inside")
    with capture_logs() as lines:
        response = client.post("/api/chat", json={"message": ASKED})
    assert [(line["status"], line["request_id"]) for line in lines if "status" in line] == [
        (500, response.json()["error"]["request_id"])
    ]


def test_probes_are_only_logged_for_debugging(client: TestClient) -> None:
    with capture_logs() as lines:
        client.get("/health/live")
        client.get("/metrics")
    assert {line["log_level"] for line in lines} == {"debug"}
