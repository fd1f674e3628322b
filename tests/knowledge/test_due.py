"""Deadlines are worked out from the periods of the corpus, to the day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.knowledge.due import Due, due_dates, reachable
from assistant.knowledge.model import Anchor, DueEvent, Knowledge, Period
from assistant.types import Region

YEAR = Period("first_surveillance", "C8", "issue", ("CS-084a",), months=12)
HALF = Period("restoration", "C9", "expiry", ("CS-092a",), months=6)
EVE = Period("recertification", "C9", "expiry", ("CS-089a",), days=-1)
CALENDAR = Period(
    "next_surveillance", "C8", "surveillance", ("CS-083a",), months=12, end_of_year=True
)


def last(period: Period, base: date) -> date:
    (due,) = due_dates((period,), {period.since: base}, None)
    return due.last


@pytest.mark.parametrize(
    ("period", "base", "expected"),
    [
        (YEAR, date(2026, 3, 1), date(2027, 3, 1)),
        (YEAR, date(2028, 2, 29), date(2029, 2, 28)),
        (YEAR, date(2027, 2, 28), date(2028, 2, 28)),
        (HALF, date(2026, 8, 31), date(2027, 2, 28)),
        (HALF, date(2027, 8, 31), date(2028, 2, 29)),
        (EVE, date(2029, 3, 1), date(2029, 2, 28)),
        (EVE, date(2028, 3, 1), date(2028, 2, 29)),
        (CALENDAR, date(2027, 2, 10), date(2028, 12, 31)),
        (CALENDAR, date(2027, 12, 31), date(2028, 12, 31)),
    ],
)
def test_last_day_is_the_same_day_of_the_month_or_the_last_of_a_shorter_one(
    period: Period, base: date, expected: date
) -> None:
    assert last(period, base) == expected


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_a_year_is_never_longer_than_366_days_nor_shorter_than_365(base: date) -> None:
    days = last(YEAR, base) - base
    assert timedelta(365) <= days <= timedelta(366)


def told(knowledge: Knowledge, given: dict[Anchor, date], region: Region | None) -> list[Due]:
    return list(due_dates(knowledge.periods, given, region))


def named(dues: list[Due]) -> set[tuple[DueEvent, str]]:
    return {(due.period.event, due.period.applies_to) for due in dues}


@pytest.mark.parametrize(
    ("region", "clocks"),
    [(None, {"CN", "not-CN"}), ("CN", {"CN"}), ("TW", {"not-CN"}), ("other", {"not-CN"})],
)
def test_first_surveillance_runs_on_the_clock_of_the_place(
    knowledge: Knowledge, region: Region | None, clocks: set[str]
) -> None:
    dues = told(knowledge, {"issue": date(2026, 3, 1)}, region)
    first = [due for due in dues if due.period.event == "first_surveillance"]
    assert {due.period.applies_to for due in first} == clocks


def test_clocks_differ_where_decision_and_issue_do(knowledge: Knowledge) -> None:
    given: dict[Anchor, date] = {"decision": date(2026, 2, 20), "issue": date(2026, 3, 1)}
    dues = told(knowledge, given, None)
    found = {d.period.applies_to: d.last for d in dues if d.period.event == "first_surveillance"}
    assert found == {"CN": date(2027, 3, 1), "not-CN": date(2027, 2, 20)}
    assert not any(due.stands_in for due in dues)


def test_date_that_stands_in_for_another_is_said_to(knowledge: Knowledge) -> None:
    dues = told(knowledge, {"issue": date(2026, 3, 1)}, "other")
    assert {due.stands_in for due in dues if due.since == "decision"} == {"issue"}


def test_recertification_is_due_before_an_expiry_that_was_worked_out(knowledge: Knowledge) -> None:
    dues = {due.period.event: due for due in told(knowledge, {"decision": date(2026, 3, 1)}, "HK")}
    assert dues["expiry"].last == date(2029, 3, 1)
    assert dues["recertification"].last == date(2029, 2, 28)
    assert (dues["recertification_start"].opens, dues["recertification_start"].last) == (
        date(2028, 9, 1),
        date(2028, 12, 1),
    )
    assert set(dues["expiry"].because) < set(dues["recertification"].because)


def test_expiry_that_is_given_is_not_worked_out(knowledge: Knowledge) -> None:
    given: dict[Anchor, date] = {"issue": date(2026, 3, 1), "expiry": date(2029, 2, 28)}
    dues = told(knowledge, given, "CN")
    assert "expiry" not in {due.period.event for due in dues}
    assert ("recertification_on_site", "CN") in named(dues)
    assert {d.last for d in dues if d.period.event.endswith("on_site")} == {date(2029, 2, 27)}


def test_nothing_follows_from_no_date(knowledge: Knowledge) -> None:
    assert told(knowledge, {}, None) == []


def test_reachable_is_what_is_worked_out_and_nothing_else(knowledge: Knowledge) -> None:
    base = date(2026, 3, 1)
    found = reachable(knowledge.periods, (base,))
    for due in told(knowledge, {"issue": base}, None):
        assert {due.last, due.opens} - {None} <= found
    assert date(2027, 3, 2) not in found
    assert reachable((YEAR,), (base,)) == {date(2027, 3, 1)}


def test_periods_say_what_their_statements_say(knowledge: Knowledge) -> None:
    """The figures stand in the statements, in both languages."""
    words = {12: ("12", "12"), 36: ("三年", "three years"), 6: ("6", "6"), -3: ("三", "three"),
             -6: ("六", "six")}  # fmt: skip
    assert len(knowledge.periods) == 9
    for period in knowledge.periods:
        reasons = [knowledge.statements[reason].text for reason in period.because]
        figures = [m for m in (period.months, period.opens_months) if m]
        if period.end_of_year:
            figures, words_of_it = [], ("日历年", "calendar year")
            assert all(
                w in t for w, t in zip(words_of_it, (reasons[0].zh, reasons[0].en), strict=True)
            )
        for months in figures:
            assert any(words[months][0] in text.zh for text in reasons), period
            assert any(words[months][1] in text.en for text in reasons), period
        if period.days:
            assert period.days == -1
            assert "之前" in reasons[0].zh
            assert "before" in reasons[0].en
