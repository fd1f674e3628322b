"""Which dates a question gives, of what, and the deadlines it asks for."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from assistant.answering.dates import Written, find_dates
from assistant.answering.model import Timetable, Wanted
from assistant.knowledge.model import Anchor

_IS = r"(?:\s*(?:日期|日|day|date))?(?:\s*(?:是|为|在|于|:|on|of|was|is|dated|at))*\s*(?:the\s*)?"
_AUDIT = (
    r"(?:监督(?:审核|评审)?|监审|年审|(?:定期)?追查(?:审核)?|surveillance(?: audit| visit)?"
    r"|annual audit|yearly audit)"
)
# What a date is of, told by the words right before it or right after it; else of the issue.
_BEFORE: Mapping[Anchor, re.Pattern[str]] = {
    "expiry": re.compile(
        r"(?:到期|失效|过期|截止|有效期?[至到]|expir(?:es|ed|ing|y)|lapsed|valid (?:un)?till?"
        rf"|r[ua]ns? out){_IS}$"
    ),
    "decision": re.compile(rf"(?:认证决定|决定|(?:certification )?decision|decided){_IS}$"),
    "surveillance": re.compile(
        r"(?:上次|上一次|上一回|最近一次|前一次|第[一二]次|首次|last|previous|latest|first|second)"
        rf"[^,;。?!]{{0,6}}{_AUDIT}"
        rf"(?:\s*(?:做完?|完成|通过|took place|held|done|passed|finished))*{_IS}$"
    ),
}
_AFTER: Mapping[Anchor, re.Pattern[str]] = {
    "expiry": re.compile(r"\s*(?:就|才|将|要|已经?)?(?:到期|失效|过期)"),
    "decision": re.compile(r"\s*(?:作出|做出|下|通过)?(?:的|了)?认证?决定"),
    "surveillance": re.compile(
        r"\s*(?:刚|才)?(?:(?:做|进行|接受|通过)(?:了|完|过)+|完成了?|通过了)(?:的)?"
        rf"(?:上次|第[一二]次|首次)?(?:的)?{_AUDIT}"
    ),
}
_WANTED: Mapping[Wanted, re.Pattern[str]] = {
    "surveillance": re.compile(rf"{_AUDIT}|(?:下|再)(?:一)?次[^,;。?!]{{0,4}}审|\bnext audit\b"),
    "expiry": re.compile(
        r"到期|失效|有效期|有效到|管到|过期|\bexpir|\bvalid\b|\bvalidity\b|\bruns? out\b"
    ),
    "recertification": re.compile(r"再认证|复评|换证|续证|重新认证|\bre-?certif|\brenew"),
    "restoration": re.compile(r"恢复|补救|补做|\brestor|\blapsed\b|\bway back\b"),
}
_WHOLE: tuple[Wanted, ...] = ("surveillance", "expiry", "recertification")
_CERTIFICATE = re.compile(r"证书|发证|拿证|获证|领证|认证决定|证是|\bcertificat|\bcertified\b")
_WHEN = re.compile(
    r"什么时候|何时|啥时候|哪[天日年]|哪一[天日年]|几[号月]|多久|多长|最晚|最迟|不晚于|期限|截止|日期|时间|到期"
    r"|失效|有效期|下(?:一)?次|日历|日程|\bwhen\b|\bdue\b|\bdeadlines?\b|\bdates?\b|\bno later\b"
    r"|\blatest\b|\bhow (?:long|soon|late)\b|\bnext (?:audit|one|visit|surveillance)\b|\bexpir"
    r"|\bvalid\b|\buntil\b|\bcalendar\b|\bschedule\b"
)
_IN_TIME = re.compile(
    r"来得及|能不能|可不可以|可以吗|行吗|推迟|\bin time\b|\btoo late\b|\bpostpone"
)
_FIRST = re.compile(r"首次|第一次|头一次|\bfirst\b")


def read_timetable(forms: Sequence[str], years: Sequence[int]) -> Timetable | None:
    """What the question says, if it gives a date and asks for deadlines that follow from one.

    ``years`` are those that a date without a year may be of.
    """
    for form in forms:
        dates = find_dates(form, years)
        anchors = [_anchor(form, one) for one in dates]
        rest = _without_given(form, dates, anchors)
        wanted = _wanted(rest, anchors)
        if dates and wanted:
            return Timetable(
                given=_given(dates, anchors),
                wanted=wanted,
                first=_FIRST.search(rest) is not None,
                unclear=_unclear(dates, anchors),
            )
    return None


def _wanted(rest: str, anchors: Collection[Anchor]) -> tuple[Wanted, ...]:
    """What is named, if it is asked when; else all, if only certificate or audit are spoken of."""
    named = [what for what, words in _WANTED.items() if words.search(rest)]
    when = _WHEN.search(rest) is not None
    if not (when or (named and _IN_TIME.search(rest))):
        return ()
    if not named and "surveillance" in anchors:
        return ("surveillance",)
    if not named and (anchors == ["expiry"] or _CERTIFICATE.search(rest)):
        named = list(_WHOLE)
    if "expiry" in anchors:  # which is told, not asked
        named = [what for what in named if what != "expiry"] or ["recertification"]
    return tuple(named)


def _anchor(form: str, one: Written) -> Anchor:
    before, after = form[max(0, one.start - 40) : one.start], form[one.end :]
    for anchor, words in _BEFORE.items():
        if words.search(before):
            return anchor
    return next((anchor for anchor, words in _AFTER.items() if words.match(after)), "issue")


def _without_given(form: str, dates: Sequence[Written], anchors: Sequence[Anchor]) -> str:
    """The question without its dates and the words that say of what they are."""
    for one, anchor in sorted(zip(dates, anchors, strict=True), key=lambda pair: -pair[0].start):
        before, after = form[: one.start], form[one.end :]
        if anchor in _BEFORE:
            before = _BEFORE[anchor].sub(" ", before)
            after = (
                _AFTER[anchor].sub(" ", after, count=1) if _AFTER[anchor].match(after) else after
            )
        form = f"{before} {after}"
    return form


def _given(dates: Sequence[Written], anchors: Sequence[Anchor]) -> tuple[tuple[Anchor, date], ...]:
    """The first date of each kind that has one meaning."""
    found: dict[Anchor, date] = {}
    for one, anchor in zip(dates, anchors, strict=True):
        if one.day is not None:
            found.setdefault(anchor, one.day)
    return tuple(found.items())


def _unclear(
    dates: Sequence[Written], anchors: Sequence[Anchor]
) -> tuple[tuple[Anchor, date], ...] | None:
    """The readings of the first date that has not one meaning, where no other date serves."""
    if any(one.day is not None for one in dates):
        return None
    return tuple((anchors[0], day) for day in dates[0].readings)
