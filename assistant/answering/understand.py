"""What a question asks, told from its words: language, intent, entities, content words."""

import re

from assistant.answering.asked_dates import read_timetable
from assistant.answering.followups import lean
from assistant.answering.model import Intent, Timetable, Understood
from assistant.answering.snapshot import Snapshot
from assistant.answering.words import (
    ALL_OF_THEM,
    COMPARED,
    FILLERS_EN,
    FILLERS_ZH,
    FOREIGN,
    IMPROPER,
    INTENTS,
    POINTS,
    WITHHELD,
)
from assistant.knowledge.clauses import in_digits
from assistant.knowledge.names import Mention, Mentions, named
from assistant.knowledge.process import outwards
from assistant.language import detect, fold, search_forms, stored
from assistant.types import Question, StoredLanguage

_WORD = re.compile(r"[a-z][a-z'-]*|[^\W\d_a-z]+|\d+")
_DENIED = re.compile(r"(?:不是(?:说|问)?|并非|\bnot(?: the| about)?)\s*$")
_READ = re.compile(r"[\u0000-\u024f\u3400-\u9fff\uf900-\ufaff]")
_CLAUSE = re.compile(r"[,;。!?]")
_OURS = re.compile(r"(?<!\d)20000(?!\d)")
_OWN = re.compile(
    r"(?:iso\s*(?:/\s*iec)?\s*[-:]?\s*)?20000(?:\s*-\s*1)?(?::\s*20\d\d)?|itsms|\bsms\b"
    r"|(?:信息技术|it)?服务管理体系"
)


def understand(question: Question, snapshot: Snapshot) -> Understood:
    """Read a question; nothing is looked up in the index yet.

    What it leaves out is taken from the conversation before it.
    """
    alone = _alone(question, snapshot)
    return lean(alone, question.history, lambda text: _alone(Question(text), snapshot), snapshot)


def _alone(question: Question, snapshot: Snapshot) -> Understood:
    forms = tuple(map(in_digits, search_forms(question.text)))
    found, reading = _mentions(forms, snapshot)
    asks, pattern = _asks(forms)
    words = _content_words(reading, found.found, pattern)
    entities = _narrowest(_affirmed(named(found.found), found.found, reading), snapshot)
    language = question.language or detect(question.text)
    ambiguous = next((m.entities for m in found.found if len(m.entities) > 1), ())
    if not entities and (words or asks[0] not in ("about", "definition")):
        entities = ambiguous  # what is asked can be told of each reading
    return Understood(
        text=question.text,
        forms=forms,
        plain=_by_name(reading, found.found, stored(language), snapshot),
        language=language,
        intent=asks[0],
        asks=asks,
        entities=entities,
        by_id=tuple(
            e for e in entities if e in {m.entities[0] for m in found.found if _is_id(m, reading)}
        ),
        words=words,
        told=_content_words(reading, found.found, None),
        ambiguous=() if entities else ambiguous,
        unknown=found.unknown,
        foreign=_foreign(forms[0], snapshot),
        points=any(map(POINTS.search, forms)),
        unread=_unread(question.text),
        improper=any(IMPROPER.search(form) for form in forms),
        withheld=next((p for p, asked in WITHHELD if any(map(asked.search, forms))), None),
        all_of_them=any(ALL_OF_THEM.search(form) for form in forms),
        region=question.region,
        progress=question.progress,
        timetable=_timetable(forms, entities, snapshot),
    )


def _timetable(
    forms: tuple[str, ...], entities: tuple[str, ...], snapshot: Snapshot
) -> Timetable | None:
    """None as well where the question names what no period is about."""
    knowledge = snapshot.knowledge
    reasons = [knowledge.statements[r] for period in knowledge.periods for r in period.because]
    dated = {entity for reason in reasons for entity in (reason.entity, *reason.about)}
    if not dated.issuperset(entities):
        return None
    newest = int(knowledge.as_of[:4])
    return read_timetable(forms, years=(newest, newest - 1))


