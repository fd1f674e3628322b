"""The nouns that more than one part of the house uses. Everything is immutable."""

from dataclasses import dataclass
from typing import Literal, Self

Language = Literal["zh-Hans", "zh-Hant", "en"]
"""What people read and write."""

StoredLanguage = Literal["zh", "en"]
"""What the corpus stores: ``zh`` is simplified; traditional is made from it."""

Region = Literal["CN", "HK", "TW", "other"]
Confidence = Literal["high", "medium", "low"]
Wording = Literal["own", "original"]
Outcome = Literal["answered", "clarify", "not_covered", "refused"]
SentenceKind = Literal["claim", "derivation", "talk"]
BlockKind = Literal["lead", "paragraph", "list"]
ItemKind = Literal["step", "role", "document", "clause"]


@dataclass(frozen=True, slots=True)
class Span:
    """Where one statement stands in a passage: ``text[start:end]``, in code points."""

    statement_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """An immutable text of a document in one language.

    ``id`` is ``<document>#<locator>@<first 12 hex of sha256 of text>``; ``about`` holds the ids of
    the entities it is about.
    """

    id: str
    document_id: str
    title: str
    locator: str
    language: StoredLanguage
    text: str
    sha256: str
    about: tuple[str, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found by search; ``score`` is fused, in 0..1, comparable within one query only."""

    passage_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Progress:
    """Step ids the asker says are done, and those they are stuck on."""

    done: tuple[str, ...] = ()
    stuck: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote that the reader can open: ``passage.text[start:end] == quote``.

    ``support`` (0..1) is the share of the citing claims' checkable parts found in the quote.
    """

    n: int
    passage_id: str
    document_id: str
    title: str
    locator: str
    about: tuple[str, ...]
    quote: str
    start: int
    end: int
    sha256: str
    source: str
    wording: Wording
    confidence: Confidence
    checked: str | None
    applies_to: str
    caution: str | None
    support: float


@dataclass(frozen=True, slots=True)
class Sentence:
    """``citations`` are numbers ``n``; empty for talk, never empty for a claim or a derivation."""

    text: str
    kind: SentenceKind
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    kind: BlockKind
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """Something of the domain that the answer names; the last three fields are for documents."""

    kind: ItemKind
    id: str
    title: str
    detail: str
    citations: tuple[int, ...]
    requirement: str | None = None
    basis: str | None = None
    owner: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Understanding:
    """What the question was taken to mean, told to the asker."""

    intent: str
    entities: tuple[str, ...]
    region: Region | None
    progress: Progress


@dataclass(frozen=True, slots=True)
class Answer:
    """The checked answer; ``timings_ms`` maps a stage to milliseconds."""

    outcome: Outcome
    language: Language
    blocks: tuple[Block, ...]
    items: tuple[Item, ...]
    citations: tuple[Citation, ...]
    suggestions: tuple[str, ...]
    warnings: tuple[str, ...]
    understood: Understanding
    engine: str
    as_of: str
    generation: str
    timings_ms: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """A question asked before in the same conversation, and what its answer was about.

    ``items`` are the things that the answer named, ``cited`` the ids of the statements it cited
    and of what they are about. All are empty where only the text is known.
    """

    text: str
    outcome: Outcome | None = None
    items: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str, answer: Answer) -> Self:
        return cls(
            text=text,
            outcome=answer.outcome,
            items=tuple(item.id for item in answer.items),
            cited=tuple(dict.fromkeys(i for c in answer.citations for i in c.about)),
        )


@dataclass(frozen=True, slots=True)
class Question:
    """``language`` is None where it has to be told from the text; ``history`` is oldest first."""

    text: str
    history: tuple[Earlier, ...] = ()
    language: Language | None = None
    region: Region | None = None
    progress: Progress = Progress()


@dataclass(frozen=True, slots=True)
class KeptPassage:
    """A cited passage with all that is needed to open it after it has left the index.

    ``source`` is the title of its publication in each stored language.
    """

    passage: Passage
    source: tuple[tuple[StoredLanguage, str], ...]
    wording: Wording
    as_of: str
    generation: str


@dataclass(frozen=True, slots=True)
class OpenedPassage:
    """A passage as its reader sees it; ``notice`` says whose wording it is.

    ``superseded_by`` is the passage that stands in its place today, where it is not the same.
    """

    passage: Passage
    source: str
    wording: Wording
    notice: str
    as_of: str
    generation: str
    superseded_by: str | None = None


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether questions can be answered now; ``problem`` is in words for an operator.

    ``built_at`` is when the generation was, in ISO 8601 with offset.
    """

    ready: bool
    generation: str | None
    built_at: str | None
    problem: str | None
