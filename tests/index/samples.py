"""A few passages to index."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from assistant.index.generations import publish
from assistant.index.manifest import Manifest
from assistant.types import Passage, Span, StoredLanguage
from tests.index.fakes import FakeEmbedder

BUILT = datetime(2026, 11, 23, 13, 30, tzinfo=UTC)


def passage(locator: str, language: StoredLanguage, text: str) -> Passage:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Passage(
        id=f"guide#{locator}@{sha256[:12]}",
        document_id="guide",
        title="指南" if language == "zh" else "Guide",
        locator=locator,
        language=language,
        text=text,
        sha256=sha256,
        about=("S1",),
        spans=(Span(f"{locator}/1", 0, len(text)),),
    )


PASSAGES = (
    passage("audit", "zh", "内部审核由最高管理者任命的审核员进行。"),
    passage("audit-en", "en", "The internal audit is done by auditors whom top management names."),
    passage("scope", "zh", "管理体系的范围写在范围说明里。"),
    passage(
        "scope-en", "en", "The scope of the management system is stated in the scope statement."
    ),
    passage("review", "zh", "管理评审每年至少进行一次。"),
    passage("review-en", "en", "Management reviews the system at least once a year."),
    passage("odd", "en", "…\u2028— ﹗ 😀"),
)


def publish_samples(
    collection_dir: Path, passages: tuple[Passage, ...] = PASSAGES, digest: str = "one"
) -> Manifest:
    embedder = FakeEmbedder()
    return publish(
        collection_dir,
        passages,
        embedder.embed_all("passage", [p.text for p in passages], lambda _: None),
        {"knowledge.json": b"{}"},
        fingerprint=embedder.fingerprint,
        digest=digest,
        built_at=BUILT,
        step=lambda _: None,
    )