def _foreign(form: str, snapshot: Snapshot) -> tuple[str, ...]:
    """Other standards named, but for those that are compared with ours and that the corpus knows.

    Where ours is not named as well, the comparison is with ours only if nothing else is named.
    """
    if _OURS.search(form) and not COMPARED.search(form):  # an aside, told by likeness
        return ()
    mentions = snapshot.names.find(form).found
    others = list(FOREIGN.finditer(form))
    known = [m for m in mentions if any(m.start < o.end() and o.start() < m.end for o in others)]
    with_ours = _OWN.search(form) or (len(mentions) == len(known) == 1)
    if COMPARED.search(form) and with_ours:
        others = [
            o for o in others if not any(m.start < o.end() and o.start() < m.end for m in known)
        ]
    return tuple(dict.fromkeys(other.group() for other in others))


def _unread(text: str) -> bool:
    """Whether most of the letters are of scripts that nothing here is written in."""
    letters = [character for character in text if character.isalpha()]
    return 2 * sum(bool(_READ.match(letter)) for letter in letters) < len(letters)


def _narrowest(entities: tuple[str, ...], snapshot: Snapshot) -> tuple[str, ...]:
    """Without the whole of which a part is named as well."""
    around = {
        whole
        for entity in entities
        for whole in outwards(snapshot.knowledge, entity)
        if whole != entity
    }
    return tuple(entity for entity in entities if entity not in around)


def _by_name(
    reading: str, mentions: tuple[Mention, ...], language: StoredLanguage, snapshot: Snapshot
) -> str:
    """Ids, which mean nothing to a language model, replaced by the names of what they stand for;
    by the number of a clause people ask, so that stays."""
    for mention in reversed(mentions):
        entity = snapshot.knowledge.entities[mention.entities[0]]
        if _is_id(mention, reading):
            name = fold(entity.name.stored(language))
            name = f"{entity.id} {name}" if entity.kind == "clause" else name
            reading = f"{reading[: mention.start]}{name}{reading[mention.end :]}"
    return reading


def _is_id(mention: Mention, reading: str) -> bool:
    return fold(mention.entities[0]) in reading[mention.start : mention.end]


def _affirmed(
    entities: tuple[str, ...], mentions: tuple[Mention, ...], reading: str
) -> tuple[str, ...]:
    """Without what is only named to be ruled out (不是内审，是管评), unless nothing else is."""
    denied = {
        entity
        for mention in mentions
        for entity in mention.entities
        if _DENIED.search(reading[: mention.start])
    }
    return tuple(e for e in entities if e not in denied) or entities


def _mentions(forms: tuple[str, ...], snapshot: Snapshot) -> tuple[Mentions, str]:
    """The reading of the question that names most, and what it names."""
    ours = not any(map(FOREIGN.search, forms))
    readings = [(snapshot.names.find(form, bare=ours), form) for form in forms]
    return max(readings, key=lambda pair: sum(m.end - m.start for m in pair[0].found))


def _asks(forms: tuple[str, ...]) -> tuple[tuple[Intent, ...], re.Pattern[str] | None]:
    """All intents that the words fit, and the pattern of the first."""
    fitting = [(i, pattern) for i, pattern in INTENTS if any(map(pattern.search, forms))]
    if not fitting:
        return ("about",), None
    return tuple(intent for intent, _ in fitting), fitting[0][1]


def _content_words(
    reading: str, mentions: tuple[Mention, ...], asking: re.Pattern[str] | None
) -> tuple[str, ...]:
    """What is left of the folded text without names, our own standard and function words.

    Where one clause does the asking, what stands around it is a story and not looked at.
    """
    for mention in reversed(mentions):
        blank = "\N{WHITE SQUARE}" if asking else " "  # keeps `after X, what` together
        reading = f"{reading[: mention.start]}{blank}{reading[mention.end :]}"
    clauses = _CLAUSE.split(reading)
    reading = " ".join([c for c in clauses if asking and asking.search(c)] or clauses)
    reading = _OWN.sub(" ", asking.sub(" ", reading) if asking else reading)
    words: list[str] = []
    for match in _WORD.finditer(reading):
        run = match.group()
        if run.isascii():
            if run not in FILLERS_EN:
                words.append(run)
        else:
            words.extend(_without_fillers(run))
    return tuple(dict.fromkeys(words))


def _without_fillers(run: str) -> list[str]:
    for filler in FILLERS_ZH:
        run = run.replace(filler, " ")
    return run.split()
