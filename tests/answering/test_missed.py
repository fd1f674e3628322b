"""Questions asked in vain, beside what the corpus says nearest to them."""

from datetime import UTC, datetime

from assistant.answering.missed import list_missed
from assistant.answering.snapshot import Snapshot
from assistant.listings import Gap
from tests.index.fakes import FakeEmbedder

NOW = datetime(2026, 11, 23, tzinfo=UTC)
GAP = Gap("内审员的工资由谁定？", "zh-Hans", 2, 2, 0, 0, NOW, NOW, "not_covered", ())


def test_gap_is_told_with_what_is_nearest_in_the_readers_language(snapshot: Snapshot) -> None:
    found = list_missed((GAP,), 7, "en", snapshot, FakeEmbedder())
    (item,) = found.items
    assert (item.question, item.count, found.total) == (GAP.question, 2, 7)
    assert 1 <= len(item.nearest) <= 3
    for said in item.nearest:
        statement = snapshot.knowledge.statements[said.id]
        assert said.text == statement.text.en
        cited = [c for c in found.citations if c.n in said.citations]
        assert any(said.id in citation.about and citation.quote == said.text for citation in cited)
    assert any("R-09" in citation.about for citation in found.citations)
