"""Deadlines that follow from the dates a question gives, by the periods of the corpus."""

from collections.abc import Iterator, Mapping

from assistant.answering.compose import Composed, claim, lead_and
from assistant.answering.dates import write_date
from assistant.answering.model import DraftSentence, Understood, Wanted
from assistant.answering.phrases import Phrase, say
from assistant.answering.snapshot import Snapshot
from assistant.knowledge.due import Due, due_dates
from assistant.knowledge.model import Anchor, DueEvent
from assistant.knowledge.regions import usable
from assistant.language import stored
from assistant.types import StoredLanguage

_EVENTS: Mapping[Wanted, tuple[DueEvent, ...]] = {
    "surveillance": ("first_surveillance", "next_surveillance"),
    "expiry": ("expiry",),
    "recertification": ("recertification", "recertification_on_site", "recertification_start"),
    "restoration": ("restoration",),
}
_SAID: Mapping[DueEvent, Phrase] = {
    "first_surveillance": "due_first_surveillance",
    "next_surveillance": "due_next_surveillance",
    "expiry": "due_expiry",
    "recertification": "due_recertification",
    "recertification_on_site": "due_recertification_on_site",
    "recertification_start": "due_recertification_start",
    "restoration": "due_restoration",
}
_SINCE: Mapping[Anchor, Phrase] = {
    "issue": "if_issue",
    "decision": "if_decision",
    "surveillance": "if_surveillance",
    "expiry": "if_expiry",
}
_SINCE_TOO: Mapping[Anchor, Phrase] = {"issue": "if_issue_too", "decision": "if_decision_too"}


def tell_dates(understood: Understood, snapshot: Snapshot) -> Composed:
    """By when what is asked for is due; no blocks where nothing follows."""
    asked = understood.timetable
    if asked is None or asked.unclear is not None:
        return Composed()
    given = dict(asked.given)
    found = due_dates(snapshot.knowledge.periods, given, understood.region)
    if "surveillance" in given:  # so the first one is over
        found = tuple(due for due in found if due.period.event != "first_surveillance")
    groups = [list(_of(wanted, found)) for wanted in asked.wanted]
    groups = [group for group in groups if group]
    if not groups:
        return Composed()
    language = stored(understood.language)
    dues = [due for group in groups for due in group]
    sentences = list(_sentences(dues, language))
    leads, rest = sentences[: len(groups[0])], sentences[len(groups[0]) :]
    rest += _cautions(dues, language)
    statements = snapshot.knowledge.statements
    later = _later(understood, snapshot)
    rest += [claim(statements[reason], understood, snapshot) for reason in later]
    return lead_and(leads, "paragraph", rest, tuple(dict.fromkeys(due.period.of for due in dues)))


def unclear_day(understood: Understood) -> bool:
    """A date is given that can mean several days, or none."""
    return understood.timetable is not None and understood.timetable.unclear is not None


def readings(understood: Understood) -> Iterator[str]:
    """For each day that an unclear date can mean, the question that gives it in full."""
    language = stored(understood.language)
    unclear = understood.timetable.unclear if understood.timetable else None
    for anchor, day in unclear or ():
        base = say(_SINCE[anchor], language, d=write_date(day, language))
        yield say("ask_due", language, a=base)


def _of(wanted: Wanted, found: tuple[Due, ...]) -> Iterator[Due]:
    return (due for event in _EVENTS[wanted] for due in found if due.period.event == event)


def _sentences(dues: list[Due], language: StoredLanguage) -> Iterator[DraftSentence]:
    """Where a rule holds, what it is counted from unless that was just said, and the last day."""
    before = ""
    for due in dues:
        since = _SINCE_TOO[due.since] if due.stands_in else _SINCE[due.since]
        base = say(since, language, d=write_date(due.base, language))
        opens = write_date(due.opens, language) if due.opens else ""
        told = say(_SAID[due.period.event], language, a=opens, b=write_date(due.last, language))
        text = f"{_place(due, language)}{'' if base == before else base}{told}"
        before = base
        yield DraftSentence(text[0].upper() + text[1:], "derivation", due.because)


def _place(due: Due, language: StoredLanguage) -> str:
    if due.period.applies_to == "*":
        return ""
    return say("in_china" if due.period.applies_to == "CN" else "elsewhere", language)


def _cautions(dues: list[Due], language: StoredLanguage) -> Iterator[DraftSentence]:
    """That the date of issue was taken for that of the decision, which may be earlier."""
    assumed = [due for due in dues if due.since == "decision" and due.stands_in]
    if assumed:
        yield DraftSentence(say("decision_counts", language), "derivation", assumed[0].because)


def _later(understood: Understood, snapshot: Snapshot) -> Iterator[str]:
    """What says how surveillance goes on from one audit to the next."""
    asked = understood.timetable
    if asked is None or asked.first or "surveillance" not in asked.wanted:
        return
    for period in snapshot.knowledge.periods:
        for reason in period.because if period.event == "next_surveillance" else ():
            if usable(snapshot.knowledge.statements[reason], understood.region):
                yield reason
