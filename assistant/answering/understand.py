"""What a question asks, told from its words: language, intent, entities, content words."""

import re

from assistant.answering.model import Intent, Understood
from assistant.answering.snapshot import Snapshot
from assistant.answering.words import (
    ALL_OF_THEM,
    FILLERS_EN,
    FILLERS_ZH,
    FOREIGN,
    IMPROPER,
    INTENTS,
)
from assistant.knowledge.names import Mention, Mentions, named
from assistant.language import detect, search_forms
from assistant.types import Question

_WORD = re.compile(r"[a-z][a-z'-]*|[^\W\d_a-z]+|\d+")
_CLAUSE = re.compile(r"[,;。!?]")
_OWN = re.compile(
    r"(?:iso\s*(?:/\s*iec)?\s*[-:]?\s*)?20000(?:\s*-\s*1)?(?::\s*20\d\d)?|itsms|\bsms\b"
    r"|(?:信息技术|it)?服务管理体系"
)


def understand(question: Question, snapshot: Snapshot) -> Understood:
    """Read a question; nothing is looked up in the index yet."""
    forms = search_forms(question.text)
    found, reading = _mentions(forms, snapshot)
    intent, pattern = _intent(forms)
    return Understood(
        text=question.text,
        forms=forms,
        language=question.language or detect(question.text),
        intent=intent,
        entities=named(found.found),
        words=_content_words(reading, found.found, pattern),
        ambiguous=next((m.entities for m in found.found if len(m.entities) > 1), ()),
        unknown=found.unknown,
        foreign=tuple(dict.fromkeys(match.group() for match in FOREIGN.finditer(forms[0]))),
        improper=any(IMPROPER.search(form) for form in forms),
        all_of_them=any(ALL_OF_THEM.search(form) for form in forms),
        region=question.region,
        progress=question.progress,
    )


def _mentions(forms: tuple[str, ...], snapshot: Snapshot) -> tuple[Mentions, str]:
    """The reading of the question that names most, and what it names."""
    readings = [(snapshot.names.find(form), form) for form in forms]
    return max(readings, key=lambda pair: sum(m.end - m.start for m in pair[0].found))


def _intent(forms: tuple[str, ...]) -> tuple[Intent, re.Pattern[str] | None]:
    """The intent, and the pattern that told it."""
    for intent, pattern in INTENTS:
        if any(pattern.search(form) for form in forms):
            return intent, pattern
    return "about", None


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
