"""Dates are read in all the ways they are written, and never where they are not meant."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.dates import find_dates, without_dates, write_date
from assistant.language import fold
from assistant.types import StoredLanguage

FIRST_OF_MARCH = date(2026, 3, 1)


@pytest.mark.parametrize(
    "text",
    [
        "证书2026-03-01签发",
        "2026/3/1",
        "2026.3.1 签发",
        "2026年3月1日",
        "是2026 年 3 月 1 號發的",
        "２０２６年３月１日",
        "20260301",
        "1 March 2026",
        "on the 1st of March 2026",
        "March 1, 2026",
        "Mar 1st 2026",
    ],
)
def test_date_is_read_in_every_notation(text: str) -> None:
    (found,) = find_dates(fold(text))
    assert found.day == FIRST_OF_MARCH


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("03/01/2026", [date(2026, 3, 1), date(2026, 1, 3)]),
        ("3/1", [date(2026, 3, 1), date(2026, 1, 3)]),
        ("3月1日", [date(2026, 3, 1)]),
        ("1 March", [date(2026, 3, 1)]),
        ("115年3月1日", [date(2026, 3, 1)]),
        ("2026-02-30", []),
    ],
)
def test_date_without_one_meaning_is_left_to_its_writer(text: str, readings: list[date]) -> None:
    (found,) = find_dates(fold(text), years=(2026,))
    assert found.day is None
    assert list(found.readings) == readings


@pytest.mark.parametrize(("text", "day"), [("13/03/2026", 13), ("03/13/2026", 13), ("3/3/2026", 3)])
def test_order_of_day_and_month_is_told_where_only_one_is_possible(text: str, day: int) -> None:
    (found,) = find_dates(text)
    assert found.day == date(2026, 3, day)


@pytest.mark.parametrize(
    "text",
    [
        "ISO/IEC 20000-1:2018 8.2.4",
        "GB/T 24405.1-2009",
        "2026年3月",
        "1999-01-01",
        "market 3, decision 12",
        "CNCA-ITSMS-01:2026",
        "S3.4 和 8.5.1",
        "2026",
    ],
)
def test_other_figures_are_no_dates(text: str) -> None:
    assert find_dates(fold(text)) == ()


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.sampled_from(["zh", "en"]))
def test_what_is_written_is_read_again(day: date, language: StoredLanguage) -> None:
    (found,) = find_dates(fold(write_date(day, language)))
    assert found.day == day


def test_text_without_dates_keeps_the_rest_in_its_place() -> None:
    text = "from 2026-03-01 on, 12 months"
    assert without_dates(text, find_dates(text)) == "from            on, 12 months"
