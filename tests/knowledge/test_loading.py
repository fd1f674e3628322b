"""The loader takes a sound corpus, and names file, line and id of every fault in another."""

from pathlib import Path

import pytest

from assistant.errors import CorpusError, Problem
from assistant.knowledge.loading import dump, load_corpus, restore
from tests.knowledge import small


def problems_of(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(CorpusError) as caught:
        load_corpus(folder)
    return caught.value.problems


def test_sound_corpus_gives_statements_with_their_homes_and_relations(tmp_path: Path) -> None:
    knowledge = load_corpus(small.write(tmp_path))
    assert knowledge.as_of == "2026-11-23"
    assert knowledge.statements["F003"].entity == "S2"
    assert [s.id for s in knowledge.about("R-09")] == ["F003"]
    assert knowledge.relations_from("S3", "usually_after")[0].because == ("F002", "F003")


def test_what_is_dumped_is_restored_the_same(tmp_path: Path) -> None:
    knowledge = load_corpus(small.write(tmp_path))
    assert restore(dump(knowledge)) == knowledge


def test_empty_folder_is_refused_by_name(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path)
    assert str(tmp_path) in problem.file
    assert "no knowledge files" in problem.message


@pytest.mark.parametrize(
    ("old", "new", "line", "identifier", "words"),
    [
        ("en: Formal operation}", "}", 26, "S3", "en: Field required"),
        ("about: [R-09]", "about: [R-77]", 19, "F003", "unknown entity 'R-77'"),
        ("because: S2/1", "because: S2/9", 8, "S2", "unknown statement 'S2/9'"),
        ("source: guide, facets: [role]", "source: book, facets: [role]", 19, "F003", "unknown source"),
        ("{id: F003", "{id: F002", 19, "F002", "defined twice; first in steps.yaml:13"),
        ("id: S3\n", "id: S2\n", 24, "S2", "defined twice"),
        ("- {id: S1}", "- {id: S1, needs: [{step: S2, because: S2/1}]}", 2, "S1", "cycle in needs"),
        ("facets: [frequency]", "facets: [often]", 13, "F002", "Input should be"),
        ("kind: role", "kind: role\n  colour: red", 27, "R-09", "Extra inputs"),
        ("zh: 正式运行", "zh: 内审", 24, "S3", "also names S2; declare it"),
        ("- {id: S1}", "- {id: S1, id: S1}", 31, "", "a key stands twice"),
        ("kind: role", "kind: document", 27, "R-09", "how far it is required"),
        ("entities:", "entities: [", 2, "", "not valid YAML"),
    ],
)  # fmt: skip
def test_fault_is_named_with_file_line_and_id(
    tmp_path: Path, old: str, new: str, line: int, identifier: str, words: str
) -> None:
    found = problems_of(small.write(tmp_path, steps=(old, new)))
    fitting = [p for p in found if words in p.message and p.id == identifier]
    assert fitting, "\n".join(map(str, found))
    assert fitting[0].file == "steps.yaml"
    assert fitting[0].line == line


def test_questions_are_kept_with_what_answers_them_or_why_nothing_does(tmp_path: Path) -> None:
    answered, withheld = load_corpus(small.write(tmp_path)).questions
    assert answered.wordings == ("内审谁来做？", "谁去内审", "Who does the internal audit?")
    assert answered.answered_by == ("F003", "F002")
    assert (withheld.answered_by, withheld.withheld) == ((), "price")


@pytest.mark.parametrize(
    ("old", "new", "line", "identifier", "words"),
    [
        ("F003, F002", "F003, F009", 2, "内审谁来做？", "unknown statement 'F009'"),
        ("withheld: price", "withheld: dear", 3, "", "Input should be"),
        (", withheld: price", "", 3, "", "either `answered_by` or `withheld`"),
        ("withheld: price", "withheld: price, answered_by: [F002]", 3, "", "either"),
        (
            "What does it cost?",
            "Who does the internal audit?",
            3,
            "Who does the internal audit?",
            "twice",
        ),
    ],
)
def test_faulty_question_is_named_with_file_and_line(
    tmp_path: Path, old: str, new: str, line: int, identifier: str, words: str
) -> None:
    (problem,) = problems_of(small.write(tmp_path, questions=(old, new)))
    assert (problem.file, problem.line, problem.id) == ("questions.yaml", line, identifier)
    assert words in problem.message


def test_all_faults_are_reported_not_only_the_first(tmp_path: Path) -> None:
    folder = small.write(tmp_path, steps=("about: [R-09]", "about: [R-77, R-78]"))
    assert len(problems_of(folder)) == 2


def test_file_that_is_not_utf8_is_refused_not_skipped(tmp_path: Path) -> None:
    small.write(tmp_path)
    (tmp_path / "broken.yaml").write_bytes(b"as_of: '\xff\xfe'")
    (problem,) = problems_of(tmp_path)
    assert problem.file == "broken.yaml"


PERIOD = "- {event: expiry, of: S2, since: decision, months: 36, because: F002}"


def with_periods(folder: Path, *periods: str) -> Path:
    small.write(folder)
    (folder / "terms.yaml").write_text("\n".join(("periods:", *periods)), "utf-8")
    return folder


def test_period_is_kept_with_its_statement(tmp_path: Path) -> None:
    knowledge = load_corpus(with_periods(tmp_path, PERIOD))
    (period,) = knowledge.periods
    assert (period.event, period.months, period.because) == ("expiry", 36, ("F002",))
    assert restore(dump(knowledge)) == knowledge


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("F002", "F009", "unknown statement 'F009'"),
        ("of: S2", "of: S9", "of an unknown entity 'S9'"),
        ("of: S2", "of: S1", "no reason is about S1"),
        (", months: 36", "", "neither `months` nor `days`"),
        ("months: 36", "months: many", "months: Input should be"),
        ("since: decision", "since: ever", "Input should be"),
    ],
)
def test_faulty_period_is_named(tmp_path: Path, old: str, new: str, words: str) -> None:
    problems = problems_of(with_periods(tmp_path, PERIOD.replace(old, new)))
    assert any(words in problem.message for problem in problems), problems
    assert {(problem.file, problem.line) for problem in problems} == {("terms.yaml", 2)}


def test_second_period_for_the_same_is_refused(tmp_path: Path) -> None:
    (problem,) = problems_of(with_periods(tmp_path, PERIOD, PERIOD.replace("36", "24")))
    assert (problem.line, problem.id) == (3, "the period expiry (*)")


def test_period_may_not_hold_where_its_statement_does_not(tmp_path: Path) -> None:
    folder = with_periods(tmp_path, PERIOD)
    path = folder / "steps.yaml"
    text = path.read_text("utf-8").replace(
        "source: guide\n", "source: guide\n    applies_to: CN\n", 1
    )
    path.write_text(text, "utf-8")
    (problem,) = problems_of(folder)
    assert "F002 holds in 'CN' only" in problem.message
