"""What is printed for reading, what is kept of the set-aside part, and the tables of the page."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from assistant.index.lexical import Lexical
from assistant.types import Answer, Earlier, Passage, Question, Span
from eval.ablation import PAGE, between_markers
from eval.failures import describe, failing
from eval.ranking import by_words, recall_at
from eval.record import add
from eval.report import final, main
from eval.run import ask_all
from tests.eval.samples import GOOD, NOTHING, answer, asked, result


def test_a_question_is_asked_with_what_was_said_before_it_and_no_language() -> None:
    heard: list[Question] = []

    def ask(question: Question) -> Answer:
        heard.append(question)
        return GOOD

    (found,) = ask_all([asked(history=("First.",))], ask)
    assert heard == [Question("Who appoints the MR?", (Earlier("First."),))]
    assert found.score.all_right


def test_a_turn_is_asked_with_the_answers_of_the_turns_before_it() -> None:
    heard: list[Question] = []

    def ask(question: Question) -> Answer:
        heard.append(question)
        return GOOD

    ask_all([asked(text="First."), asked("A2", group="A1", history=("First.",))], ask)
    assert heard[1].history == (Earlier.of("First.", GOOD),)


def test_a_question_is_asked_from_the_region_it_names() -> None:
    heard: list[Question] = []

    def ask(question: Question) -> Answer:
        heard.append(question)
        return GOOD

    ask_all([asked(region="CN"), asked()], ask)
    assert [question.region for question in heard] == ["CN", None]


def test_failing_questions_are_those_not_all_right_that_fit_all_words() -> None:
    late = answer((("F001",),), (("F049", "R-03"),), items=("R-03",))
    results = [result(GOOD, "A1"), result(late, "A2"), result(NOTHING, "A3", language="zh-Hans")]
    assert [r.asked.id for r in failing(results)] == ["A2", "A3"]
    assert [r.asked.id for r in failing(results, ["who", "zh-Hans"])] == ["A3"]
    assert failing(results, ["next"]) == []


def test_a_failing_question_is_told_with_all_that_is_missing() -> None:
    wrong = answer((("F001", "S1"),), items=("S1",))
    text = describe(result(wrong, outcome="clarify", history=("Hello.",)), {"R-03"})
    for line in (
        "before   Hello.",
        "asked    Who appoints the MR?",
        "OUTCOME  answered, expected clarify",
        "NO ID    R-03 or S2.3\n",
        "NO FACT  F049  (not in the corpus)",
        "LEAD     expected F049",
        "beside   S1",
        "answer   Said. [F001]",
    ):
        assert line in text


@pytest.mark.parametrize("option", ["--check", "--failures"])
def test_single_questions_of_the_set_aside_part_are_not_looked_at(option: str) -> None:
    with pytest.raises(SystemExit) as raised:
        main(["final", option])
    assert raised.value.code == 2


def test_runs_are_added_below_each_other(tmp_path: Path) -> None:
    path = tmp_path / "FINAL.md"
    add(path, "| one |\n", date(2026, 11, 23), "abc")
    add(path, "| two |\n", date(2026, 11, 24), "def")
    text = path.read_text("utf-8")
    assert text.startswith("# The questions that were set aside\n")
    assert text.endswith("\n## 2026-11-23, abc\n\n| one |\n\n## 2026-11-24, def\n\n| two |\n")


def test_of_the_set_aside_part_figures_are_shown_and_kept_and_no_question(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "FINAL.md"
    secret = result(NOTHING, "Z77", text="A secret?", group="Z77")
    assert final([secret], path, date(2026, 11, 23), "abc") == 0
    for shown in (capsys.readouterr().out, path.read_text("utf-8")):
        assert "all right, %" in shown
        assert "secret" not in shown
        assert "Z77" not in shown


def test_what_stands_between_the_markers_is_replaced() -> None:
    text = "a\n<!-- t -->\nold\n<!-- /t -->\nz\n"
    assert between_markers(text, "t", "new\n") == "a\n<!-- t -->\nnew\n<!-- /t -->\nz\n"


@pytest.mark.parametrize("text", ["", "<!-- t -->\n", "<!-- /t -->\n<!-- t -->\n"])
def test_a_page_without_markers_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="have to be there"):
        between_markers(text, "t", "new")


def test_the_page_has_the_markers() -> None:
    assert between_markers(PAGE.read_text("utf-8"), "ablation", "")


def passages(*texts: str) -> Sequence[Passage]:
    return [
        Passage(f"p{n}", "d", "", "", "en", text, "", (), (Span(f"F{n:03}", 0, len(text)),))
        for n, text in enumerate(texts)
    ]


def test_bm25_alone_ranks_by_words_and_finds_nothing_that_shares_none() -> None:
    held = passages("the audit plan", "who appoints the representative", "appoints")
    lexical = Lexical.build([passage.text for passage in held])
    question = asked(text="appoints representative")
    assert list(by_words(question, held, lexical)) == ["p1", "p2"]
    assert list(by_words(asked(text="appoints", language="zh-Hans"), held, lexical)) == []


def test_recall_by_hand() -> None:
    held = {passage.id: passage for passage in passages(*"abcdefghijkl")}
    question = asked(facts=(("F000",), ("F001", "F999"), ("F010",), ("F888",)))
    assert recall_at(10, question, list(held), held) == 0.5  # the eleventh does not count
    assert recall_at(11, question, list(held), held) == 0.75
    assert recall_at(1, question, list(held), held) == 0.25
    with pytest.raises(ValueError, match="wants no facts"):
        recall_at(10, asked(facts=()), [], held)
