"""The likest question that may be answered is taken, and a liker one that may not tells why."""

from dataclasses import replace

import numpy as np
import pytest

from assistant.answering.matching import Told, match
from assistant.answering.model import Match
from assistant.answering.snapshot import Snapshot
from assistant.answering.understand import understand
from assistant.answering.weights import Weights
from assistant.knowledge.model import CompetencyQuestion, Knowledge
from assistant.knowledge.passages import LANGUAGES, build_passages
from assistant.types import Question
from tests.index.fakes import FakeEmbedder, FakeIndex

ORGANISES = CompetencyQuestion(
    ("内审由谁组织？", "谁来安排内审"), ("Who organises the internal audit?",), ("F102", "R-03/d3")
)
OFTEN = CompetencyQuestion(
    ("认证前内审至少做几次？",), ("How often is the internal audit done?",), ("F156",)
)
BEFORE = CompetencyQuestion(
    ("认证前再做一次内审由谁做？",), ("Who does the audit before certification?",), ("F174",)
)
PRICE = CompetencyQuestion(("内审员一天多少钱？",), ("What does an auditor cost?",), (), "price")


@pytest.fixture(scope="module")
def small(knowledge: Knowledge) -> Snapshot:
    """The statements that ship, with four questions."""
    few = replace(knowledge, questions=(ORGANISES, OFTEN, BEFORE, PRICE))
    fake = FakeEmbedder()
    texts = [[s.text.stored(one) for s in few.statements.values()] for one in LANGUAGES]
    said = np.stack([fake.embed_all("passage", some, lambda _: None) for some in texts])
    wordings = [wording for question in few.questions for wording in question.wordings]
    asked = fake.embed_all("query", wordings, lambda _: None)
    return Snapshot(FakeIndex(build_passages(few)), few, said, asked)


def matched(small: Snapshot, text: str, *, never: tuple[str, ...] = ()) -> Match:
    understood = understand(Question(text), small)
    vector = FakeEmbedder().embed_query(understood.plain)
    places = {statement_id: row for row, statement_id in enumerate(small.knowledge.statements)}
    scores = np.zeros(len(places), np.float32)
    scores[[places[statement_id] for statement_id in never]] = -np.inf
    told = Told(scores, np.zeros(len(places), np.float32))
    return match(understood, vector, told, small, Weights())


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("谁来安排内审？", ORGANISES),
        ("內審由誰組織？", ORGANISES),
        ("How often is the internal audit done?", OFTEN),
    ],
)
def test_likest_question_comes_first(
    small: Snapshot, text: str, question: CompetencyQuestion
) -> None:
    found = matched(small, text)
    assert found.questions[0] == question
    assert found.margin < 0


def test_question_liker_to_one_that_gets_no_answer_says_why(small: Snapshot) -> None:
    found = matched(small, "内审员一天要多少钱？")
    assert found.withheld == "price"
    assert found.margin > 0


def test_question_is_answered_by_what_may_be_said_of_it(small: Snapshot) -> None:
    assert matched(small, "内审由谁组织？", never=("F102",)).questions[0] == ORGANISES


def test_question_of_which_nothing_may_be_said_is_passed_over(small: Snapshot) -> None:
    found = matched(small, "内审由谁组织？", never=("F102", "R-03/d3"))
    assert ORGANISES not in found.questions
    assert found.questions


def test_answer_that_does_not_speak_of_what_an_id_names_comes_later(small: Snapshot) -> None:
    assert matched(small, "S8 内审由谁组织？").questions[0] == ORGANISES
    assert matched(small, "S10 内审由谁组织？").questions[0] == BEFORE


def test_without_the_views_of_questions_none_is_looked_at(small: Snapshot) -> None:
    understood = understand(Question("内审由谁组织？"), small)
    vector = FakeEmbedder().embed_query(understood.plain)
    none = np.zeros(len(small.knowledge.statements), np.float32)
    switched_off = Weights(like=0, like_words=0)
    assert match(understood, vector, Told(none, none), small, switched_off) == Match()
