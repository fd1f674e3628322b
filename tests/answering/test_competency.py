"""A question is as like as its wordings are, in meaning and in words, and languages do not count."""

import numpy as np
from numpy.typing import NDArray

from assistant.answering.competency import QuestionTable
from assistant.answering.terms import Vocabulary
from assistant.knowledge.model import CompetencyQuestion, Knowledge, Statement, Text

STATEMENTS = {
    name: Statement(name, "S1", Text("句", "sentence"), "guide", ("action",))
    for name in ("F001", "F002", "F003")
}
AUDIT = CompetencyQuestion(("谁来内审", "内审找谁"), ("Who audits?",), ("F002", "F001"))
REVIEW = CompetencyQuestion(("谁来管评",), ("Who reviews?",), ("F003",))
PRICE = CompetencyQuestion(("多少钱",), ("How much?",), (), "price")
# Two directions of meaning, and a third that only tells Chinese (+) from English (-).
VECTORS = [[1, 0, 2], [1, 0, 2], [1, 0, -2], [0, 1, 2], [0, 1, -2], [-1, -1, 2], [-1, -1, -2]]


def unit(rows: list[list[float]]) -> NDArray[np.float32]:
    array = np.array(rows, np.float32)
    normed: NDArray[np.float32] = array / np.linalg.norm(array, axis=1, keepdims=True)
    return normed


def table(*questions: CompetencyQuestion) -> QuestionTable:
    knowledge = Knowledge("2026-11-23", {}, {}, STATEMENTS, (), {}, (), questions)
    many = sum(len(question.wordings) for question in questions)
    return QuestionTable(knowledge, Vocabulary(knowledge), unit([list(v) for v in VECTORS])[:many])


def test_the_question_meant_is_nearest_in_whatever_language_it_is_asked() -> None:
    found = table(AUDIT, REVIEW, PRICE)
    for language in (2.0, -2.0):
        (asked,) = unit([[0.4, 0.7, language]])
        meaning, _ = found.likeness(asked, frozenset(), "en")
        assert int(np.argmax(meaning)) == 1


def test_likest_wording_tells_how_alike_the_words_are() -> None:
    found = table(AUDIT, REVIEW, PRICE)
    (asked,) = unit([[1, 1, 1]])
    _, words = found.likeness(asked, frozenset({"内审", "审找", "找谁"}), "zh")
    assert words[0] == 1.0
    assert words[2] == 0.0


def test_rows_are_those_of_the_statements_that_answer() -> None:
    found = table(AUDIT, PRICE, REVIEW)
    assert found.answered.tolist() == [0, 2]
    assert found.withheld.tolist() == [1]
    assert found.firsts.tolist() == [1, 2]
    assert found.rows.tolist() == [1, 0, 2]
    assert found.starts.tolist() == [0, 2]


def test_a_table_without_questions_can_be_made() -> None:
    assert len(table().answered) == 0
