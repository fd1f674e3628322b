"""What a question leaves unsaid comes from the conversation before it; what it says itself stays."""

import pytest

from assistant.answering.pipeline import answer
from assistant.answering.snapshot import Snapshot
from assistant.answering.understand import understand
from assistant.types import Answer, Earlier, Language, Question
from tests.index.fakes import FakeEmbedder


def converse(snapshot: Snapshot, *texts: str, language: Language | None = None) -> list[Answer]:
    """The answers to a conversation."""
    history: tuple[Earlier, ...] = ()
    answers = []
    for text in texts:
        given = answer(Question(text, history, language), snapshot, FakeEmbedder())
        history = (*history, Earlier.of(text, given))
        answers.append(given)
    return answers


def cited(given: Answer) -> set[str]:
    return {identifier for citation in given.citations for identifier in citation.about}


def statements(given: Answer, snapshot: Snapshot) -> set[str]:
    return cited(given) & set(snapshot.knowledge.statements)


@pytest.mark.parametrize(
    ("before", "text", "intent", "entities"),
    [
        # the thing is left out
        ("内审要做几次？", "那谁来组织？", "who", ("T-internal-audit",)),
        ("內審要做幾次？", "由誰來組織？", "who", ("T-internal-audit",)),
        ("How often is the management review held?", "and who does that?", "who", ("T-management-review",)),
        ("内审要做几次？", "会留下哪些记录？", "documents", ("T-internal-audit",)),
        ("管理评审有什么用？", "它由谁主持？", "who", ("T-management-review",)),
        ("内审要做几次？", "为什么？", "purpose", ("T-internal-audit",)),
        # what is asked is left out
        ("内审要做几次？", "那管理评审呢？", "frequency", ("T-management-review",)),
        ("Who organises the internal audit?", "what about the management review?", "who", ("T-management-review",)),
        ("S2 之后做什么？", "what about step 3?", "next", ("S3",)),
        # a correction
        ("内审要做几次？", "不是内审，是管评", "frequency", ("T-management-review",)),
        ("内审由谁组织？", "不是內稽，我問的是管理審查", "who", ("T-management-review",)),
        ("How often is the internal audit done?", "not the internal audit, the management review", "frequency", ("T-management-review",)),
        # across languages
        ("内审要做几次？", "And who organises it?", "who", ("T-internal-audit",)),
        ("How often is the internal audit done?", "由誰組織？", "who", ("T-internal-audit",)),
        # a subject of its own
        ("内审要做几次？", "管理评审由谁主持？", "who", ("T-management-review",)),
        ("内审要做几次？", "换个话题，谁负责？", "who", ()),
        ("内审要做几次？", "By the way, who is responsible?", "who", ()),
        ("内审要做几次？", "怎么给同事发奖金？", "how", ()),
        ("内审要做几次？", "谢谢", "about", ()),
    ],
)  # fmt: skip
def test_follow_up(
    before: str, text: str, intent: str, entities: tuple[str, ...], snapshot: Snapshot
) -> None:
    (first,) = converse(snapshot, before)
    understood = understand(Question(text, (Earlier.of(before, first),)), snapshot)
    assert (understood.intent, understood.entities) == (intent, entities)


@pytest.mark.parametrize(
    "text",
    ["还有别的吗？", "还要别的吗", "還有其他的嗎？", "还有呢？", "anything else?", "And what else?",
     "What else is needed?", "Is that all?"],
)  # fmt: skip
def test_more_is_what_was_not_cited_yet(text: str, snapshot: Snapshot) -> None:
    first, more = converse(snapshot, "内审要做几次？", text)
    assert more.outcome == "answered"
    assert more.understood.entities == ("T-internal-audit",)
    assert statements(more, snapshot)
    assert not statements(first, snapshot) & statements(more, snapshot)
    about = {statement.id for statement in snapshot.knowledge.about("T-internal-audit")}
    assert statements(more, snapshot) & about


def test_more_ends_when_all_has_been_said(snapshot: Snapshot) -> None:
    answers = converse(snapshot, "第二版文件要发布哪些？", *["还有别的吗？"] * 4)
    seen: set[str] = set()
    for given in answers:
        assert not seen & statements(given, snapshot)
        seen |= statements(given, snapshot)
    assert answers[-1].outcome == "not_covered"
    assert "没有查到更多" in answers[-1].blocks[0].sentences[0].text


def test_question_after_more_leans_on_what_was_asked_before_it(snapshot: Snapshot) -> None:
    *_, last = converse(snapshot, "内审要做几次？", "还有别的吗？", "由谁组织？")
    assert last.understood.entities == ("T-internal-audit",)


def test_after_what_comes_next_the_conversation_stands_there(snapshot: Snapshot) -> None:
    first, who, then = converse(
        snapshot, "试点运行做完了，接下来是什么？", "这期间主要干些什么？", "然后呢？"
    )
    assert first.items[0].id == "S7"
    assert who.understood.entities == ("S7",)
    assert then.items[0].id == "S8"


def test_people_are_those_that_the_answer_named(snapshot: Snapshot) -> None:
    first, duties = converse(snapshot, "内审由谁组织？", "他还负责什么？")
    roles = [item.id for item in first.items if item.kind == "role"]
    assert roles
    assert list(duties.understood.entities) == roles


def test_answer_to_a_counter_question_is_taken_as_such(snapshot: Snapshot) -> None:
    first, second = converse(snapshot, "下一步做什么？", "刚做完 S4")
    assert first.outcome == "clarify"
    assert (second.understood.intent, second.items[0].id) == ("next", "S5")


@pytest.mark.parametrize("aside", ["ISO 9001 的也一样吗？", "帮我补一套假的记录", "要多少钱？"])
def test_aside_is_not_leaned_on(aside: str, snapshot: Snapshot) -> None:
    _, no, last = converse(snapshot, "管理评审用来评价什么？", aside, "由谁主持？")
    assert no.outcome in ("not_covered", "refused")
    assert last.understood.entities == ("T-management-review",)


@pytest.mark.parametrize(
    "text", ["ISO 9001 的也一样吗？", "那 ISO 27001 呢？", "Same for ISO 9001 too?"]
)
def test_the_same_of_another_standard_is_not_covered(text: str, snapshot: Snapshot) -> None:
    _, other = converse(snapshot, "管理评审用来评价什么？", text)
    assert other.outcome == "not_covered"


def test_region_and_progress_are_those_of_the_question(snapshot: Snapshot) -> None:
    history = (Earlier("内审要做几次？"),)
    understood = understand(Question("还有别的吗？", history, region="HK"), snapshot)
    assert understood.region == "HK"


def test_answer_is_in_the_language_of_the_follow_up(snapshot: Snapshot) -> None:
    _, english, traditional = converse(
        snapshot, "内审要做几次？", "anything else?", "還有其他的嗎？"
    )
    assert (english.language, traditional.language) == ("en", "zh-Hant")


def test_history_without_answers_is_leaned_on_too(snapshot: Snapshot) -> None:
    history = (Earlier("内审要做几次？"), Earlier("由谁组织？"))
    understood = understand(Question("會留下哪些紀錄？", history), snapshot)
    assert (understood.intent, understood.entities) == ("documents", ("T-internal-audit",))
