"""The lists keep the citation promise, checked from outside like the answers."""

import hashlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import opencc
import pytest
from starlette.testclient import TestClient

pytestmark = pytest.mark.slow
PATHS = [
    "process",
    "process/next?done=S1&done=S2&stuck=S5&region=CN",
    "process/next?done=S9",
    "roles/R-03",
    "roles/R-09",
    "documents",
    "documents?step=S8&requirement=mandatory",
]


@pytest.fixture(scope="module", params=["zh-Hans", "zh-Hant", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module", params=PATHS)
def body(request: pytest.FixtureRequest, language: str, client: TestClient) -> dict[str, Any]:
    separator = "&" if "?" in request.param else "?"
    response = client.get(f"/api/{request.param}{separator}language={language}")
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def things(part: object) -> Iterator[dict[str, Any]]:
    """Everything in a list that has citations of its own."""
    if isinstance(part, list):
        for one in part:
            yield from things(one)
    elif isinstance(part, dict):
        if part.get("citations") and isinstance(part["citations"][0], int):
            yield part
        for key, value in part.items():
            if key != "citations":
                yield from things(value)


def test_every_quote_stands_in_the_source_as_served(
    body: dict[str, Any], client: TestClient
) -> None:
    texts: dict[str, str] = {}
    assert body["citations"]
    for position, citation in enumerate(body["citations"], start=1):
        passage = citation["passage_id"]
        if passage not in texts:
            texts[passage] = client.get(f"/api/sources/{quote(passage, safe='')}").json()["text"]
        text = texts[passage]
        assert citation["n"] == position
        assert text[citation["start"] : citation["end"]] == citation["quote"]
        assert hashlib.sha256(text.encode()).hexdigest() == citation["sha256"]
        assert citation["confidence"] != "low"


def test_everything_named_has_a_citation_about_it(body: dict[str, Any]) -> None:
    found = list(things(body))
    assert found
    for thing in found:
        cited = [body["citations"][n - 1] for n in thing["citations"]]
        about = {entity for citation in cited for entity in citation["about"]}
        named = {thing.get("id") or thing["step"], *thing.get("because", [])}
        beside = [i for key in ("owner", "steps", "clauses") for i in thing.get(key, [])]
        assert named.union(beside) <= about


def test_every_citation_is_used(body: dict[str, Any]) -> None:
    used = {n for thing in things(body) for n in thing["citations"]}
    assert used == set(range(1, len(body["citations"]) + 1))


def test_texts_are_in_the_readers_script(body: dict[str, Any], language: str) -> None:
    shown = "".join(
        str(thing.get(key) or "")
        for thing in things(body)
        for key in ("name", "title", "detail", "text", "purpose", "basis")
    )
    if language == "en":
        assert not any("\u4e00" <= character <= "\u9fff" for character in shown)
    if language == "zh-Hant":
        characters = set(shown) - set("了准")  # both scripts write 了 and 批准
        assert {c for c in characters if opencc.OpenCC("s2tw").convert(c) != c} == set()
