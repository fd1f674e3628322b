"""What comes next is worked out from the graph."""

from pathlib import Path

import pytest

from assistant.knowledge.loading import load_corpus
from assistant.knowledge.model import Knowledge
from assistant.knowledge.process import following, next_steps, preceding, road
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
