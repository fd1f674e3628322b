"""Steps, roles and documents as they are listed. Everything is immutable.

Texts are in the reader's language; ``citations`` are numbers ``n`` of the citations of the same
list, of which at least one is about the thing; ``because`` holds the ids of the statements that
say so.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from assistant.types import Citation, Language, Outcome

ItemT = TypeVar("ItemT")


@dataclass(frozen=True, slots=True)
class Link:
    """Another thing, named where it matters; ``condition`` is in words."""

    id: str
    name: str
    applies_to: str
    condition: str | None
    because: tuple[str, ...]
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the road or a part of one; ``needs`` is hard, ``usually_after`` is custom."""

    id: str
    name: str
    detail: str
    optional: bool
    parts: tuple["Step", ...]
    needs: tuple[Link, ...]
    usually_after: tuple[Link, ...]
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WaitingStep:
    """A step that cannot start or go on yet; ``needs`` are the steps not done."""

    step: str
    name: str
    needs: tuple[Link, ...]
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Onward:
    """What follows from progress.

    ``done`` and ``stuck`` are step ids; ``implied`` are those of ``done`` that were not given but
    are needed by those that were.
    """

    done: tuple[str, ...]
    implied: tuple[Link, ...]
    next: tuple[Step, ...]
    waiting: tuple[WaitingStep, ...]
    stuck: tuple[str, ...]
    citations: tuple[Citation, ...]
    as_of: str
    generation: str


@dataclass(frozen=True, slots=True)
class Said:
    """One statement; ``id`` is its id."""

    id: str
    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """A role, what it has to do, the steps it takes part in and the documents it owns."""

    id: str
    name: str
    aliases: tuple[str, ...]
    definition: Said | None
    duties: tuple[Said, ...]
    steps: tuple[Link, ...]
    documents: tuple[Link, ...]
    clauses: tuple[Link, ...]
    citations: tuple[Citation, ...]
    as_of: str
    generation: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document or record; ``steps`` produce it, ``applies_to`` is where it is required so far."""

    id: str
    title: str
    purpose: str | None
    requirement: str | None
    applies_to: str
    basis: str | None
    owners: tuple[Link, ...]
    steps: tuple[Link, ...]
    clauses: tuple[Link, ...]
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """Which documents are wanted: each field that is not empty has to hold in one of its values."""

    step: tuple[str, ...] = ()
    clause: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    requirement: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing(Generic[ItemT]):
    """A list with the citations of everything in it."""

    items: tuple[ItemT, ...]
    citations: tuple[Citation, ...]
    as_of: str
    generation: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Like questions that got no answer or a bad mark, as the latest of them was written.

    ``count`` is how many; ``not_covered``, ``clarify`` and ``down`` how many of each kind, where
    one message can be of two. ``comments`` are those that came with bad marks, latest first;
    ``nearest`` is what the corpus says nearest to the question.
    """

    question: str
    language: Language
    count: int
    not_covered: int
    clarify: int
    down: int
    first_seen: datetime
    last_seen: datetime
    last_outcome: Outcome
    comments: tuple[str, ...]
    nearest: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Gaps:
    """A page of them; ``total`` counts the groups of all pages."""

    items: tuple[Gap, ...]
    total: int
    citations: tuple[Citation, ...]
    as_of: str
    generation: str


@dataclass(frozen=True, slots=True)
class GivenDates:
    """What the asker knows of a certificate: ``surveyed`` is its last surveillance audit."""

    issued: date | None = None
    decided: date | None = None
    expires: date | None = None
    surveyed: date | None = None


@dataclass(frozen=True, slots=True)
class DueDate:
    """A deadline: ``last`` is the last day in time, ``opens`` the first where there is one.

    ``id`` is the same whenever the same dates are given, in any language; ``text`` is a sentence
    that says where it holds and what it is counted from.
    """

    id: str
    title: str
    text: str
    last: date
    opens: date | None
    applies_to: str
    citations: tuple[int, ...]
