"""What Certpath says about deadlines, in both stored languages.

``d`` is the date something is counted from, ``a`` to ``b`` the days in time, ``b`` the last.
"""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from assistant.answering.dates import write_date
from assistant.answering.phrases import fill
from assistant.knowledge.due import Due
from assistant.knowledge.model import Anchor, AppliesTo, DueEvent, Text
from assistant.types import StoredLanguage

DuePhrase = Literal[
    "in_china",
    "elsewhere",
    "if_issue",
    "if_issue_too",
    "if_decision",
    "if_decision_too",
    "if_surveillance",
    "if_expiry",
    "due_first_surveillance",
    "due_next_surveillance",
    "due_expiry",
    "due_recertification_start",
    "due_recertification",
    "due_recertification_on_site",
    "due_restoration",
    "decision_counts",
    "ask_due",
    "title_first_surveillance",
    "title_next_surveillance",
    "title_expiry",
    "title_recertification_start",
    "title_recertification",
    "title_recertification_on_site",
    "title_restoration",
    "title_in_china",
    "title_elsewhere",
    "no_date",
]

_PHRASES: Mapping[DuePhrase, Text] = {
    "in_china": Text("在中国，", "in China, "),
    "elsewhere": Text("中国以外按国际规则，", "outside China, under the international rule, "),
    "if_issue": Text("{d}签发的证书，", "for a certificate issued on {d}, "),
    "if_issue_too": Text(
        "证书也在 {d}签发的话，", "if the certificate was issued on {d} as well, "
    ),
    "if_decision": Text("认证决定在 {d}作出的，", "for a certification decision of {d}, "),
    "if_decision_too": Text(
        "认证决定也在 {d}作出的话，", "if the certification decision was taken on {d} as well, "
    ),
    "if_surveillance": Text("上一次监督审核在 {d}的，", "after a surveillance audit on {d}, "),
    "if_expiry": Text("{d}到期的证书，", "for a certificate that expires on {d}, "),
    "due_first_surveillance": Text(
        "首次监督审核最晚在 {b}进行。", "the first surveillance audit is due by {b} at the latest."
    ),
    "due_next_surveillance": Text(
        "下一次监督审核最晚在 {b}进行。", "the next surveillance audit is due by {b} at the latest."
    ),
    "due_expiry": Text(
        "证书最晚到 {b}为止有效，以证书上写明的日期为准。",
        "the certificate is valid until {b} at the latest; "
        "the date printed on it is the one that counts.",
    ),
    "due_recertification_start": Text(
        "再认证建议在 {a}到 {b}之间启动。", "recertification is best started between {a} and {b}."
    ),
    "due_recertification": Text(
        "再认证最晚在 {b}完成。", "recertification has to be finished by {b} at the latest."
    ),
    "due_recertification_on_site": Text(
        "再认证的现场审核最晚在 {b}进行。",
        "the on-site audit for recertification is due by {b} at the latest.",
    ),
    "due_restoration": Text(
        "未尽的工作最晚在 {b}补完，认证机构才可以恢复认证。",
        "the certification body may restore certification if the outstanding work is done by {b}.",
    ),
    "decision_counts": Text(
        "认证决定早于证书签发的，从认证决定起算的期限要相应提前。",
        "Where the certification decision was taken before the issue of the certificate, "
        "what is counted from the decision is due that much earlier.",
    ),
    "ask_due": Text(
        "{a}监督审核和再认证最晚什么时候做？", "{A}when are surveillance and recertification due?"
    ),
    "title_first_surveillance": Text(
        "首次监督审核的最后期限", "Last day for the first surveillance audit"
    ),
    "title_next_surveillance": Text(
        "下一次监督审核的最后期限", "Last day for the next surveillance audit"
    ),
    "title_expiry": Text(
        "证书最晚到这一天为止有效", "Latest day on which the certificate is valid"
    ),
    "title_recertification_start": Text("启动再认证", "Start recertification"),
    "title_recertification": Text("完成再认证的最后期限", "Last day to finish recertification"),
    "title_recertification_on_site": Text(
        "再认证现场审核的最后期限", "Last day for the on-site recertification audit"
    ),
    "title_restoration": Text("恢复认证的最后期限", "Last day to have certification restored"),
    "title_in_china": Text("{a}（中国）", "{a} (China)"),
    "title_elsewhere": Text("{a}（中国以外）", "{a} (outside China)"),
    "no_date": Text(
        "请至少给出 issued、decided、expires、surveyed 之一。",
        "Give at least one of issued, decided, expires and surveyed.",
    ),
}
_DUE: Mapping[DueEvent, DuePhrase] = {
    "first_surveillance": "due_first_surveillance",
    "next_surveillance": "due_next_surveillance",
    "expiry": "due_expiry",
    "recertification": "due_recertification",
    "recertification_on_site": "due_recertification_on_site",
    "recertification_start": "due_recertification_start",
    "restoration": "due_restoration",
}
_TITLES: Mapping[DueEvent, DuePhrase] = {
    "first_surveillance": "title_first_surveillance",
    "next_surveillance": "title_next_surveillance",
    "expiry": "title_expiry",
    "recertification": "title_recertification",
    "recertification_on_site": "title_recertification_on_site",
    "recertification_start": "title_recertification_start",
    "restoration": "title_restoration",
}
_SINCE: Mapping[Anchor, DuePhrase] = {
    "issue": "if_issue",
    "decision": "if_decision",
    "surveillance": "if_surveillance",
    "expiry": "if_expiry",
}
_SINCE_TOO: Mapping[Anchor, DuePhrase] = {"issue": "if_issue_too", "decision": "if_decision_too"}
_PLACES: Mapping[AppliesTo, DuePhrase] = {"CN": "in_china", "not-CN": "elsewhere"}
_TITLE_PLACES: Mapping[AppliesTo, DuePhrase] = {
    "CN": "title_in_china",
    "not-CN": "title_elsewhere",
}


def tell(phrase: DuePhrase, language: StoredLanguage, **values: str) -> str:
    """A phrase filled in, as :func:`assistant.answering.phrases.fill` does."""
    return fill(_PHRASES[phrase], language, **values)


def since_phrase(anchor: Anchor, day: date, language: StoredLanguage, *, too: bool = False) -> str:
    """What something is counted from; ``too`` where the day is that of another anchor."""
    phrases = _SINCE_TOO if too else _SINCE
    return tell(phrases[anchor], language, d=write_date(day, language))


def base_of(due: Due, language: StoredLanguage) -> str:
    return since_phrase(due.since, due.base, language, too=due.stands_in is not None)


def sentence_of(due: Due, language: StoredLanguage, base: str) -> str:
    """Where a rule holds, ``base`` as :func:`base_of` tells it or nothing, and the last day."""
    place = _PLACES.get(due.period.applies_to)
    opens = write_date(due.opens, language) if due.opens else ""
    told = tell(_DUE[due.period.event], language, a=opens, b=write_date(due.last, language))
    text = f"{tell(place, language) if place else ''}{base}{told}"
    return text[0].upper() + text[1:]


def title_of(due: Due, language: StoredLanguage) -> str:
    """A few words for a calendar."""
    title = tell(_TITLES[due.period.event], language)
    place = _TITLE_PLACES.get(due.period.applies_to)
    return tell(place, language, a=title) if place else title
