"""Whether a sentence is borne out by what it cites. Pure; the one rule for gate and audit.

Checkable parts of a sentence are its numbers and dates, its ids, the names of entities in it, and
its content terms. Numbers, ids and names must all be found; terms count towards ``support``.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.answering.dates import Written, find_dates, without_dates
from assistant.answering.snapshot import Quote, Snapshot
from assistant.knowledge.clauses import in_digits
from assistant.knowledge.due import reachable
from assistant.knowledge.names import Mention
from assistant.language import fold, to_stored, tokens
from assistant.types import SentenceKind

SUPPORTED = 0.75
"""The least share of a claim's checkable parts that its quotes must hold."""

_NUMBER = re.compile(
    r"(?<![\w.])\d+(?:[.:/]\d+)*|(?<![下上同任统唯某每万哪])[一二三四五六七八九十两]+(?=[个份项次条月天年级种])"
)

_ID = re.compile(r"(?<![a-z0-9-])(?:[sc]\d+(?:\.\w+)?|r-\d\d|d[masc]-\d\d|f\d{3}|cs-\d{3})(?!\w)")

_LABEL = re.compile(r"\s?\(")


@dataclass(frozen=True, slots=True)
class Verdict:
    """``support`` is 0..1; ``faults`` say in words what was not found, empty where all was."""

    support: float
    faults: tuple[str, ...]

    @property
    def sound(self) -> bool:
        return not self.faults


def judge(
    text: str, kind: SentenceKind, quotes: Sequence[Quote], snapshot: Snapshot, question: str = ""
) -> Verdict:
    """Hold a claim or derivation, as shown, against its quotes.

    Stricter than the whole passage: a number or id has to stand in a quote or in the heading of
    its passage, a name there or as a name of an entity that the quote is about. A derivation may
    also state how many statements it cites or documents it names, dates of the question, and those
    that the periods it cites make of them; its other words are its own.
    """
    if not quotes:
        return Verdict(0.0, ("nothing is cited",))
    folded = fold(to_stored(text))
    parts: list[tuple[str, bool]] = []
    if kind == "derivation":
        dates = find_dates(folded)
        parts += _dates(dates, quotes, snapshot, question)
        folded = without_dates(folded, dates)
    parts += _hard_parts(folded, kind, quotes, snapshot)
    faults = [part for part, found in parts if not found]
    found, terms = _terms(folded, quotes) if kind == "claim" else (0, 0)
    total = len(parts) + terms
    support = (len(parts) - len(faults) + found) / total if total else 1.0
    if support < SUPPORTED:
        faults.append(f"support {support:.2f}")
    return Verdict(round(support, 3), tuple(faults))


def _hard_parts(
    folded: str, kind: SentenceKind, quotes: Sequence[Quote], snapshot: Snapshot
) -> Iterator[tuple[str, bool]]:
    """Numbers, ids and names of a sentence, and whether each was found.

    An id in brackets has to be that of the name before it; a claim names nothing more often than
    its quotes do.
    """
    basis = fold("\n".join(f"{_heading(quote)}\n{quote.text}" for quote in quotes))
    about = {entity for quote in quotes for entity in entities_of(quote)}
    mentions = snapshot.names.find(folded).found
    known_numbers = set(_numbers(basis))
    if kind == "derivation":
        known_numbers |= {str(len(quotes)), str(_papers(mentions, snapshot))}
    for number in _numbers(folded):
        yield f"number {number}", number in known_numbers
    known_ids = set(_ID.findall(basis)) | {fold(entity) for entity in about}
    for identifier in _ID.findall(folded):
        yield f"id {identifier}", identifier in known_ids
    for mention in mentions:
        name = folded[mention.start : mention.end]
        yield f"name {name}", name in basis or not about.isdisjoint(mention.entities)
    yield from _misplaced(folded, mentions, basis)
    if kind == "claim":
        yield from _surplus(mentions, quotes, snapshot)


def _dates(
    dates: Sequence[Written], quotes: Sequence[Quote], snapshot: Snapshot, question: str
) -> Iterator[tuple[str, bool]]:
    """Dates of a derivation, each worked out again from those of the question."""
    asked = {one.day for one in find_dates(in_digits(fold(question))) if one.day is not None}
    cited = {quote.statement.id for quote in quotes}
    periods = [p for p in snapshot.knowledge.periods if cited.issuperset(p.because)]
    made = reachable(periods, asked)
    for one in dates:
        yield f"date {one.readings}", one.day in asked | made
    if dates:
        yield "no date that follows", any(one.day in made for one in dates)


def _misplaced(folded: str, mentions: Sequence[Mention], basis: str) -> Iterator[tuple[str, bool]]:
    for one, two in pairwise(mentions):
        if _LABEL.fullmatch(folded[one.end : two.start]):  # 正式运行（S9） is one thing
            label = folded[one.start : two.end]
            fits = label in basis or not set(one.entities).isdisjoint(two.entities)
            yield f"label {label}", fits


def _surplus(
    mentions: Sequence[Mention], quotes: Sequence[Quote], snapshot: Snapshot
) -> Iterator[tuple[str, bool]]:
    quoted = fold("\n".join(quote.text for quote in quotes))
    held = Counter(mention.entities for mention in snapshot.names.find(quoted).found)
    for entities, times in Counter(mention.entities for mention in mentions).items():
        yield f"{entities} {times} times", times <= max(1, held[entities])


def _papers(mentions: Sequence[Mention], snapshot: Snapshot) -> int:
    entities = snapshot.knowledge.entities
    return len({m.entities for m in mentions if entities[m.entities[0]].kind == "document"})


def _heading(quote: Quote) -> str:
    return quote.passage.text.partition("\n")[0]


def judge_talk(text: str, question: str, snapshot: Snapshot) -> Verdict:
    """Talk holds no number, id or name of the domain but those the user wrote."""
    folded, asked = fold(to_stored(text)), in_digits(fold(question))
    found = [*_numbers(folded), *_ID.findall(folded)]
    found += [folded[m.start : m.end] for m in snapshot.names.find(folded).found]
    faults = tuple(part for part in found if part not in asked)
    return Verdict(0.0 if faults else 1.0, faults)


def _numbers(folded: str) -> list[str]:
    return _NUMBER.findall(_ID.sub(" ", folded))


def _terms(folded: str, quotes: Sequence[Quote]) -> tuple[int, int]:
    """How many content terms of the sentence its quotes hold, and how many it has."""
    held = {term for quote in quotes for term in tokens(fold(quote.text))}
    terms = {term for term in tokens(folded) if len(term) > 1}
    return len(terms & held), len(terms)


def entities_of(quote: Quote) -> tuple[str, ...]:
    """The entities that a quoted statement is about, its home first."""
    return (quote.statement.entity, *quote.statement.about)
