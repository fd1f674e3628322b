"""What a question leaves unsaid, taken from the conversation before it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.answering.model import Evidence, Understood
from assistant.answering.pointing import ALSO, CORRECTS, FRESH, IT, MORE, ON, PAPERS, THEY
from assistant.answering.select import FACETS
from assistant.answering.snapshot import Snapshot
from assistant.answering.words import FOREIGN
from assistant.knowledge.model import EntityKind
from assistant.knowledge.names import named
from assistant.knowledge.regions import usable
from assistant.language import fold, stored, tokens
from assistant.types import Earlier

Read = Callable[[str], Understood]
"""A question as it is understood by itself."""

_POINTED: tuple[tuple[re.Pattern[str], EntityKind], ...] = ((PAPERS, "document"), (THEY, "role"))
_ELLIPTIC = 2  # a question of no more content than this has left something out
_MOST = 5  # statements said at once where more is wanted
_CERTAIN = 9.0  # above every bar: these are statements about the very thing


@dataclass(frozen=True, slots=True)
class _Past:
    """An earlier turn, understood with what was before it."""

    turn: Earlier
    understood: Understood
    more: bool  # asked for more of what was asked before


def lean(
    understood: Understood, history: Sequence[Earlier], read: Read, snapshot: Snapshot
) -> Understood:
    """The question with what it leaves out; unchanged where it stands alone.

    It may leave out the things it is about, what is asked of them, or both.
    """
    past: list[_Past] = []
    for turn in history:
        alone = read(turn.text)
        past.append(_Past(turn, _leaning(alone, past, snapshot), _wants_more(alone)))
    return _leaning(understood, past, snapshot)


def unsaid(
    evidence: Evidence, understood: Understood, vector: NDArray[np.float32], snapshot: Snapshot
) -> Evidence:
    """What is left to say of the things asked about, perhaps nothing: what was asked for first,
    then what is nearest to the question.

    ``vector`` is the question embedded, shape (d,), unit norm.
    """
    wanted = {facet for intent in understood.asks for facet in FACETS[intent]}
    table = snapshot.tables[stored(understood.language)]
    nearness = dict(zip((s.id for s in table.statements), table.nearness(vector), strict=True))
    left = {
        statement.id: (wanted.isdisjoint(statement.facets), -float(nearness[statement.id]))
        for entity in understood.entities
        for statement in snapshot.knowledge.about(entity)
        if statement.id not in understood.said and usable(statement, understood.region)
    }
    first = sorted(left, key=left.__getitem__)[:_MOST]
    return replace(evidence, statements=tuple(first), score=_CERTAIN if first else 0.0)


def _leaning(understood: Understood, past: Sequence[_Past], snapshot: Snapshot) -> Understood:
    base = _base(past)
    if base is None or any(FRESH.search(form) for form in understood.forms):
        return understood
    if _wants_more(understood):
        return _more(understood, base, past, snapshot)
    if understood.entities:
        return _of_another(understood, base, snapshot)
    focus = _focus(understood, base, snapshot)
    if not _leans(understood, focus, snapshot):
        return understood
    return _of_the_same(understood, focus, base, snapshot)


def _base(past: Sequence[_Past]) -> _Past | None:
    """The newest turn that can be leaned on: one about our subject, not a request for more."""
    for one in reversed(past):
        said = one.understood
        aside = said.foreign or said.improper or said.withheld or one.turn.outcome == "refused"
        foreign = any(FOREIGN.search(form) for form in said.forms) or not said.entities
        vain = foreign and one.turn.outcome == "not_covered"
        if not (aside or vain or one.more):
            return one
    return None


def _wants_more(understood: Understood) -> bool:
    return not understood.entities and any(MORE.search(f.strip()) for f in understood.forms)


def _more(
    understood: Understood, base: _Past, past: Sequence[_Past], snapshot: Snapshot
) -> Understood:
    """The earlier question once more, with what has been cited since it was asked."""
    since = past[next(n for n, one in enumerate(past) if one is base) :]
    return replace(
        base.understood,
        text=understood.text,
        language=understood.language,
        region=understood.region,
        progress=understood.progress,
        entities=_focus(understood, base, snapshot),
        said=tuple(dict.fromkeys(i for one in since for i in one.turn.cited)),
    )


def _of_another(understood: Understood, base: _Past, snapshot: Snapshot) -> Understood:
    """Names something: what is asked is taken over where nothing is, the thing where it is it."""
    before = base.understood
    others = tuple(found.group() for found in FOREIGN.finditer(understood.forms[0]))
    if others and not understood.foreign and any(map(ALSO.search, understood.forms)):
        return replace(
            understood, foreign=others
        )  # not a comparison: the same, of another standard
    corrects = any(CORRECTS.search(form) for form in understood.forms)
    if understood.asks == ("about",) and (corrects or _elliptic(understood)):
        return understood if before.asks == ("about",) else _likewise(understood, before, snapshot)
    if any(IT.search(form) for form in understood.forms):
        both = dict.fromkeys((*understood.entities, *_focus(understood, base, snapshot)))
        return replace(understood, entities=tuple(both))
    return understood


def _likewise(understood: Understood, before: Understood, snapshot: Snapshot) -> Understood:
    """What was asked before, of the things named now."""
    language = stored(understood.language)
    names = _names(understood.entities, understood, snapshot)
    alike = language == stored(before.language)
    plain = _renamed(before.plain, names, snapshot) if alike else f"{names} {understood.plain}"
    return replace(
        understood,
        intent=before.asks[0],
        asks=before.asks,
        words=before.words,
        all_of_them=before.all_of_them,
        forms=(plain,),
        plain=plain,
    )


def _of_the_same(
    understood: Understood, focus: tuple[str, ...], base: _Past, snapshot: Snapshot
) -> Understood:
    """Names nothing: it is about what the conversation stands at."""
    asks = understood.asks
    if asks == ("about",):
        asks = base.understood.asks
    folded = _names(focus, understood, snapshot) or base.understood.plain
    return replace(
        understood,
        intent=asks[0],
        asks=asks,
        entities=focus,
        ambiguous=(),
        forms=tuple(f"{folded} {form}" for form in understood.forms),
        plain=f"{folded} {understood.plain}",
    )


def _focus(understood: Understood, base: _Past, snapshot: Snapshot) -> tuple[str, ...]:
    """What the conversation stands at: where the last answer led, else what was asked about."""
    known = snapshot.knowledge.entities  # an older generation may have named others
    items = tuple(item for item in base.turn.items if item in known)
    for pointing, kind in _POINTED:
        if any(pointing.search(form) for form in understood.forms):
            for named_before in (base.understood.entities, items):
                pointed = tuple(one for one in named_before if known[one].kind == kind)
                if pointed:
                    return pointed
    if base.understood.intent == "next" and base.turn.outcome == "answered" and items:
        return items[:1]
    return base.understood.entities or items[:1]


def _leans(understood: Understood, focus: tuple[str, ...], snapshot: Snapshot) -> bool:
    """It says that it goes on, says nothing of its own, or has words that are said of the focus."""
    if understood.foreign or understood.unknown:
        return False
    if not understood.told or any(
        pattern.search(form.strip()) for form in understood.forms for pattern in (IT, THEY, ON)
    ):
        return True
    if understood.asks != ("about",) and _elliptic(understood):
        return True
    terms = {term for word in understood.words for term in tokens(word) if len(term) > 1}
    language = stored(understood.language)
    return any(
        terms & set(tokens(fold(statement.text.stored(language))))
        for entity in focus
        for whole in snapshot.knowledge.parts(entity)
        for statement in snapshot.knowledge.about(whole)
    )


def _elliptic(understood: Understood) -> bool:
    """Whether it has hardly a word of its own; an English one is worth two Chinese characters."""
    return sum(2 if w.isascii() else len(w) for w in understood.words) <= _ELLIPTIC


def _names(entities: Sequence[str], understood: Understood, snapshot: Snapshot) -> str:
    """Folded, in the language of the question."""
    named_in, language = snapshot.knowledge.entities, stored(understood.language)
    return fold(" ".join(named_in[entity].name.stored(language) for entity in entities))


def _renamed(plain: str, names: str, snapshot: Snapshot) -> str:
    """A question asked of other things: the first name gives way to theirs, the rest to nothing."""
    mentions = [m for m in snapshot.names.find(plain).found if named((m,))]
    if not mentions:
        return f"{names} {plain}"
    for mention in reversed(mentions):
        put = names if mention is mentions[0] else " "
        plain = f"{plain[: mention.start]}{put}{plain[mention.end :]}"
    return plain
