"""Each metric on cases small enough to work out by hand."""

import pytest

from eval.metrics import facts, given, is_statement, missing, precision, recall, with_parents
from tests.eval.samples import GOOD, NOTHING, answer, result


def test_precision_is_the_share_of_items_in_any_list_of_alternatives() -> None:
    wanted = (("S1.1", "S1"), ("R-02",))
    assert precision(wanted, ("S1", "R-02", "R-09", "R-10")) == 0.5
    assert precision(wanted, ("S1", "S1.1")) == 1.0  # both are right, though one list is missed


def test_precision_is_not_measured_without_items_or_without_ids_wanted() -> None:
    assert precision((("S1",),), ()) is None
    assert precision((), ("S1",)) is None


def test_recall_is_the_share_of_lists_of_which_one_id_is_named() -> None:
    wanted = (("S1.1", "S1"), ("R-02",), ("R-03",), ("DS-01",))
    assert recall(wanted, ("S1", "S1.1", "R-03")) == 0.5
    assert recall((), ("S1",)) is None


def test_facts_count_a_statement_that_was_split_off_as_the_one_it_came_from() -> None:
    wanted = (("F071", "F072"), ("F080",), ("R-02/d5",))
    assert facts(wanted, ("F071b", "R-02/d5c")) == pytest.approx(2 / 3)
    assert facts((("F071b",),), ("F071",)) == 0.0  # not the other way round
    assert facts((), ("F071",)) is None


def test_with_parents_leaves_other_ids_alone() -> None:
    ids = {"F071b", "CS-132c", "5.3/n", "DS-10/p", "R-02/d5", "S2.3", "8.2.4", "9.2/1a"}
    assert with_parents(ids) == ids | {"F071", "CS-132", "9.2/1"}


@pytest.mark.parametrize("id_", ["F071", "F071b", "CS-083", "8.2.4/2", "R-03/d2", "S8/1"])
def test_statements_are_told_from_entities_by_their_ids(id_: str) -> None:
    assert is_statement(id_)


@pytest.mark.parametrize("id_", ["8.2.4", "R-03", "S2.3", "C12", "T-internal-audit", "DM-05"])
def test_entities_are_no_statements(id_: str) -> None:
    assert not is_statement(id_)


def test_missing_names_the_lists_of_which_nothing_was_found() -> None:
    assert missing((("A", "B"), ("C",)), {"B"}) == (("C",),)


def test_given_tells_what_is_named_cited_and_cited_first() -> None:
    gave = given(
        answer(
            (("F049", "R-03"), ("R-01/d1", "R-01")),
            (("F050", "R-03", "S2.3"),),
            items=("R-01", "R-03", "R-01"),
        )
    )
    assert gave.items == ("R-01", "R-03")
    assert gave.entities == {"R-01", "R-03", "S2.3"}
    assert gave.statements == {"F049", "F050", "R-01/d1"}
    assert gave.lead == {"F049", "R-01/d1"}


def test_an_id_counts_as_named_where_only_a_citation_is_about_it() -> None:
    assert result(answer((("F049", "R-03"),))).score.recall == 1.0


def test_lead_looks_at_the_first_sentence_only() -> None:
    late = answer((("F001", "S1"),), (("F049", "R-03"),))
    assert result(late).score.lead is False
    assert result(late).score.facts_right is True
    assert result(late, lead=()).score.lead is None
    assert result(answer((("F049b", "R-03"),))).score.lead is True


def test_an_answer_without_a_word_is_wrong_and_not_an_error() -> None:
    score = result(answer()).score
    assert (score.outcome, score.lead, score.facts, score.recall) == (True, False, 0.0, 0.0)


def test_all_right_takes_outcome_ids_facts_and_lead() -> None:
    assert result(GOOD).score.all_right
    assert not result(NOTHING).score.all_right
    assert not result(GOOD, outcome="clarify").score.all_right
    assert not result(GOOD, ids=(("R-03",), ("R-01",))).score.all_right
    assert not result(GOOD, facts=(("F049",), ("F050",))).score.all_right
    assert not result(GOOD, lead=("F050",)).score.all_right
    assert result(NOTHING, outcome="not_covered", ids=(), facts=(), lead=()).score.all_right
