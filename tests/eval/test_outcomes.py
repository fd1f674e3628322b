"""The committed file of outcomes, and that getting worse fails the check."""

from dataclasses import replace
from pathlib import Path

import pytest

from eval import outcomes
from eval.questions import folder_of, load
from eval.report import check
from tests.eval.samples import GOOD, NOTHING, answer, result

LATE = answer((("F001", "S1"),), (("F049", "R-03"),), items=("R-03",))


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    """A1 is right in everything, A2 in nothing, A3 wants nothing but a no and gets it."""
    path = tmp_path / "outcomes" / "dev.tsv"
    no = result(NOTHING, "A3", outcome="not_covered", ids=(), facts=(), lead=())
    outcomes.write(path, outcomes.lines([no, result(NOTHING, "A2"), result(GOOD, "A1")]))
    return path


def test_one_line_a_question_sorted_by_id(recorded: Path) -> None:
    assert recorded.read_text("utf-8").splitlines() == [
        "question\toutcome\tright\tids\tfacts\tlead",
        "A1\tanswered\tyes\tyes\tyes\tyes",
        "A2\tnot_covered\tno\tno\tno\tno",
        "A3\tnot_covered\tyes\t-\t-\t-",
    ]


def test_what_is_written_is_read(recorded: Path) -> None:
    before = outcomes.read(recorded)
    outcomes.write(recorded, before)
    assert outcomes.read(recorded) == before


@pytest.mark.parametrize(
    "text",
    [
        "",
        "question\tok\n",
        "question\toutcome\tright\tids\tfacts\tlead\nA1\tanswered\tmaybe\t-\t-\t-\n",
    ],
)
def test_a_file_of_another_kind_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "dev.tsv"
    path.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"dev\.tsv"):
        outcomes.read(path)


@pytest.mark.parametrize("name", ["right", "ids", "facts", "lead"])
def test_each_of_outcome_ids_facts_and_lead_getting_worse_is_a_regression(
    name: str, recorded: Path
) -> None:
    before = outcomes.read(recorded)
    worse = (replace(before[0], **{name: False}), *before[1:])  # type: ignore[arg-type]
    assert len(outcomes.regressions(before, worse)) == 1
    assert outcomes.regressions(before, worse)[0].startswith("A1: ")
    assert outcomes.regressions(worse, before) == []
    assert len(outcomes.improvements(worse, before)) == 1


def test_what_is_no_longer_asked_for_did_not_get_worse(recorded: Path) -> None:
    before = outcomes.read(recorded)
    assert outcomes.regressions(before, (replace(before[0], lead=None), *before[1:])) == []


THIRD = result(NOTHING, "A3", outcome="not_covered", ids=(), facts=(), lead=())


def test_check_passes_what_is_as_it_was(recorded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results = [result(GOOD, "A1"), result(NOTHING, "A2"), THIRD]
    assert check(results, recorded) == 0
    assert "No question of 3" in capsys.readouterr().out


def test_check_fails_and_says_what_got_worse(
    recorded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = recorded.read_text("utf-8")
    results = [result(LATE, "A1"), result(NOTHING, "A2"), THIRD]
    assert check(results, recorded) == 1
    assert "Was right and is wrong now: 1\n  A1: lead\n" in capsys.readouterr().out
    assert recorded.read_text("utf-8") == before


def test_check_fails_where_a_question_that_must_not_be_answered_is(
    recorded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = result(GOOD, "A3", outcome="not_covered", ids=(), facts=(), lead=())
    assert check([result(GOOD, "A1"), result(NOTHING, "A2"), wrong], recorded) == 1
    assert "A3: outcome, answered" in capsys.readouterr().out


def test_getting_better_makes_up_for_nothing_and_fails_nothing(
    recorded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check([result(GOOD, "A1"), result(GOOD, "A2"), THIRD], recorded) == 0
    assert "Was wrong and is right now: 4" in capsys.readouterr().out
    assert check([result(LATE, "A1"), result(GOOD, "A2"), THIRD], recorded) == 1


def test_check_fails_where_the_file_has_other_questions(
    recorded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        check([result(GOOD, "A1"), result(NOTHING, "A2"), THIRD, result(GOOD, "A4")], recorded) == 1
    )
    assert check([result(GOOD, "A1"), result(NOTHING, "A2")], recorded) == 1
    assert "A4" in capsys.readouterr().out


def test_the_committed_file_is_of_questions_for_building() -> None:
    committed = [line.question for line in outcomes.read(outcomes.path_of("dev"))]
    assert committed == sorted(set(committed))
    assert set(committed) == {q.id for q in load(folder_of("dev"))}
