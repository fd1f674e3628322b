"""A clock that is set by hand, and an answer with two passages."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from assistant.types import (
    Answer,
    Block,
    Citation,
    Item,
    KeptPassage,
    Passage,
    Progress,
    Question,
    Sentence,
    Span,
    StoredLanguage,
    Understanding,
)

QUESTION = Question("内审要做几次？😀 \u202eعربي")


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 8, 30, 0, 123456, UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


def passage(document: str, text: str = "S8\n认证前至少要做一次内部审核。") -> KeptPassage:
    digest = sha256(text.encode()).hexdigest()
    quoted = text.splitlines()[-1]
    span = Span("F156", text.index(quoted), len(text))
    identifier = f"{document}#action/zh@{digest[:12]}"
    stored = Passage(identifier, document, "内部审核", "做法", "zh", text, digest, ("S8",), (span,))
    source: tuple[tuple[StoredLanguage, str], ...] = (
        ("zh", "认证实施指南"),
        ("en", "Implementation guide"),
    )
    return KeptPassage(stored, source, "own", "2026-11-20", "20261120-1")


AUDIT, REVIEW = passage("steps/S8"), passage("steps/S9", "S9\n管理评审由最高管理者主持。")


def citation(kept: KeptPassage, n: int) -> Citation:
    span = kept.passage.spans[0]
    return Citation(
        n=n,
        passage_id=kept.passage.id,
        document_id=kept.passage.document_id,
        title=kept.passage.title,
        locator=kept.passage.locator,
        about=("S8", span.statement_id),
        quote=kept.passage.text[span.start : span.end],
        start=span.start,
        end=span.end,
        sha256=kept.passage.sha256,
        source="认证实施指南",
        wording="own",
        confidence="high",
        checked=None,
        applies_to="*",
        caution=None,
        support=1.0,
    )


def answered(*cited: KeptPassage, **changed: object) -> Answer:
    numbers = tuple(range(1, len(cited) + 1))
    answer = Answer(
        outcome="answered",
        language="zh-Hans",
        blocks=(Block("lead", (Sentence("认证前至少要做一次内部审核。", "claim", numbers),)),),
        items=(Item("step", "S8", "内部审核", "至少一次", numbers, owner=("R-03",)),),
        citations=tuple(citation(kept, n) for n, kept in zip(numbers, cited, strict=True)),
        suggestions=("由谁来组织？",),
        warnings=(),
        understood=Understanding("frequency", ("T-internal-audit",), None, Progress(("S1",))),
        engine="extractive",
        as_of="2026-11-20",
        generation="20261120-1",
        timings_ms=(("understand", 1.5),),
    )
    return replace(answer, **changed)  # type: ignore[arg-type]
