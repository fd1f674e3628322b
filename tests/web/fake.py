"""A backend of the same interface as the real one, and the answer it gives."""

from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from assistant import listings as ls
from assistant import types as t
from assistant.deadline import Deadline
from assistant.errors import InvalidInput, NotFound
from assistant.memory.database import Database, sqlite_url
from assistant.memory.records import Reply, Turn
from assistant.memory.store import Store

TEXT = "S8 内部审核与管理评审 😀\n内部审核之后进行管理评审。\n管理评审由最高管理者主持。"
QUOTE = "内部审核之后进行管理评审。"
START = TEXT.index(QUOTE)
DIGEST = sha256(TEXT.encode()).hexdigest()
PASSAGE = t.Passage(
    id=f"steps/S8#action/zh@{DIGEST[:12]}",
    document_id="steps/S8",
    title="S8 内部审核与管理评审",
    locator="做法",
    language="zh",
    text=TEXT,
    sha256=DIGEST,
    about=("S8",),
    spans=(t.Span("F155", START, START + len(QUOTE)),),
)
CITATION = t.Citation(
    n=1,
    passage_id=PASSAGE.id,
    document_id=PASSAGE.document_id,
    title=PASSAGE.title,
    locator=PASSAGE.locator,
    about=("S8", "F155"),
    quote=QUOTE,
    start=START,
    end=START + len(QUOTE),
    sha256=DIGEST,
    source="ISO20000 认证实施指南",
    wording="own",
    confidence="medium",
    checked="title",
    applies_to="CN",
    caution="各认证机构的做法可能不同。",
    support=1.0,
)
KEPT = t.KeptPassage(
    PASSAGE, (("zh", CITATION.source), ("en", "Guide")), "own", "2026-11-20", "20261120-1"
)
ANSWER = t.Answer(
    outcome="answered",
    language="zh-Hans",
    blocks=(
        t.Block("lead", (t.Sentence("内部审核之后，下一步是管理评审（S8.6）。", "claim", (1,)),)),
        t.Block("paragraph", (t.Sentence("由最高管理者主持。", "claim", (1,)),)),
        t.Block(
            "list",
            (
                t.Sentence("先关闭不符合项。", "claim", (1,)),
                t.Sentence("<b>[x](http://evil)</b> 没有收录。", "talk"),
            ),
        ),
    ),
    items=(
        t.Item("step", "S8.6", "管理评审", "评审体系是否持续适宜、充分、有效。", (1,)),
        t.Item("role", "R-01", "最高管理者", "主持管理评审。", (1,)),
        t.Item(
            "document",
            "DM-54",
            "管理评审报告",
            "记录结论与改进决定。",
            (1,),
            requirement="mandatory",
            basis="9.3",
            owner=("R-01", "R-03"),
        ),
        t.Item("clause", "9.3", "管理评审", "按计划的间隔评审。", (1,)),
    ),
    citations=(CITATION,),
    suggestions=("管理评审要准备哪些输入？",),
    warnings=("请向认证机构确认。",),
    understood=t.Understanding("next_step", ("S8",), "CN", t.Progress(("S1", "S2.3"), ("S8",))),
    engine="extractive",
    as_of="2026-11-20",
    generation="20261120-1",
    timings_ms=(("understand", 1.5), ("retrieve", 20.0)),
)

BUILT_AT = "2026-11-20T08:00:00+00:00"
S7 = ls.Link("S7", "试运行", "*", None, ("F155",), (1,))
PART = ls.Step("S8.6", "管理评审", QUOTE, False, (), (), (), (1,))
STEP = ls.Step("S8", "内部审核与管理评审", QUOTE, False, (PART,), (S7,), (), (1,))
ROAD = ls.Listing((STEP,), (CITATION,), "2026-11-20", "20261120-1")
ONWARD = ls.Onward(
    done=("S7",),
    implied=(S7,),
    next=(STEP,),
    waiting=(ls.WaitingStep("S9", "正式运行", (S7,), (1,)),),
    stuck=("S2.3",),
    citations=(CITATION,),
    as_of="2026-11-20",
    generation="20261120-1",
)
ROLE = ls.Role(
    id="R-01",
    name="最高管理者",
    aliases=("总经理",),
    definition=ls.Said("R-01/1", "最高管理者领导整个组织。", (1,)),
    duties=(ls.Said("R-01/d4", "最高管理者进行管理评审。", (1,)),),
    steps=(S7,),
    documents=(),
    clauses=(ls.Link("9.3", "管理评审", "*", None, ("R-01/d4",), (1,)),),
    citations=(CITATION,),
    as_of="2026-11-20",
    generation="20261120-1",
)
DOCUMENT = ls.Document(
    id="DM-54",
    title="管理评审结果",
    purpose="记录结论与改进决定。",
    requirement="mandatory",
    applies_to="*",
    basis="9.3",
    owners=(ls.Link("R-01", "最高管理者", "*", None, ("DM-54/o",), (1,)),),
    steps=(ls.Link("S8", "内部审核与管理评审", "CN", None, ("F155",), (1,)),),
    clauses=(),
    citations=(1,),
)
DUE = ls.DueDate(
    id="first_surveillance-CN-issue-2026-03-01",
    title="首次监督审核的最后期限（中国）",
    text="在中国，首次监督审核最晚在 2027 年 3 月 1 日进行。",
    last=date(2027, 3, 1),
    opens=None,
    applies_to="CN",
    citations=(1,),
)
DATES = ls.Listing((DUE,), (CITATION,), "2026-11-20", "20261120-1")
DOCUMENTS = ls.Listing((DOCUMENT,), (CITATION,), "2026-11-20", "20261120-1")


