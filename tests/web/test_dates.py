"""Deadlines as a calendar over HTTP."""

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from starlette.testclient import TestClient

from assistant.errors import Unavailable
from assistant.listings import GivenDates
from tests.web.fake import CITATION, DUE, FakeBackend
from tests.web.test_faults import MARKER, checked_fault


def test_calendar_is_fetched_and_read(client: TestClient) -> None:
    response = client.get("/api/dates.ics?issued=2026-03-01&region=CN")
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    assert response.headers["content-disposition"] == 'attachment; filename="certpath.ics"'
    (event,) = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
    assert event.decoded("dtstart") == DUE.last
    assert CITATION.quote in str(event["description"])
    assert datetime.now(UTC) - event.decoded("dtstamp") < timedelta(minutes=5)


def test_all_dates_and_the_region_are_handed_on(client: TestClient, backend: FakeBackend) -> None:
    query = "issued=2026-03-01&decided=2026-02-20&expires=2029-02-28&surveyed=2027-02-10"
    assert client.get(f"/api/dates.ics?{query}&region=HK&language=en").status_code == 200
    given = GivenDates(date(2026, 3, 1), date(2026, 2, 20), date(2029, 2, 28), date(2027, 2, 10))
    assert backend.listed == [(given, "HK", "en")]


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ("issued=2026-02-30", "issued: has a value"),
        ("issued=2026-3-1", "issued: has a value"),
        ("issued=20260301", "issued: has a value"),
        ("issued=1772323200", "issued: has a value"),
        ("issued=2026-03-01T00:00:00", "issued: has a value"),
        ("issued=", "issued: has a value"),
        (f"expires={MARKER}", "expires: has a value"),
        ("decided=1999-12-31", "decided: has a value"),
        ("surveyed=2101-01-01", "surveyed: has a value"),
        ("issued=２０２６-03-01", "issued: has a value"),
        ("issued=2026-03-01&region=US", "region: has a value"),
        ("issue=2026-03-01", "an unknown field"),
        ("", "no date in en"),
    ],
)
def test_date_that_cannot_be_used_is_named(client: TestClient, query: str, hint: str) -> None:
    response = client.get(f"/api/dates.ics?{query}", headers={"accept-language": "en"})
    assert checked_fault(response, 422, "invalid")["hint"].startswith(hint)


def test_calendar_waits_for_the_index(client: TestClient, backend: FakeBackend) -> None:
    backend.error = Unavailable(MARKER)
    checked_fault(client.get("/api/dates.ics?issued=2026-03-01"), 503, "unavailable")


def test_schema_documents_the_calendar(client: TestClient) -> None:
    operation = client.get("/openapi.json").json()["paths"]["/api/dates.ics"]["get"]
    assert list(operation["responses"]["200"]["content"]) == ["text/calendar"]
    assert {"422", "429", "503"} <= set(operation["responses"])
    parameters = {p["name"]: p for p in operation["parameters"]}
    assert set(parameters) == {"issued", "decided", "expires", "surveyed", "region", "language"}
    assert any(choice.get("format") == "date" for choice in parameters["issued"]["schema"]["anyOf"])
