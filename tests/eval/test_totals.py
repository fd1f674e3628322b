"""Metrics over several questions, and their tables."""

import pytest

from assistant.types import Answer
from eval.metrics import Result
from eval.tables import percent, table, tables
from eval.totals import mean, negatives_answered, proportion, total, triples_equal
from tests.eval.samples import GOOD, NOTHING, answer, result

TAILS = {"zh-Hans": "hans", "zh-Hant": "hant", "en": "en"}


def triple(group: str, *answers: Answer) -> list[Result]:
    return [
        result(given, f"{group}-{tail}", group=group, language=language, file="clauses")
        for (language, tail), given in zip(TAILS.items(), answers, strict=False)
    ]


def test_negatives_are_counted_as_answered_or_not_and_others_are_not_counted() -> None:
    results = [
        result(GOOD, "A"),
        result(GOOD, "B", outcome="not_covered"),
        result(NOTHING, "C", outcome="not_covered"),
        result(GOOD, "D", outcome="clarify"),
    ]
    assert negatives_answered(results) == [True, False, True]


def test_triples_are_equal_in_outcome_and_items_strictly_in_statements_too() -> None:
    other_lead = answer((("F037", "R-03"),), (("F049", "R-03"),), items=("R-03",))
    other_items = answer((("F049", "R-03"),), items=("R-03", "R-01"))
    results = [
        *triple("T1", GOOD, GOOD, GOOD),
        *triple("T2", GOOD, GOOD, other_lead),
        *triple("T3", GOOD, GOOD, other_items),
        *triple("T4", GOOD, GOOD, NOTHING),
    ]
    assert triples_equal(results, strict=False) == [True, True, False, False]
    assert triples_equal(results, strict=True) == [True, False, False, False]


def test_order_of_items_and_groups_that_are_not_whole_do_not_count() -> None:
    one, other = (answer((("F049",),), items=items) for items in (("A", "B"), ("B", "A")))
    assert triples_equal(triple("T1", one, other, one), strict=True) == [True]
    assert triples_equal(triple("T1", one, one), strict=True) == []
    assert triples_equal([result(GOOD, f"A{n}", group="A") for n in range(3)], strict=True) == []


def test_three_wordings_that_happen_to_be_in_three_languages_are_no_triple() -> None:
    wordings = [
        result(GOOD, f"A{n}", group="A1", language=language) for n, language in enumerate(TAILS)
    ]
    assert triples_equal(wordings, strict=True) == []


def test_what_is_not_asked_for_is_left_out() -> None:
    some = proportion([True, None, False, True])
    assert some
    assert some.value == pytest.approx(2 / 3)
    assert some.n == 3
    assert proportion([None]) is None
    share = mean([1.0, None, 0.0])
    assert share
    assert (share.value, share.n) == (0.5, 2)
    assert mean([]) is None


def test_totals_by_hand() -> None:
    """Right; wrong first sentence and one item of two; declined though it is covered; declined."""
    wordy = answer((("F001",),), (("F049", "R-03"),), items=("R-03", "R-04"))
    totals = total(
        [
            result(GOOD, "A"),
            result(wordy, "B"),
            result(NOTHING, "C"),
            result(NOTHING, "D", outcome="not_covered", ids=(), facts=(), lead=()),
        ]
    )
    values = {
        name: (estimate.value, estimate.n)
        for name in (
            "all_right", "outcome", "lead", "facts", "facts_share", "ids", "recall", "precision",
            "items", "negatives_answered",
        )
        if (estimate := getattr(totals, name)) is not None
    }  # fmt: skip
    third, two_thirds = pytest.approx(1 / 3), pytest.approx(2 / 3)
    assert totals.n == 4
    assert values == {
        "all_right": (0.5, 4),
        "outcome": (0.75, 4),
        "lead": (third, 3),
        "facts": (two_thirds, 3),
        "facts_share": (two_thirds, 3),
        "ids": (two_thirds, 3),
        "recall": (two_thirds, 3),
        "precision": (0.75, 2),  # mean of 1 and 1/2
        "items": (1.5, 2),  # one item and two, in two answers
        "negatives_answered": (0.0, 1),
    }


def test_tables_have_a_row_for_each_intent_language_and_file_and_no_question() -> None:
    results = [result(GOOD, "A"), result(NOTHING, "B", intent="next", language="zh-Hans")]
    text = tables(results)
    rows = [line.split("|")[1].strip() for line in text.splitlines() if line.startswith("|")]
    assert {"next", "who", "en", "zh-Hans", "answerable"} <= set(rows)
    assert results[0].asked.text not in text


def test_percent_rounds_and_says_where_nothing_was_measured() -> None:
    assert percent(proportion([True] * 81 + [False] * 182)) == "31 (26-37)"
    assert percent(None) == "-"


def test_table_lines_up() -> None:
    assert table(("a", "bcd"), [("long", "1")]) == (
        "| a    | bcd |\n"
        "| ---- | --: |\n"
        "| long |   1 |\n"
    )  # fmt: skip