def forgetful() -> "FakeBackend":
    """With a memory that cannot be used, where none is needed."""
    return FakeBackend(Store(Database(sqlite_url(Path("/nowhere/memory.db")))))


@dataclass
class FakeBackend:
    """Raises ``error`` if there is one; keeps what it was asked. Its memory is real."""

    memory: Store
    given: t.Answer = ANSWER
    error: Exception | None = None
    asked: list[t.Question] = field(default_factory=list)
    listed: list[tuple[object, ...]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)

    def start(self) -> None:
        self.calls.append("start")

    def close(self) -> None:
        self.calls.append("close")

    def reply(self, turn: Turn, deadline: Deadline) -> t.Answer:
        self.asked.append(turn.question)
        return self.memory.settle(turn, lambda: self._reply(turn.question, deadline))

    def _reply(self, question: t.Question, deadline: Deadline) -> Reply:
        """What tests replace to answer otherwise."""
        if self.error:
            raise self.error
        return self.given, (KEPT,) if self.given.citations else ()

    def passage(self, passage_id: str, language: t.Language) -> t.OpenedPassage:
        if self.error:
            raise self.error
        if passage_id != PASSAGE.id:
            kept = self.memory.passage(passage_id)
            return t.OpenedPassage(kept.passage, "", "own", "kept", "", "", PASSAGE.id)
        notice = {"zh-Hans": "Certpath 的转述", "zh-Hant": "Certpath 的轉述"}.get(
            language, "Certpath's paraphrase"
        )
        return t.OpenedPassage(PASSAGE, CITATION.source, "own", notice, "2026-11-20", "20261120-1")

    def process(self, language: t.Language) -> ls.Listing[ls.Step]:
        self._list("process", language)
        return ROAD

    def next_steps(
        self, progress: t.Progress, region: t.Region | None, language: t.Language
    ) -> ls.Onward:
        self._list(progress, region, language)
        if "S99" in progress.done:
            raise InvalidInput("unknown", f"S99 in {language}")
        return ONWARD

    def role(self, role_id: str, language: t.Language) -> ls.Role:
        self._list(role_id, language)
        if role_id != ROLE.id:
            raise NotFound(f"no role {role_id}")
        return ROLE

    def dates(
        self, given: ls.GivenDates, region: t.Region | None, language: t.Language
    ) -> ls.Listing[ls.DueDate]:
        self._list(given, region, language)
        if given == ls.GivenDates():
            raise InvalidInput("none", f"no date in {language}")
        return DATES

    def documents(self, wanted: ls.DocumentFilter, language: t.Language) -> ls.Listing[ls.Document]:
        self._list(wanted, language)
        return DOCUMENTS

    def _list(self, *asked: object) -> None:
        self.listed.append(asked)
        if self.error:
            raise self.error

    def gaps(self, limit: int, offset: int, language: t.Language) -> ls.Gaps:
        found, total = self.memory.gaps(limit=limit, offset=offset)
        said = (ls.Said("F155", f"{QUOTE}{language}", (1,)),)
        items = tuple(replace(gap, nearest=said) for gap in found)
        return ls.Gaps(items, total, (CITATION,), "2026-11-20", "20261120-1")

    def readiness(self) -> t.Readiness:
        if self.error:
            return t.Readiness(
                ready=False, generation=None, built_at=None, problem="the index is being opened"
            )
        return t.Readiness(True, "20261120-1", BUILT_AT, None)
