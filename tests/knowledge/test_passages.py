"""Passages carry their statements word for word, with a heading that says whose they are."""

import hashlib
from pathlib import Path

from assistant.knowledge.loading import load_corpus
from assistant.knowledge.passages import build_passages
from tests.knowledge import small


def test_every_statement_stands_at_its_span_in_both_languages(tmp_path: Path) -> None:
    knowledge = load_corpus(small.write(tmp_path))
    found = {
        (span.statement_id, passage.language): passage.text[span.start : span.end]
        for passage in build_passages(knowledge)
        for span in passage.spans
    }
    expected = {
        (statement.id, language): statement.text.stored(language)
        for statement in knowledge.statements.values()
        for language in ("zh", "en")
    }
    assert found == expected


def test_heading_names_the_entity_and_id_is_made_of_place_and_content(tmp_path: Path) -> None:
    passages = build_passages(load_corpus(small.write(tmp_path)))
    passage = next(p for p in passages if p.locator == "S2/zh" and p.document_id == "guide")
    assert passage.text.splitlines()[0] == "S2 内部审核（内审）"
    digest = hashlib.sha256(passage.text.encode()).hexdigest()
    assert passage.id == f"guide#S2/zh@{digest[:12]}"
    assert passage.about == ("S2", "R-09")


def test_sources_do_not_share_a_passage(tmp_path: Path) -> None:
    passages = build_passages(load_corpus(small.write(tmp_path)))
    documents = {p.document_id for p in passages if p.locator == "S2/en"}
    assert documents == {"guide", "certpath"}
