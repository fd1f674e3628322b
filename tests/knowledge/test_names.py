"""Names are found by id, name and alias, in any script, and only where they are meant."""

from pathlib import Path

import pytest

from assistant.knowledge.loading import load_corpus
from assistant.knowledge.names import NameIndex, named
from assistant.language import fold
from tests.knowledge import small


@pytest.fixture
def names(tmp_path: Path) -> NameIndex:
    changes = ("steps:\n", "ambiguous: {审核报告: [S2, S3]}\nsteps:\n")
    return NameIndex(load_corpus(small.write(tmp_path, steps=changes)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("内审做完了", ("S2",)),
        ("內部審核與正式運行", ("S2", "S3")),
        ("Internal audits and the AUDITOR", ("S2", "R-09")),
        ("s2之后呢", ("S2",)),
        ("Ｓ２", ("S2",)),
        ("r09 和 R-09", ("R-09",)),
        ("auditorium", ()),
        ("S22", ()),
    ],
)
def test_names_and_ids_are_found(names: NameIndex, text: str, expected: tuple[str, ...]) -> None:
    assert named(names.find(fold(text)).found) == expected


def test_longest_name_wins(names: NameIndex) -> None:
    (mention,) = names.find(fold("内部审核")).found
    assert (mention.start, mention.end) == (0, 4)


def test_name_goes_before_the_plural_of_another(tmp_path: Path) -> None:
    aliases = ("aliases: [内审]", "aliases: [内审, ISM]")
    folder = small.write(tmp_path, steps=aliases)
    path = folder / "steps.yaml"
    content = path.read_text("utf-8").replace("kind: role", "kind: role\n  aliases: [ISMS]")
    path.write_text(content, "utf-8")
    names = NameIndex(load_corpus(folder))
    assert named(names.find("isms").found) == ("R-09",)
    assert named(names.find("ism").found) == ("S2",)


def test_declared_ambiguity_gives_all_readings_and_names_nothing(names: NameIndex) -> None:
    found = names.find(fold("审核报告")).found
    assert [mention.entities for mention in found] == [("S2", "S3")]
    assert named(found) == ()


def test_well_formed_id_that_does_not_exist_is_reported(names: NameIndex) -> None:
    assert names.find(fold("S20 和 DM-99")).unknown == ("S20", "DM-99")


def test_id_that_is_an_alias_names_its_entity_and_is_known(tmp_path: Path) -> None:
    alias = ("aliases: [内审]", "aliases: [DS-32]")
    names = NameIndex(load_corpus(small.write(tmp_path, steps=alias)))
    mentions = names.find(fold("DS-32"))
    assert named(mentions.found) == ("S2",)
    assert mentions.unknown == ()


@pytest.mark.parametrize("text", ["第9.2条", "clause 9.2.", "第 9.2 条", "9.2条"])
def test_clause_numbers_are_found_in_any_notation(tmp_path: Path, text: str) -> None:
    clause = ("id: R-09\n  kind: role", "id: '9.2'\n  kind: clause")
    changes = small.write(tmp_path, steps=clause)
    path = changes / "steps.yaml"
    path.write_text(path.read_text("utf-8").replace("about: [R-09]", "about: ['9.2']"), "utf-8")
    assert named(NameIndex(load_corpus(changes)).find(fold(text)).found) == ("9.2",)
