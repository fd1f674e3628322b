"""GET /api/admin/gaps: who may read it, what it says, and that a spreadsheet runs none of it."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError
from starlette.testclient import TestClient

from assistant.memory.store import Store
from assistant.settings import Settings
from assistant.types import Question
from assistant.web.app import create_app
from tests.web.fake import ANSWER, CITATION, KEPT, FakeBackend

TOKEN = "0123456789abcdef-geheim"  # noqa: S105
WITH = {"Authorization": f"Bearer {TOKEN}"}
ADDRESSES = ["/api/admin/gaps", "/api/admin/gaps.csv"]


@pytest.fixture
def operator(backend: FakeBackend) -> Iterator[TestClient]:
    """A client of an app with a token; it sends none of itself."""
    app = create_app(backend, Settings(admin_token=SecretStr(TOKEN)))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def missed(memory: Store, text: str, comment: str | None = None) -> None:
    turn = memory.begin(Question(text))
    outcome: Any = "answered" if comment else "not_covered"
    memory.finish(turn, replace(ANSWER, outcome=outcome), (KEPT,))
    if comment:
        memory.rate(turn.message_id, "down", comment)


def table(response: Any) -> list[dict[str, str]]:
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("address", ADDRESSES)
def test_without_a_token_set_there_is_no_such_address(client: TestClient, address: str) -> None:
    for headers in ({}, WITH, {"Authorization": "Bearer "}, {"Authorization": "Bearer None"}):
        response = client.get(address, headers=headers)
        assert response.status_code == 404
        assert response.json()["error"]["code"] == "not_found"


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    "sent",
    ["", "Bearer", "Bearer ", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", f"Basic {TOKEN}", TOKEN,
     "Bearer é"],
)  # fmt: skip
def test_wrong_token_is_a_401_that_says_nothing(
    operator: TestClient, memory: Store, address: str, sent: str
) -> None:
    missed(memory, "多少钱？")
    response = operator.get(address, headers={b"Authorization": sent.encode("latin-1")})
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert response.json()["error"]["code"] == "unauthorized"
    assert "多少钱" not in response.text


def test_gaps_are_told_with_what_is_nearest(operator: TestClient, memory: Store) -> None:
    for text in ("多少钱？", "多少錢", "谁签字？"):
        missed(memory, text)
    missed(memory, "内审？", "没说清楚")
    response = operator.get("/api/admin/gaps?language=en", headers=WITH)
    assert response.status_code == 200, response.text
    found = response.json()
    assert list(found) == ["items", "total", "citations", "as_of", "generation"]
    first = found["items"][0]
    assert (first["question"], first["count"], first["not_covered"]) == ("多少錢", 2, 2)
    assert first["nearest"][0]["text"].endswith("en")
    assert first["nearest"][0]["citations"] == [found["citations"][0]["n"]]
    assert found["citations"][0]["passage_id"] == CITATION.passage_id
    marked = next(item for item in found["items"] if item["down"])
    assert (marked["question"], marked["comments"]) == ("内审？", ["没说清楚"])
    assert found["total"] == 3
    page = operator.get("/api/admin/gaps?limit=1&offset=2", headers=WITH).json()
    assert (len(page["items"]), page["total"]) == (1, 3)


def test_sheet_is_sent_to_who_asks_for_it(operator: TestClient, memory: Store) -> None:
    missed(memory, "多少钱？\n“引号”, 逗号")
    for response in (
        operator.get("/api/admin/gaps", headers={**WITH, "Accept": "text/csv"}),
        operator.get("/api/admin/gaps.csv", headers=WITH),
    ):
        assert response.content.startswith(b"\xef\xbb\xbf")
        (row,) = table(response)
        assert row["question"] == "多少钱？\n“引号”, 逗号"
        assert (row["count"], row["last_outcome"]) == ("1", "not_covered")
        assert row["nearest"].startswith("F155 ")
    assert (
        operator.get("/api/admin/gaps", headers=WITH).headers["content-type"] == "application/json"
    )


@pytest.mark.parametrize(
    "formula",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        " =1",
        "\u3000=1",
        "\n=1",
        "＝1",
        "=cmd|' /C calc'!A0",
    ],
)
def test_sheet_runs_no_formula(operator: TestClient, memory: Store, formula: str) -> None:
    missed(memory, formula)
    missed(memory, "内审？", formula)
    rows = table(operator.get("/api/admin/gaps.csv", headers=WITH))
    cells = {row["question"] for row in rows} | {row["comments"] for row in rows}
    assert f"'{formula}" in cells
    assert formula not in cells


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "offset=-1", "limit=x", "more=1"])
def test_page_outside_the_contract_is_refused(operator: TestClient, query: str) -> None:
    assert operator.get(f"/api/admin/gaps?{query}", headers=WITH).status_code == 422


def test_short_token_is_refused_at_start() -> None:
    with pytest.raises(ValidationError, match="16"):
        Settings(admin_token=SecretStr("short"))
    assert TOKEN not in repr(Settings(admin_token=SecretStr(TOKEN)))
