"""Dates as people write them: 2026-03-01, 2026年3月1日, 1 March 2026; and as Certpath does."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from assistant.knowledge.due import YEARS
from assistant.types import StoredLanguage

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_SHORT = tuple(month[:3].lower() for month in _MONTHS)
_NAME = r"(?P<name>" + "|".join(
    rf"{month[:3]}(?:{month[3:]})?" if month[3:] else month for month in map(str.lower, _MONTHS)
).replace("sep(", "sept?(") + r")\b\.?"  # fmt: skip
_DAY = r"(?<![a-z\d_])(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_ROC = 1911  # years before the first of the calendar of Taiwan
# Year, month, day; `p` and `q` are month and day in either order, `roc` is a year of Taiwan's.
_FORMS: tuple[re.Pattern[str], ...] = tuple(
    map(
        re.compile,
        (
            r"(?<![a-z\d_.])(?P<y>\d{4})([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})(?!\d)",
            r"(?<!\d)(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})(?:\s*[日号])?",
            r"(?<![a-z\d_.-])(?P<y>20\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?![a-z\d_-])",
            rf"{_DAY}(?: of)? {_NAME},? (?P<y>\d{{4}})(?!\d)",
            rf"(?<![a-z\d_]){_NAME} {_DAY},? (?P<y>\d{{4}})(?!\d)",
            r"(?<![a-z\d_./-])(?P<p>\d{1,2})([-/.])(?P<q>\d{1,2})\2(?P<y>\d{4})(?!\d)",
            r"(?<!\d)(?P<roc>1[01]\d)\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})(?:\s*[日号])?",
            r"(?<![\d年])(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*[日号]",
            rf"{_DAY}(?: of)? {_NAME}(?! ?\d)",
            rf"(?<![a-z\d_]){_NAME} {_DAY}(?![a-z\d_,]| \d)",
            r"(?<![a-z\d_./-])(?P<p>\d{1,2})/(?P<q>\d{1,2})(?![a-z\d_/])",
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Written:
    """A date at ``folded[start:end]``, with the days it can mean: none where there is no such day,
    one of several where only the writer knows. ``whole`` says that it has a year of our calendar.
    """

    start: int
    end: int
    readings: tuple[date, ...]
    whole: bool

    @property
    def day(self) -> date | None:
        """The one day that it means."""
        return self.readings[0] if self.whole and len(self.readings) == 1 else None


def find_dates(folded: str, years: Sequence[int] = ()) -> tuple[Written, ...]:
    """Dates in a text as :func:`assistant.language.fold` gives it, in its order.

    ``years`` are those that one without a year may be of. Years that no certificate is of are no
    dates here.
    """
    found: list[Written] = []
    for form in _FORMS:
        for match in form.finditer(folded):
            parts = match.groupdict()
            taken = any(match.start() < one.end and one.start < match.end() for one in found)
            if not taken and (not parts.get("y") or int(parts["y"]) in YEARS):
                days = tuple(dict.fromkeys(_readings(parts, years)))
                found.append(Written(match.start(), match.end(), days, bool(parts.get("y"))))
    return tuple(sorted(found, key=lambda one: one.start))


def without_dates(folded: str, dates: Iterable[Written]) -> str:
    """The text with blanks in the place of dates."""
    for one in dates:
        folded = folded[: one.start] + " " * (one.end - one.start) + folded[one.end :]
    return folded


def write_date(day: date, language: StoredLanguage) -> str:
    if language == "zh":
        return f"{day.year} 年 {day.month} 月 {day.day} 日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _readings(parts: dict[str, str | None], years: Sequence[int]) -> Iterator[date]:
    p, q, name = parts.get("p"), parts.get("q"), parts.get("name")
    if p and q:
        orders = [(int(p), int(q)), (int(q), int(p))]
    else:
        month = _SHORT.index(name[:3]) + 1 if name else int(parts.get("m") or 0)
        orders = [(month, int(parts["d"] or 0))]
    said = parts.get("y")
    roc = parts.get("roc")
    possible = [int(said)] if said else [int(roc) + _ROC] if roc else years
    for year, (month, day) in product(possible, orders):
        try:
            yield date(year, month, day)
        except ValueError:  # there is no such day
            continue
