"""The list of deadlines, as it is exported."""

from datetime import date

import pytest

from assistant.answering.due_list import list_dates
from assistant.answering.snapshot import Snapshot
from assistant.errors import InvalidInput
from assistant.listings import GivenDates
from assistant.types import Language


def test_deadlines_are_listed_by_day_each_with_what_says_so(snapshot: Snapshot) -> None:
    listed = list_dates(GivenDates(issued=date(2026, 3, 1)), None, "en", snapshot)
    days = [item.last for item in listed.items]
    assert days == sorted(days)
    assert all(item.citations for item in listed.items)
    cited = {c.about[0] for c in listed.citations}
    assert {"CS-084a", "CS-083b", "CS-056", "CS-089a", "CS-093a", "CS-094"} <= cited
    assert not any("restored" in item.title for item in listed.items)


def test_each_text_stands_alone(snapshot: Snapshot) -> None:
    listed = list_dates(GivenDates(issued=date(2026, 3, 1)), None, "en", snapshot)
    assert all("1 March 2026" in item.text for item in listed.items)
    assumed = [item for item in listed.items if "as well" in item.text]
    assert assumed
    assert all("due that much earlier" in item.text for item in assumed)


def test_expiry_that_is_given_brings_what_follows_it(snapshot: Snapshot) -> None:
    listed = list_dates(GivenDates(expires=date(2029, 3, 1)), "other", "zh-Hant", snapshot)
    assert [(item.last, item.title) for item in listed.items] == [
        (date(2028, 12, 1), "啟動再認證"),
        (date(2029, 2, 28), "完成再認證的最後期限"),
        (date(2029, 9, 1), "恢復認證的最後期限（中國以外）"),
    ]


@pytest.mark.parametrize(("language", "word"), [("zh-Hans", "至少"), ("en", "at least one")])
def test_no_date_is_refused_in_the_readers_language(
    language: Language, word: str, snapshot: Snapshot
) -> None:
    with pytest.raises(InvalidInput) as caught:
        list_dates(GivenDates(), "CN", language, snapshot)
    assert word in (caught.value.hint or "")
