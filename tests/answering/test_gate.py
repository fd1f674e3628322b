"""What is not borne out does not get through, and is not lost without a word."""

from dataclasses import replace

import pytest

from assistant.answering.checking import judge, judge_talk
from assistant.answering.cite import cite
from assistant.answering.model import Draft, DraftBlock, DraftSentence, Understood
from assistant.answering.snapshot import Snapshot
from assistant.answering.understand import understand
from assistant.knowledge.passages import LANGUAGES
from assistant.types import Question, StoredLanguage


@pytest.fixture
def understood(snapshot: Snapshot) -> Understood:
    return understand(Question("谁来指定管理者代表？"), snapshot)


def draft(*sentences: DraftSentence) -> Draft:
    lead, *rest = sentences
    blocks = [DraftBlock("lead", (lead,)), DraftBlock("paragraph", tuple(rest))]
    return Draft("answered", tuple(block for block in blocks if block.sentences))


SOUND = DraftSentence("管理者代表由最高管理者指定。", "claim", ("F049",))


def test_sound_claim_passes_with_its_quote(understood: Understood, snapshot: Snapshot) -> None:
    answered = cite(draft(SOUND), understood, snapshot, "extractive")
    assert answered is not None
    assert answered.citations[0].quote == SOUND.text
    assert answered.citations[0].support == 1.0


@pytest.mark.parametrize(
    "sentence",
    [
        replace(SOUND, text="管理者代表由认证机构指定。"),
        replace(SOUND, text="管理者代表由 3 名最高管理者指定。"),
        replace(SOUND, text="管理者代表由最高管理者指定（DS-28）。"),
        replace(SOUND, reasons=("F156",)),
        replace(SOUND, reasons=()),
        DraftSentence("认证机构会帮您。", "talk"),
        DraftSentence("见 S8。", "talk"),
    ],
)
def test_unsound_lead_makes_no_answer(
    sentence: DraftSentence, understood: Understood, snapshot: Snapshot
) -> None:
    assert cite(draft(sentence), understood, snapshot, "extractive") is None


def test_unsound_sentence_is_left_out_and_counted(
    understood: Understood, snapshot: Snapshot
) -> None:
    wrong = replace(SOUND, text="管理者代表由认证机构指定。")
    answered = cite(draft(SOUND, wrong), understood, snapshot, "extractive")
    assert answered is not None
    assert [len(block.sentences) for block in answered.blocks] == [1]
    assert any("1" in warning for warning in answered.warnings)


def test_derivation_may_count_what_it_cites_and_nothing_else(snapshot: Snapshot) -> None:
    quotes = [snapshot.quote(i, "zh") for i in ("F158", "F159")]
    assert judge("内部审核要形成 2 份文件。", "derivation", quotes, snapshot).sound
    assert not judge("内部审核要形成 3 份文件。", "derivation", quotes, snapshot).sound
    assert not judge("内部审核要形成 2 份文件。", "claim", quotes, snapshot).sound


def test_talk_may_repeat_what_the_user_wrote(snapshot: Snapshot) -> None:
    assert judge_talk("没有 S99 这个编号。", "S99 是什么", snapshot).sound
    assert not judge_talk("没有 S99 这个编号。", "它是什么", snapshot).sound


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_statement_passes_as_its_own_claim(
    snapshot: Snapshot, language: StoredLanguage
) -> None:
    quotes = [snapshot.quote(statement, language) for statement in snapshot.knowledge.statements]
    faults = {
        quote.statement.id: found
        for quote in quotes
        if (found := judge(quote.text, "claim", (quote,), snapshot).faults)
    }
    assert faults == {}


def test_an_id_in_brackets_has_to_be_that_of_the_name_before_it(snapshot: Snapshot) -> None:
    quotes = [snapshot.quote("S8/1", "zh")]  # it speaks of S7 and of S8
    right = "内部审核与管理评审（S8）排在试运行（S7）之后。"
    assert judge(right, "derivation", quotes, snapshot).sound
    assert not judge(right.replace("（S8）", "（S7）"), "derivation", quotes, snapshot).sound
