"""What is exported is read again by a calendar program."""

from dataclasses import replace
from datetime import UTC, date, datetime

import icalendar
import pytest

from assistant.answering.due_list import list_dates
from assistant.answering.snapshot import Snapshot
from assistant.exporting.ics import calendar
from assistant.listings import GivenDates
from assistant.types import Language, Region

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
ISSUED = GivenDates(issued=date(2026, 3, 1))


def events(
    snapshot: Snapshot,
    given: GivenDates = ISSUED,
    region: Region | None = None,
    language: Language = "en",
    now: datetime = NOW,
) -> list[icalendar.Event]:
    listed = list_dates(given, region, language, snapshot)
    parsed = icalendar.Calendar.from_ical(calendar(listed, now))
    return [part for part in parsed.walk("VEVENT") if isinstance(part, icalendar.Event)]


def uids(found: list[icalendar.Event]) -> list[str]:
    return [str(event["uid"]) for event in found]


def test_each_deadline_is_an_all_day_event_on_its_last_day(snapshot: Snapshot) -> None:
    found = {str(event["uid"]): event for event in events(snapshot)}
    first = found["first_surveillance-CN-issue-2026-03-01@certpath"]
    assert (first.decoded("dtstart"), first.decoded("dtend")) == (
        date(2027, 3, 1),
        date(2027, 3, 2),
    )
    assert first.decoded("dtstamp") == NOW
    assert str(first["summary"]) == "Last day for the first surveillance audit (China)"


def test_days_in_time_are_one_event_where_there_is_a_first(snapshot: Snapshot) -> None:
    (start,) = [e for e in events(snapshot) if str(e["uid"]).startswith("recertification_start")]
    assert (start.decoded("dtstart"), start.decoded("dtend")) == (
        date(2028, 9, 1),
        date(2028, 12, 2),
    )


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_event_quotes_what_it_rests_on_with_source_and_caution(
    language: Language, snapshot: Snapshot
) -> None:
    listed = list_dates(ISSUED, "CN", language, snapshot)
    citations = {citation.n: citation for citation in listed.citations}
    described = {
        str(e["uid"]): str(e["description"])
        for e in events(snapshot, region="CN", language=language)
    }
    assert len(described) == len(listed.items) >= 5
    for item in listed.items:
        text = described[f"{item.id}@certpath"]
        assert text.startswith(item.text)
        for n in item.citations:
            assert citations[n].quote in text
            assert citations[n].source in text
            assert (citations[n].caution or "") in text


def test_same_deadline_keeps_its_uid_in_any_language_and_at_any_time(snapshot: Snapshot) -> None:
    later = datetime(2027, 1, 1, tzinfo=UTC)
    first, second = events(snapshot), events(snapshot, language="zh-Hant", now=later)
    assert uids(first) == uids(second)
    assert len(set(uids(first))) == len(first)
    other = events(snapshot, GivenDates(issued=date(2026, 3, 2)))
    assert not set(uids(first)) & set(uids(other))


@pytest.mark.parametrize(
    ("region", "clocks"), [(None, {"CN", "not-CN"}), ("CN", {"CN"}), ("TW", {"not-CN"})]
)
def test_only_the_clock_of_the_region_is_exported(
    region: Region | None, clocks: set[str], snapshot: Snapshot
) -> None:
    found = uids(events(snapshot, region=region))
    first = [uid for uid in found if uid.startswith("first_surveillance")]
    assert {uid.removeprefix("first_surveillance-").split("-issue")[0].split("-decision")[0]
            for uid in first} == clocks  # fmt: skip


def test_texts_with_commas_and_line_breaks_come_back_as_they_were(snapshot: Snapshot) -> None:
    listed = list_dates(ISSUED, "CN", "zh-Hans", snapshot)
    odd = replace(listed.items[0], text="a, b; c\\d\n" + "长" * 200, title="x;y,z")
    parsed = icalendar.Calendar.from_ical(calendar(replace(listed, items=(odd,)), NOW))
    (event,) = parsed.walk("VEVENT")
    assert str(event["summary"]) == "x;y,z"
    assert str(event["description"]).startswith(odd.text)
