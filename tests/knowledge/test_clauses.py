"""Clause numbers are read however they are written, and nothing else is taken for one."""

import pytest

from assistant.knowledge.clauses import bare, in_digits, marked, order
from assistant.language import fold

KNOWN = frozenset(("4.1", "4.4", "8.1", "8.2", "8.2.4", "8.2.5", "8.5.1", "8.5.1.2", "9.2", "9.3"))


def numbers(text: str) -> list[str]:
    folded = in_digits(fold(text))
    found = list(marked(folded))
    found += [one for one in bare(folded, KNOWN) if not any(map(one.overlaps, found))]
    return [one.number for one in sorted(found, key=lambda one: one.start)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第8.2.4条", ["8.2.4"]),
        ("第 8.2.4 條要求什麼", ["8.2.4"]),
        ("8.2.4条款", ["8.2.4"]),
        ("条文 8.2.4", ["8.2.4"]),
        ("clause 8.5.1.2", ["8.5.1.2"]),
        ("Clause 8", ["8"]),
        ("sub-clause 8.2.4", ["8.2.4"]),
        ("cl. 9.2", ["9.2"]),
        ("chapter 8", ["8"]),
        ("§8.2", ["8.2"]),
        ("第八章有哪些条款", ["8"]),
        ("第十章", ["10"]),
        ("第十一章", ["11"]),
        ("八点二讲什么", ["8.2"]),
        ("八點二點四要求什麼", ["8.2.4"]),
        ("第八点九条", ["8.9"]),
        ("第８．２．４條", ["8.2.4"]),
        ("8 . 2 . 4 要求什么", ["8.2.4"]),
        ("8.2.4", ["8.2.4"]),
        ("8.2.4 要求什么", ["8.2.4"]),
        ("What does 8.2.4 require?", ["8.2.4"]),
        ("ISO/IEC 20000-1:2018 8.2.4 要求什么", ["8.2.4"]),
        ("按8.5.1做变更要哪些记录", ["8.5.1"]),
        ("9.2 的内审和 9.3 的管评", ["9.2", "9.3"]),
        ("9.2 跟 9.3 差在哪裡？", ["9.2", "9.3"]),
        ("clauses 8.2.4, 8.2.5 and 8.1", ["8.2.4", "8.2.5", "8.1"]),
        ("8.9 要求什么", ["8.9"]),
        ("11.3 讲什么", ["11.3"]),
    ],
)
def test_clause_numbers_are_read_in_any_notation(text: str, expected: list[str]) -> None:
    assert numbers(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "ISO 20000-1:2018 是什么",
        "GB/T 24405.1-2009",
        "version 8.2 怎么样",
        "V8.2 是什么",
        "8.2版手册要重发吗",
        "Jira 8.5.1 是什么",
        "Python 3.11 能用吗",
        "2026.3.1 发的证书",
        "2026-03-01",
        "3.1 号监督审核",
        "S3.4 做什么",
        "客户满意度 8.2 是否合格",
        "满意度是 4.5，合格吗",
        "可用性 99.9 是什么",
        "预算 8.5 万",
        "8.5%是什么",
        "每次 4.1 小时",
        "early feedback scored an average of 8.2",
        "早上八点二十开会",
        "八点二分开会",
        "第三条是什么意思",
        "10.2 天",
        "8.8.8.8.8 是什么",
    ],
)
def test_versions_dates_amounts_and_times_are_no_clauses(text: str) -> None:
    assert numbers(text) == []


def test_clauses_are_ordered_as_in_the_standard() -> None:
    given = ["10.1", "8.2.4", "9", "8.2", "8.10"]
    assert sorted(given, key=order) == ["8.2", "8.2.4", "8.10", "9", "10.1"]


@pytest.mark.parametrize("text", ["早上八点二十开会", "八点二分", "两点三刻", "三点五万"])
def test_times_and_amounts_keep_their_numerals(text: str) -> None:
    assert in_digits(text) == text
