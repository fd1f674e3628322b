"""The likest competency questions come first, each once, by the wording that is nearest."""

import numpy as np

from assistant.answering.competency import QuestionTable
from assistant.knowledge.model import CompetencyQuestion, Knowledge

FIRST = CompetencyQuestion(("一", "壹"), ("one",), ("F001",))
SECOND = CompetencyQuestion(("二",), ("two",), ("F002",))
VECTORS = np.array([[1, 0, 0], [0.6, 0.8, 0], [0, 1, 0], [0, 0, 1], [0, -1, 0]], np.float32)


def table(*questions: CompetencyQuestion) -> QuestionTable:
    knowledge = Knowledge("2026-11-23", {}, {}, {}, (), {}, (), questions)
    return QuestionTable(knowledge, VECTORS[: sum(len(q.wordings) for q in questions)])


def test_a_question_is_as_like_as_its_nearest_wording() -> None:
    first, second = table(FIRST, SECOND).nearest(np.array([0, 1, 0], np.float32), 5)
    assert (first.question, first.cosine) == (FIRST, 1.0)
    assert (second.question, second.cosine) == (SECOND, 0.0)


def test_no_more_than_asked_for_are_given() -> None:
    found = table(FIRST, SECOND).nearest(np.array([0, 0, 1], np.float32), 1)
    assert [likeness.question for likeness in found] == [SECOND]


def test_without_questions_nothing_is_like() -> None:
    assert table().nearest(np.array([1, 0, 0], np.float32), 5) == ()
