"""The question set, and the service behind HTTP."""

from dataclasses import dataclass
from typing import Any

import yaml
from starlette.testclient import TestClient

from assistant.settings import ROOT


@dataclass(frozen=True)
class Asked:
    """A question of the set; ``ids`` and ``lead`` are what a good answer names and leads with."""

    id: str
    language: str
    text: str
    outcome: str
    ids: list[str]
    lead: list[str]


def question_set() -> list[Asked]:
    path = ROOT / "eval" / "questions" / "management.yaml"
    return [Asked(**entry) for entry in yaml.safe_load(path.read_text("utf-8"))]


def ask(client: TestClient, text: str) -> dict[str, Any]:
    response = client.post("/api/chat", json={"message": text})
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def sentences(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return [sentence for block in answer["blocks"] for sentence in block["sentences"]]
