"""When something is due at the latest, by the periods of the corpus.

A period ends on the day of the month on which it began, or on the last day of a month that has no
such day (as in article 202 of China's Civil Code); that day itself is still in time.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dateutil.relativedelta import relativedelta

from assistant.knowledge.model import Anchor, Period
from assistant.knowledge.regions import applies
from assistant.types import Region

YEARS = range(2000, 2101)
"""Of dates that are taken: the standard was first published in 2005."""

_STAND_IN: Mapping[Anchor, Anchor] = {"decision": "issue", "issue": "decision"}


@dataclass(frozen=True, slots=True)
class Due:
    """``last`` is the last day in time, ``opens`` the first one where there is a first.

    Counted from ``base``, the date of the anchor ``since``; where that date is not known,
    ``stands_in`` is the anchor whose date was taken for it. ``because`` has the reasons of each
    period on the way.
    """

    period: Period
    last: date
    opens: date | None
    since: Anchor
    base: date
    stands_in: Anchor | None
    because: tuple[str, ...]


def due_dates(
    periods: Sequence[Period], given: Mapping[Anchor, date], region: Region | None
) -> tuple[Due, ...]:
    """All that follows from the dates given, in the order of the corpus.

    Where one surveillance audit is over, the first one is.
    """
    over = {"first_surveillance"} if "surveillance" in given else set()
    here = [p for p in periods if applies(p.applies_to, region) and p.event not in over]
    ends = [due for period in here if period.event == "expiry" for due in _dues(period, given)]
    found: list[Due] = []
    for period in here:
        if period.since == "expiry" and "expiry" not in given:
            found += [_after(end, period) for end in ends]
        elif period.event != "expiry" or "expiry" not in given:
            found += _dues(period, given)
    return tuple(found)


def reachable(periods: Iterable[Period], dates: Iterable[date]) -> frozenset[date]:
    """Every date that the periods make of the dates, also by way of the expiry they lead to."""
    periods, dates = tuple(periods), tuple(dates)
    ends = [_last(base, period) for base in dates for period in periods if period.event == "expiry"]
    counted = [(base, period) for base in dates for period in periods]
    counted += [(end, period) for end in ends for period in periods if period.since == "expiry"]
    made = (day for pair in counted for day in (_last(*pair), _opening(*pair)))
    return frozenset(day for day in made if day is not None)


def _dues(period: Period, given: Mapping[Anchor, date]) -> Iterator[Due]:
    """One, or none where no date is known that it could be counted from."""
    stand_in = _STAND_IN.get(period.since)
    if period.since in given:
        yield _due(period, period.since, given[period.since], None)
    elif stand_in is not None and stand_in in given:
        yield _due(period, period.since, given[stand_in], stand_in)


def _due(period: Period, since: Anchor, base: date, stands_in: Anchor | None) -> Due:
    return Due(
        period=period,
        last=_last(base, period),
        opens=_opening(base, period),
        since=since,
        base=base,
        stands_in=stands_in,
        because=period.because,
    )


def _after(end: Due, period: Period) -> Due:
    """What is counted from the end of a validity that was itself worked out."""
    return replace(
        end,
        period=period,
        last=_last(end.last, period),
        opens=_opening(end.last, period),
        because=(*period.because, *end.because),
    )


def _last(base: date, period: Period) -> date:
    last: date = base + relativedelta(months=period.months) + relativedelta(days=period.days)
    return last.replace(month=12, day=31) if period.end_of_year else last


def _opening(base: date, period: Period) -> date | None:
    if period.opens_months is None:
        return None
    opening: date = base + relativedelta(months=period.opens_months)
    return opening
