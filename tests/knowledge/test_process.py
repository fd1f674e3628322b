"""What comes next is worked out from the graph."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.knowledge.loading import load_corpus
from assistant.knowledge.model import Entity, Knowledge, Recurrence, Relation, Text
from assistant.knowledge.process import contradicted, following, next_steps, preceding, road
from assistant.types import Region
from tests.knowledge import small


@pytest.fixture
def knowledge(tmp_path: Path) -> Knowledge:
    return load_corpus(small.write(tmp_path))


def test_nothing_done_leaves_the_first_step_next_and_the_others_waiting(
    knowledge: Knowledge,
) -> None:
    steps = next_steps(knowledge, ())
    assert steps.next == ("S1",)
    assert [(w.step, w.needs[0].target) for w in steps.waiting] == [("S2", "S1")]


def test_done_includes_what_was_needed_for_it(knowledge: Knowledge) -> None:
    steps = next_steps(knowledge, ("S2",))
    assert steps.done == ("S1", "S2")
    assert steps.next == ("S3",)


def test_following_and_preceding_are_each_others_inverse(knowledge: Knowledge) -> None:
    assert [r.origin for r in following(knowledge, "S1")] == ["S2"]
    assert [r.target for r in preceding(knowledge, "S2")] == ["S1"]
    assert following(knowledge, "S3") == ()


def test_optional_step_holds_nothing_up(tmp_path: Path) -> None:
    optional = ("- {id: S2, needs", "- {id: S2, optional: true, needs")
    assert next_steps(load_corpus(small.write(tmp_path, steps=optional)), ()).next == ("S1", "S3")


def test_road_is_in_the_order_of_the_numbers(knowledge: Knowledge) -> None:
    assert road(knowledge) == ("S1", "S2", "S3")


def test_what_was_needed_is_told_with_the_reason(knowledge: Knowledge) -> None:
    (implied,) = next_steps(knowledge, ("S2",)).implied
    assert (implied.origin, implied.target, implied.because) == ("S2", "S1", ("S2/1",))
    assert next_steps(knowledge, ("S2", "S1")).implied == ()


def test_stuck_step_is_not_next_but_waits_where_it_needs_something(knowledge: Knowledge) -> None:
    assert next_steps(knowledge, (), stuck=("S1",)).next == ()
    stuck = next_steps(knowledge, (), stuck=("S2",))
    assert (stuck.next, [w.step for w in stuck.waiting]) == (("S1",), ["S2"])


@pytest.mark.parametrize(
    ("region", "implied", "upcoming"),
    [("CN", ["S1"], ("S3",)), ("HK", [], ("S1", "S3")), (None, [], ("S1", "S3"))],
)
def test_done_implies_only_what_is_needed_where_the_asker_is(
    tmp_path: Path, region: Region | None, implied: list[str], upcoming: tuple[str, ...]
) -> None:
    knowledge = only_in_china(tmp_path)
    found = next_steps(knowledge, ("S2",), region=region)
    assert [relation.target for relation in found.implied] == implied
    assert found.next == upcoming


@pytest.mark.parametrize(
    ("region", "waiting"), [("CN", ["S2"]), ("TW", []), ("other", []), (None, ["S2"])]
)
def test_need_of_one_place_holds_nothing_up_elsewhere(
    tmp_path: Path, region: Region | None, waiting: list[str]
) -> None:
    found = next_steps(only_in_china(tmp_path), (), region=region)
    assert [one.step for one in found.waiting] == waiting


def test_conditional_need_is_not_taken_for_done(tmp_path: Path) -> None:
    conditional = ("{step: S1, because", "{step: S1, condition: {zh: 有, en: if any}, because")
    knowledge = load_corpus(small.write(tmp_path, steps=conditional))
    assert next_steps(knowledge, ("S2",)).done == ("S2",)


def test_part_shares_the_needs_of_its_whole_and_is_done_with_it(knowledge: Knowledge) -> None:
    with_part = add_part(knowledge)
    assert next_steps(with_part, ("S2.1",)).done == ("S1", "S2", "S2.1")
    waiting = next_steps(with_part, (), stuck=("S2.1",)).waiting
    assert [(one.step, one.needs[0].target) for one in waiting] == [("S2", "S1"), ("S2.1", "S1")]
    assert next_steps(with_part, ("S2",), stuck=("S2.1",)).waiting == ()


def test_step_is_done_when_all_its_parts_are_that_nobody_may_leave_out(
    knowledge: Knowledge,
) -> None:
    both = add_part(add_part(knowledge), "S2.2")
    assert next_steps(both, ("S2.1",)).next == ("S2",)
    assert next_steps(both, ("S2.1", "S2.2")).next == ("S3",)
    one_optional = add_part(add_part(knowledge), "S2.2", optional=True)
    assert next_steps(one_optional, ("S2.1",)).next == ("S3",)


def test_step_with_a_part_that_comes_back_is_never_done_by_its_parts(knowledge: Knowledge) -> None:
    recurs = Recurrence(Text("每年", "every year"), ("F002",))
    assert next_steps(add_part(knowledge, recurs=recurs), ("S2.1",)).next == ("S2",)


def test_stuck_on_what_is_done_or_needed_for_it_is_contradicted(knowledge: Knowledge) -> None:
    with_part = add_part(knowledge)
    for done, stuck, both in [
        (("S2",), ("S2",), ("S2",)),
        (("S2",), ("S1", "S3"), ("S1",)),
        (("S2",), ("S2.1",), ("S2.1",)),
        (("S1",), ("S2",), ()),
    ]:
        assert contradicted(with_part, next_steps(with_part, done, stuck), stuck) == both


def only_in_china(folder: Path) -> Knowledge:
    """S2 needs S1 in China only."""
    need = ("{step: S1, because", "{step: S1, applies_to: CN, because")
    return load_corpus(small.write(folder, steps=need))


def add_part(
    knowledge: Knowledge,
    part_id: str = "S2.1",
    *,
    optional: bool = False,
    recurs: Recurrence | None = None,
) -> Knowledge:
    """S2 has one more part."""
    part = Entity(part_id, "part", Text("计划", "Plan"), optional=optional, recurs=recurs)
    relation = Relation(part_id, "part_of", "S2", ("F002",))
    return replace(
        knowledge,
        entities={**knowledge.entities, part.id: part},
        relations=(*knowledge.relations, relation),
    )
