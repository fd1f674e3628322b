"""Loading a set of questions, and refusing what is not one."""

from pathlib import Path

import pytest

from assistant.knowledge.loading import load_corpus
from assistant.settings import Settings
from eval.metrics import with_parents
from eval.questions import Part, folder_of, load

GOOD = "id: A1, group: A1, language: en, intent: who, step: S1, outcome: answered, ids: [[S1, S2], [R-01]], facts: [[F001]], lead: [F001]"


def written(folder: Path, text: str) -> Path:
    (folder / "answerable.yaml").write_text(text, "utf-8")
    return folder


def test_a_question_is_loaded_with_its_alternatives(tmp_path: Path) -> None:
    (asked,) = load(written(tmp_path, f"- {{{GOOD}, text: Who}}"))
    assert (asked.id, asked.file, asked.text, asked.history) == ("A1", "answerable", "Who", ())
    assert asked.ids == (("S1", "S2"), ("R-01",))
    assert (asked.facts, asked.lead) == ((("F001",),), ("F001",))


def test_a_question_may_say_where_the_asker_is(tmp_path: Path) -> None:
    (told,) = load(written(tmp_path, f"- {{{GOOD}, text: Who, region: CN}}"))
    (untold,) = load(written(tmp_path, f"- {{{GOOD}, text: Who}}"))
    assert (told.region, untold.region) == ("CN", None)


def test_a_turn_of_a_dialogue_is_asked_after_those_before_it(tmp_path: Path) -> None:
    turns = [f"    - {{{GOOD.replace('A1', f'D1-{n}', 1)}, text: turn {n}}}" for n in (1, 2, 3)]
    first, second, third = load(
        written(tmp_path, "- id: D1\n  group: D1\n  turns:\n" + "\n".join(turns))
    )
    assert first.history == ()
    assert second.history == ("turn 1",)
    assert third.history == ("turn 1", "turn 2")


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        (GOOD, "text"),
        (f"{GOOD}, text: x, note: y", "note"),
        (f"{GOOD}, text: x".replace("language: en", "language: fr"), "'fr' is none of"),
        (f"{GOOD}, text: x".replace("outcome: answered", "outcome: fine"), "'fine' is none of"),
        (f"{GOOD}, text: x".replace("[[F001]]", "[F001]"), "not a list"),
        (f"{GOOD}, text: x".replace("[[F001]]", "[[]]"), "not a list"),
        (f"{GOOD}, text: x".replace("R-01", "8.2"), "put it in quotes"),
        (f"{GOOD}, text: x, region: Bavaria", "'Bavaria' is none of"),
    ],
)
def test_what_is_no_question_is_refused_by_file_and_id(
    entry: str, problem: str, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=problem) as raised:
        load(written(tmp_path, f"- {{{entry}}}"))
    assert "answerable.yaml: A1" in str(raised.value)


def test_an_id_that_comes_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="A1 comes twice"):
        load(written(tmp_path, f"- {{{GOOD}, text: x}}\n- {{{GOOD}, text: y}}"))


@pytest.mark.parametrize("part", ["dev", "final"])
def test_the_questions_of_a_part_are_whole(part: Part) -> None:
    questions = load(folder_of(part))
    files = {asked.file for asked in questions}
    assert files >= {"answerable", "dialogues", "negatives", "triples"}
    triples: dict[str, list[str]] = {}
    for asked in questions:
        if asked.file == "triples":
            triples.setdefault(asked.group, []).append(asked.language)
        if asked.outcome != "answered":
            assert not asked.facts, asked.id
    assert {tuple(sorted(languages)) for languages in triples.values()} == {
        ("en", "zh-Hans", "zh-Hant")
    }
    assert any(asked.history for asked in questions)


@pytest.mark.parametrize("part", ["dev", "final"])
def test_what_is_expected_stands_in_the_corpus(part: Part) -> None:
    knowledge = load_corpus(Settings().corpus_dir)
    known = with_parents({*knowledge.entities, *knowledge.statements})
    assert not {
        (asked.id, expected)
        for asked in load(folder_of(part))
        for alternatives in (*asked.ids, *asked.facts, asked.lead)
        for expected in alternatives
        if expected not in known
    }


def test_no_question_or_group_is_in_both_parts() -> None:
    dev, final = load(folder_of("dev")), load(folder_of("final"))
    groups = {asked.group for asked in dev} & {asked.group for asked in final}
    texts = {asked.text for asked in dev if not asked.history}
    assert not groups
    assert not [asked.id for asked in final if not asked.history and asked.text in texts]


def test_enough_triples_are_set_aside_to_tell_nine_in_ten() -> None:
    groups = {asked.group for asked in load(folder_of("final")) if asked.file == "triples"}
    assert len(groups) >= 60
