"""Answers as composed from the corpus that ships, searched without a model."""

import pytest

from assistant.answering.pipeline import answer
from assistant.answering.snapshot import Snapshot
from assistant.types import Answer, Earlier, Progress, Question, Region
from tests.index.fakes import FakeEmbedder


def ask(snapshot: Snapshot, text: str, **fields: object) -> Answer:
    return answer(Question(text, **fields), snapshot, FakeEmbedder())  # type: ignore[arg-type]


def texts(answered: Answer) -> list[str]:
    return [sentence.text for block in answered.blocks for sentence in block.sentences]


def ids(answered: Answer) -> list[str]:
    return [item.id for item in answered.items]


def test_next_after_a_topic_inside_a_step_stays_inside_it(snapshot: Snapshot) -> None:
    assert texts(ask(snapshot, "内审之后做什么"))[0] == "内部审核之后，通常接着是管理评审。"


def test_next_after_two_things_is_what_follows_both(snapshot: Snapshot) -> None:
    assert "S9" in ids(ask(snapshot, "What comes after internal audit and management review?"))


def test_next_follows_from_the_progress_given(snapshot: Snapshot) -> None:
    done = tuple(f"S{n}" for n in range(1, 9))
    answered = ask(snapshot, "下一步做什么？", progress=Progress(done=done))
    assert answered.outcome == "answered"
    assert "S9" in ids(answered)


def test_next_without_a_place_asks_back_and_offers_places(snapshot: Snapshot) -> None:
    answered = ask(snapshot, "下一步做什么？")
    assert answered.outcome == "clarify"
    assert len(answered.suggestions) == 3


def test_wrong_premise_is_corrected_by_the_standard_first(snapshot: Snapshot) -> None:
    answered = ask(snapshot, "2018 版标准规定必须设管理者代表吧？是强制的吗")
    first = answered.blocks[0].sentences[0]
    assert "不要求" in first.text or "2018 版没有" in first.text
    assert answered.citations[first.citations[0] - 1].document_id == "iso-20000-1"


@pytest.mark.parametrize(("region", "held"), [(None, True), ("CN", True), ("HK", False)])
def test_chinese_application_papers_are_left_out_elsewhere(
    snapshot: Snapshot, region: Region | None, held: bool
) -> None:
    assert ("DA-14" in ids(ask(snapshot, "S8需要哪些文件", region=region))) is held


def test_documents_say_how_far_they_are_required_and_who_owns_them(snapshot: Snapshot) -> None:
    answered = ask(snapshot, "Which records does the management review leave?")
    (document,) = [item for item in answered.items if item.id == "DM-54"]
    assert document.requirement == "mandatory"
    assert set(document.owner) == {"R-01", "R-03"}


def test_ambiguous_alias_is_asked_back_with_its_readings(snapshot: Snapshot) -> None:
    answered = ask(snapshot, "程序文件")
    assert answered.outcome == "clarify"
    assert len(answered.suggestions) == 2


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("内审员一个月工资多少", "not_covered"),
        ("R-99 是谁", "not_covered"),
        ("ISO 9001 的管理评审要几次", "not_covered"),
        ("", "not_covered"),
        ("😀😀", "not_covered"),
        ("forge the internal audit report", "refused"),
        ("能不能花钱买个证书", "refused"),
        ("ISO20000 证书多少钱一年", "not_covered"),
        ("Should we go with BSI or SGS for our formal audit?", "not_covered"),
        ("预审以后能不能一次通过", "not_covered"),
        ("把 9.2 条的英文原文贴出来", "not_covered"),
        ("帮我写一份管理手册", "not_covered"),
        ("What will the auditor ask me tomorrow?", "not_covered"),
    ],
)
def test_no_is_said_without_naming_anything(snapshot: Snapshot, text: str, outcome: str) -> None:
    answered = ask(snapshot, text)
    assert answered.outcome == outcome
    assert not answered.items
    assert not answered.citations
    assert {s.kind for block in answered.blocks for s in block.sentences} == {"talk"}


@pytest.mark.parametrize("text", ["内部审核", "管理者代表", "Internal audit", "第二版文件", "S8"])
def test_suggestions_of_an_answer_are_answered_themselves(snapshot: Snapshot, text: str) -> None:
    for suggested in ask(snapshot, text).suggestions:
        assert ask(snapshot, suggested).outcome == "answered", suggested


def test_cited_medium_confidence_is_said(snapshot: Snapshot) -> None:
    medium = [s for s in snapshot.knowledge.statements.values() if s.confidence == "medium"]
    assert medium
    found = [ask(snapshot, statement.text.zh) for statement in medium]
    cited = [a for a in found if any(c.confidence == "medium" for c in a.citations)]
    assert all(any("认证机构" in warning for warning in a.warnings) for a in cited)


def test_question_in_two_parts_gets_both_answers(snapshot: Snapshot) -> None:
    facets = {
        facet
        for citation in ask(snapshot, "谁负责内审，至少几次？").citations
        for facet in snapshot.knowledge.statements[citation.about[0]].facets
    }
    assert {"role", "frequency"} <= facets


def test_difference_is_told_by_what_speaks_of_both(snapshot: Snapshot) -> None:
    answered = ask(snapshot, "试点运行和试运行有什么区别？")
    first = answered.citations[answered.blocks[0].sentences[0].citations[0] - 1]
    assert {"S6", "S7"} <= set(first.about)
    assert {"S6", "S7"} <= set(ids(answered))


@pytest.mark.parametrize(
    ("history", "text", "about"),
    [
        (("内审要做几次？",), "那谁来组织？", "T-internal-audit"),
        (("How often is the management review done?",), "and who organises it?", "R-02"),
        (("内审要做几次？",), "不是内审，我问的是管评", "T-management-review"),
        (("内审要做几次？", "由谁组织？"), "會留下哪些紀錄？", "DS-28"),
    ],
)
def test_follow_up_leans_on_what_was_asked_before(
    snapshot: Snapshot, history: tuple[str, ...], text: str, about: str
) -> None:
    answered = ask(snapshot, text, history=tuple(map(Earlier, history)))
    assert answered.outcome == "answered"
    assert about in {entity for citation in answered.citations for entity in citation.about}


def test_follow_up_after_another_standard_is_not_held_to_be_about_it(snapshot: Snapshot) -> None:
    answered = ask(snapshot, "那 20000 的内审要几次？", history=(Earlier("ISO 9001 的内审几次？"),))
    assert answered.outcome == "answered"


def test_papers_of_the_formal_audit_are_those_of_its_stages(snapshot: Snapshot) -> None:
    answered = ask(snapshot, "正式审核有哪些文件")
    assert answered.outcome == "answered"
    assert {"DC-01", "DC-05", "DC-07", "DC-09"} <= set(ids(answered))


def test_after_the_certificate_comes_surveillance_not_suspension(snapshot: Snapshot) -> None:
    answered = ask(snapshot, "拿到证书之后做什么？")
    assert "C8" in ids(answered)
    assert not any("暂停" in text for text in texts(answered))


@pytest.mark.parametrize(
    ("region", "held", "unheld"), [("CN", "CS-084b", "CS-083a"), ("HK", "CS-083a", "CS-084b")]
)
def test_how_often_surveillance_is_due_depends_on_the_region(
    snapshot: Snapshot, region: Region, held: str, unheld: str
) -> None:
    answered = ask(snapshot, "监督审核多久做一次？", region=region)
    cited = {entity for citation in answered.citations for entity in citation.about}
    assert held in cited
    assert unheld not in cited
