"""What the stages of answering hand to each other."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.answering.phrases import Phrase
from assistant.knowledge.model import Anchor, CompetencyQuestion, Withheld
from assistant.types import BlockKind, Language, Outcome, Progress, Region, SentenceKind

Intent = Literal[
    "next", "before", "who", "duties", "documents", "frequency", "definition", "purpose",
    "obligation", "timing", "criteria", "how", "content",
    "difference", "confirm", "about",
]  # fmt: skip


Wanted = Literal["surveillance", "expiry", "recertification", "restoration"]


@dataclass(frozen=True, slots=True)
class Timetable:
    """Dates ``given`` with what they are of, and the deadlines ``wanted``;
    ``first`` asks for the first surveillance audit alone.

    ``unclear`` has the readings of a date that has not one meaning, perhaps none; None where a
    date is clear.
    """

    given: tuple[tuple[Anchor, date], ...]
    wanted: tuple[Wanted, ...]
    first: bool
    unclear: tuple[tuple[Anchor, date], ...] | None


@dataclass(frozen=True, slots=True)
class Understood:
    """``words`` are the content words of the asking clause, once names, intent and function words
    are taken out; ``told`` those of the whole question.

    ``by_id`` are those of the ``entities`` that an id names; ``unread`` is in another script.

    ``forms`` are the folded readings of the question, ``plain`` is one that stands alone, with
    names for ids; ``asks`` is all that it may ask, the
    intent first; ``ambiguous`` the readings of an alias that
    names several entities; ``unknown`` well-formed ids that do not exist; ``foreign`` other
    standards and schemes that the question names; ``points`` at something it
    does not name; ``improper`` asks for a forgery or is aimed at
    the assistant itself; ``withheld`` is what is said to a question for what is never given;
    ``all_of_them`` asks for a complete list; ``said`` are ids already cited where more is wanted of
    the same; ``timetable`` is there where deadlines are asked for that follow from dates given.
    """

    text: str
    forms: tuple[str, ...]
    plain: str
    language: Language
    intent: Intent
    asks: tuple[Intent, ...]
    entities: tuple[str, ...]
    by_id: tuple[str, ...]
    words: tuple[str, ...]
    told: tuple[str, ...]
    ambiguous: tuple[str, ...]
    unknown: tuple[str, ...]
    foreign: tuple[str, ...]
    points: bool
    unread: bool
    improper: bool
    withheld: Phrase | None
    all_of_them: bool
    region: Region | None
    progress: Progress
    said: tuple[str, ...] = ()
    timetable: Timetable | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """``questions`` have an answer that may be given: the likest first, and those as like.

    ``likeness`` is that of the likest by itself; ``withheld`` is the reason of the likest question
    that gets no answer, ``margin`` how much liker that one is.
    """

    questions: tuple[CompetencyQuestion, ...] = ()
    likeness: float = 0.0
    withheld: Withheld | None = None
    margin: float = 0.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """Statement ids that answer what was asked, in the order of saying, with the best ``score``.

    ``place`` is where on the road the question stands: steps, parts or topics. ``known`` (0..1) is
    the share of the question's content words that the corpus uses at all; ``nearest`` are entities
    that search found near the question, best first; ``match`` says which competency questions it is
    like.
    """

    statements: tuple[str, ...]
    place: tuple[str, ...]
    score: float
    known: float
    nearest: tuple[str, ...]
    match: Match = Match()


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """``reasons`` are ids of the statements that the sentence rests on."""

    text: str
    kind: SentenceKind
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftBlock:
    kind: BlockKind
    sentences: tuple[DraftSentence, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before the gate, in the stored language; suggestions are questions.

    ``items`` are the ids of the things that were asked for.
    """

    outcome: Outcome
    blocks: tuple[DraftBlock, ...]
    items: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
