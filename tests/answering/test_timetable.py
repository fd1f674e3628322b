"""Deadlines in answers: worked out, cited, told for the place, and held against the question."""

from datetime import date

import pytest

from assistant.answering.checking import judge
from assistant.answering.dates import find_dates
from assistant.answering.snapshot import Snapshot
from assistant.answering.understand import understand
from assistant.language import fold
from assistant.types import Answer, Question, Region
from tests.answering.test_answers import ask, texts

ISSUED = "证书 2026-03-01 签发，第一次监督审核最晚什么时候？"


def lead_days(answered: Answer) -> list[set[date | None]]:
    return [
        {found.day for found in find_dates(fold(sentence.text))}
        for sentence in answered.blocks[0].sentences
    ]


@pytest.mark.parametrize(
    ("region", "cited"),
    [(None, ["CS-084a", "CS-083b"]), ("CN", ["CS-084a"]), ("HK", ["CS-083b"])],
)
def test_first_surveillance_is_told_for_each_clock_that_may_hold(
    region: Region | None, cited: list[str], snapshot: Snapshot
) -> None:
    answered = ask(snapshot, ISSUED, region=region)
    lead = answered.blocks[0].sentences
    assert [answered.citations[s.citations[0] - 1].about[0] for s in lead] == cited
    assert {sentence.kind for sentence in lead} == {"derivation"}
    assert all(date(2027, 3, 1) in days for days in lead_days(answered))
    assert ["中国，" in s.text for s in lead] == [identifier == "CS-084a" for identifier in cited]


@pytest.mark.parametrize(("region", "warned"), [("CN", False), ("HK", True), (None, True)])
def test_issue_taken_for_the_decision_is_said(
    region: Region | None, warned: bool, snapshot: Snapshot
) -> None:
    said = texts(ask(snapshot, ISSUED, region=region))
    assert any("认证决定早于" in text for text in said) is warned
    both = "认证决定 2026-02-20，证书 2026-03-01 签发，第一次监督审核最晚什么时候？"
    assert not any("认证决定早于" in text for text in texts(ask(snapshot, both, region=region)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("證書 2026 年 3 月 1 日簽發，首次監督審核最晚何時？", "2027 年 3 月 1 日"),
        ("Our certificate was issued on 29 February 2028. When is surveillance due?", "28 February 2029"),
        ("When does a certificate issued on March 1, 2026 expire?", "1 March 2029"),
        ("证书 2029/3/1 到期，再认证最晚什么时候做完？", "2029 年 2 月 28 日"),
        ("The certificate expires on 1 March 2029. When do we start recertification?", "1 September 2028"),
        ("上次监督审核是 2027-02-10，下一次最晚什么时候？", "2028 年 2 月 10 日"),
        ("Our last surveillance audit was on 10 February 2027. When is the next one due?", "31 December 2028"),
        ("证书 2026-03-01 已经过期，最晚什么时候能恢复？", "2026 年 9 月 1 日"),
    ],
)  # fmt: skip
def test_deadline_is_told_in_the_language_of_the_question(
    text: str, expected: str, snapshot: Snapshot
) -> None:
    answered = ask(snapshot, text)
    assert answered.outcome == "answered"
    assert any(expected in said for said in texts(answered)), texts(answered)
    assert all(sentence.citations for block in answered.blocks for sentence in block.sentences)
    assert not answered.warnings or not any(
        "略去" in w or "left out" in w for w in answered.warnings
    )


def test_all_deadlines_of_a_certificate_are_told_where_none_is_named(snapshot: Snapshot) -> None:
    answered = ask(
        snapshot, "Certificate issued on 2026-03-01: what are the deadlines?", region="CN"
    )
    said = " ".join(texts(answered))
    for day in ("1 March 2027", "1 March 2029", "28 February 2029", "1 December 2028"):
        assert day in said
    assert {item.id for item in answered.items} == {"C8", "C9"}
    assert any("rests on the sister rules" in warning for warning in answered.warnings)


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("证书 3/1 发的，什么时候年审", 3),
        ("证书 3月1日 发的，什么时候年审", 2),
        ("證書 115年3月1日 發的，何時監督審核", 1),
        ("Certificate of 03/01/2026, when does it expire?", 2),
        ("证书 2026-02-30 发的，什么时候到期", 0),
    ],
)
def test_unclear_date_is_asked_back_with_its_readings(
    text: str, offers: int, snapshot: Snapshot
) -> None:
    answered = ask(snapshot, text)
    assert answered.outcome == "clarify"
    assert len(answered.suggestions) == offers
    assert not answered.citations
    for suggestion in answered.suggestions:
        assert ask(snapshot, suggestion).outcome == "answered", suggestion


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01 我们做了内审，下一步是什么",
        "证书 2026-03-01 发的，监督审核谁来做",
        "证书 2026-03-01 发的，认证标志能不能印在包装上",
        "监督审核最晚什么时候做",
        "ISO/IEC 20000-1:2018 的证书什么时候到期",
        "证书 2026-03-01 发的，内审最晚什么时候做",
    ],
)
def test_date_of_something_else_and_question_without_one_make_no_timetable(
    text: str, snapshot: Snapshot
) -> None:
    assert understand(Question(text), snapshot).timetable is None


SAID = "在中国，2026 年 3 月 1 日签发的证书，首次监督审核最晚在 2027 年 3 月 1 日进行。"


@pytest.mark.parametrize(
    ("text", "cited", "question", "sound"),
    [
        (SAID, "CS-084a", ISSUED, True),
        (SAID.replace("2027", "2028"), "CS-084a", ISSUED, False),
        (SAID.replace("2027 年 3 月 1 日", "2027 年 3 月 2 日"), "CS-084a", ISSUED, False),
        (SAID.replace("2027 年 3 月 1 日", "2026 年 3 月 1 日"), "CS-084a", ISSUED, False),
        (SAID.replace("2026 年 3 月 1 日", "2026 年 3 月 2 日"), "CS-084a", ISSUED, False),
        (SAID, "CS-089a", ISSUED, False),
        (SAID, "CS-083a", ISSUED, False),
        (SAID, "CS-084a", "第一次监督审核最晚什么时候？", False),
        (SAID, "CS-084a", ISSUED.replace("03-01", "04-01"), False),
        (SAID.replace("。", "，间隔 15 个月。"), "CS-084a", ISSUED, False),
    ],
)
def test_gate_works_every_date_out_again(
    text: str, cited: str, question: str, sound: bool, snapshot: Snapshot
) -> None:
    quotes = (snapshot.quote(cited, "zh"),)
    assert judge(text, "derivation", quotes, snapshot, question).sound is sound


def test_date_that_was_worked_out_is_no_claim(snapshot: Snapshot) -> None:
    assert not judge(SAID, "claim", (snapshot.quote("CS-084a", "zh"),), snapshot, ISSUED).sound
