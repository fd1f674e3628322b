"""Cited passages as their readers open them, in the index and after they have left it."""

from dataclasses import replace

import pytest

from assistant.answering.opening import keep, open_kept, open_passage
from assistant.answering.snapshot import Snapshot
from assistant.errors import NotFound


def test_passage_opens_the_same_from_the_index_and_as_kept(snapshot: Snapshot) -> None:
    for passage_id in list(snapshot.searcher.passages)[::50]:
        opened = open_passage(passage_id, "zh-Hant", snapshot)
        assert opened.superseded_by is None
        kept = open_kept(keep(passage_id, snapshot), "zh-Hant", snapshot)
        assert replace(kept, superseded_by=None) == opened


def test_kept_passage_names_what_stands_in_its_place_today(snapshot: Snapshot) -> None:
    current = list(snapshot.searcher.passages)[77]
    kept = keep(current, snapshot)
    place, _, digest = current.rpartition("@")
    for old, newer in (
        (f"{place}@{'0' * len(digest)}", current),
        (f"{place}-gone@{digest}", None),
    ):
        left = replace(kept, passage=replace(kept.passage, id=old))
        assert open_kept(left, "en", snapshot).superseded_by == newer


def test_unknown_passage_is_not_found(snapshot: Snapshot) -> None:
    with pytest.raises(NotFound):
        open_passage("steps/S8#action/zh@000000000000", "en", snapshot)
