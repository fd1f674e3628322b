"""The views of the statements, recomputed by hand on a corpus of four sentences."""

import math
from pathlib import Path

import numpy as np
import pytest

from assistant.answering.table import StatementTable
from assistant.answering.terms import Vocabulary
from assistant.knowledge.loading import load_corpus
from assistant.knowledge.names import NameIndex
from tests.knowledge import small

F001, F002, F003, S2_1 = range(4)


@pytest.fixture
def table(tmp_path: Path) -> StatementTable:
    knowledge = load_corpus(small.write(tmp_path))
    vectors = np.eye(4, dtype=np.float32)
    passages = dict.fromkeys(knowledge.statements, "p1") | {"S2/1": "p2"}
    return StatementTable(
        knowledge, NameIndex(knowledge), Vocabulary(knowledge), "en", vectors, passages
    )


def test_rare_terms_count_more(table: StatementTable) -> None:
    rare, common = math.log(1 + 4 / 1), math.log(1 + 4 / 3)
    column = table.terms.overlap({"auditor", "audit"})
    assert column[F002] == pytest.approx(common / (rare + common))
    assert column[F003] == pytest.approx(1.0)
    assert column[F001] == 0.0


def test_known_is_the_share_that_any_statement_holds(table: StatementTable) -> None:
    assert table.terms.known({"auditor"}) == 1.0
    assert table.terms.known({"salari"}) == 0.0
    assert table.terms.known(()) == 1.0
    known, unknown = math.log(1 + 4 / 1), math.log(1 + 4)
    assert table.terms.known({"auditor", "salari"}) == pytest.approx(known / (known + unknown))


def test_subject_and_home_count_in_full_and_a_mention_by_half(table: StatementTable) -> None:
    assert table.speaks_of(("S2",)).tolist() == pytest.approx([0.0, 1.0, 1.0, 1.0])
    assert table.speaks_of(("R-09",)).tolist() == pytest.approx([0.0, 0.0, 0.5, 0.0])
    assert table.speaks_of_all(("S2", "R-09")).tolist() == pytest.approx([0.0, 0.0, 0.5, 0.0])
    assert table.speaks_of(()).tolist() == [0.0] * 4


def test_main_facet_counts_in_full_and_the_best_of_several_wins(table: StatementTable) -> None:
    assert table.facets({"role": 0.7, "timing": 1.0}).tolist() == pytest.approx([0, 0, 0.7, 1.0])


def test_nearness_is_how_far_a_statement_stands_out(table: StatementTable) -> None:
    column = table.nearness(np.array([1, 0, 0, 0], np.float32))
    assert int(np.argmax(column)) == F001
    assert column.mean() == pytest.approx(0.0, abs=1e-6)
    assert column.std() == pytest.approx(0.25, abs=1e-4)


def test_passage_scores_reach_their_statements(table: StatementTable) -> None:
    assert table.standing_in({"p2": 0.8}).tolist() == pytest.approx([0, 0, 0, 0.8])
