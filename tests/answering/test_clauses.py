"""Clauses asked for by number, by what they ask for, and by what they are part of."""

import pytest

from assistant.answering.clause_lists import list_clauses
from assistant.answering.snapshot import Snapshot
from assistant.answering.understand import understand
from assistant.knowledge.clauses import order
from assistant.types import Question
from tests.answering.test_answers import ask, ids, texts


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("八點二點四要求什麼", "8.2.4"),
        ("8.2.4 要求什么", "8.2.4"),
        ("What does 9.3 ask for?", "9.3"),
        ("§8.5.1.2 讲什么", "8.5.1.2"),
    ],
)
def test_clause_is_understood_in_any_notation(text: str, clause: str, snapshot: Snapshot) -> None:
    assert understand(Question(text), snapshot).entities == (clause,)


def test_number_beside_another_standard_is_not_taken_for_ours(snapshot: Snapshot) -> None:
    understood = understand(Question("ISO 9001 里 8.2.4 要求什么"), snapshot)
    assert understood.foreign
    assert "8.2.4" not in understood.entities


@pytest.mark.parametrize(
    ("text", "written", "offered"),
    [
        ("第 8.9 條要求什麼", "8.9", "8.7"),
        ("八点九条要求什么", "8.9", "8.7"),
        ("What does clause 11.3 require?", "11.3", "10"),
        ("8.2.9 是什么", "8.2.9", "8.2.6"),
        ("What is in clause 4.5?", "4.5", "4.4"),
    ],
)
def test_clause_that_does_not_exist_is_said_not_to_and_the_nearest_are_offered(
    text: str, written: str, offered: str, snapshot: Snapshot
) -> None:
    answered = ask(snapshot, text)
    assert answered.outcome == "not_covered"
    assert written in texts(answered)[0]
    assert "标准没有" in texts(answered)[0] or answered.language != "zh-Hans"
    assert f" {offered}" in answered.suggestions[0]
    assert {ask(snapshot, offer).outcome for offer in answered.suggestions} == {"answered"}


def test_chapters_without_requirements_are_not_said_not_to_exist(snapshot: Snapshot) -> None:
    (said,) = texts(ask(snapshot, "clause 3.2 讲什么"))
    assert "3.2" in said
    assert "没有第" not in said


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("which clauses are in chapter 8", "8"),
        ("第八章有哪些条款？", "8"),
        ("第 4 章都有哪几条？", "4"),
        ("8.7 分哪几条", "8.7"),
        ("八點二下面有幾個子條款", "8.2"),
        ("What are the sub-clauses of 9.2?", "9.2"),
    ],
)
def test_parts_of_a_clause_are_all_named_in_order(
    text: str, whole: str, snapshot: Snapshot
) -> None:
    answered = ask(snapshot, text)
    inside = [r.origin for r in snapshot.knowledge.relations_to(whole, "part_of")]
    assert ids(answered) == sorted(inside, key=order)
    assert all(part in texts(answered)[0] for part in inside)
    assert len(texts(answered)) == 1


@pytest.mark.parametrize(
    ("text", "clauses", "implied"),
    [
        ("Which clauses ask for a documented policy?", ["5.2", "8.5.1", "8.7.3"], []),
        ("哪些条款要求有方针或策略？", ["5.2", "8.5.1", "8.7.3"], []),
        ("哪些條款要求有程序？", ["8.6.1"], []),
        ("哪些条款要求有计划", ["6.3", "8.7.2"], ["8.5.2", "8.5.3"]),
        ("Which clauses in chapter 8 ask for a plan?", ["8.7.2"], ["8.5.2", "8.5.3"]),
    ],
)
def test_clauses_that_ask_for_papers_of_a_kind(
    text: str, clauses: list[str], implied: list[str], snapshot: Snapshot
) -> None:
    answered = ask(snapshot, text)
    lead = answered.blocks[0].sentences
    assert ids(answered) == [*clauses, *implied]
    assert [sentence.kind for sentence in lead] == ["derivation"] * len(lead)
    assert all(f" {clause}" in lead[0].text for clause in clauses)
    assert not any(f" {clause}" in lead[0].text for clause in implied)
    assert len(lead[0].citations) == len(clauses)


@pytest.mark.parametrize("text", ["哪些條款要求形成文件化資訊？", "Which clauses need documents?"])
def test_list_of_clauses_that_ask_for_documented_information_is_complete(
    text: str, snapshot: Snapshot
) -> None:
    """Every document the standard demands by name is covered by a clause of the list."""
    answered = ask(snapshot, text)
    first = answered.blocks[0].sentences[0]
    cited = {i for n in first.citations for i in answered.citations[n - 1].about}
    demanded = {
        entity.id
        for entity in snapshot.knowledge.entities.values()
        if entity.id.startswith("DM-")
        and entity.requirement == "mandatory"
        and snapshot.knowledge.relations_from(entity.id, "clause")
    }
    assert demanded <= cited
    named = ids(answered)[: len(first.citations)]
    assert named == sorted(named, key=order)
    assert str(len(named)) in first.text


@pytest.mark.parametrize(
    "text",
    [
        "哪些条款完全不要求文件？",
        "Which clauses demand no documented information?",
        "哪些条款要求书面的培训计划",
        "哪些条款要求保留记录",
        "第 8 章哪些条款由谁负责",
    ],
)
def test_other_questions_about_clauses_are_left_to_what_the_corpus_says(
    text: str, snapshot: Snapshot
) -> None:
    answered = ask(snapshot, text)
    assert not any(s.kind == "derivation" for block in answered.blocks for s in block.sentences)


def test_endless_lists_of_papers_and_numbers_are_read_in_no_time(snapshot: Snapshot) -> None:
    for text in ("哪些条款要求" + "程序文件" * 900 + "吃", "8.2 " * 1000, "第8.2条" * 700):
        understood = understand(Question(text), snapshot)
        assert not list_clauses(understood, snapshot).blocks
