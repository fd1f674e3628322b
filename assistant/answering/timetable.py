"""Deadlines that follow from the dates a question gives, by the periods of the corpus."""

from collections.abc import Iterator, Mapping

from assistant.answering.composed import Composed, claim, lead_and
from assistant.answering.due_phrases import base_of, sentence_of, since_phrase, tell
from assistant.answering.model import DraftSentence, Understood, Wanted
from assistant.answering.snapshot import Snapshot
from assistant.knowledge.due import Due, due_dates
from assistant.knowledge.model import DueEvent
from assistant.knowledge.regions import usable
from assistant.language import stored
from assistant.types import StoredLanguage

_EVENTS: Mapping[Wanted, tuple[DueEvent, ...]] = {
    "surveillance": ("first_surveillance", "next_surveillance"),
    "expiry": ("expiry",),
    "recertification": ("recertification", "recertification_on_site", "recertification_start"),
    "restoration": ("restoration",),
}


def tell_dates(understood: Understood, snapshot: Snapshot) -> Composed:
    """By when what is asked for is due; no blocks where nothing follows."""
    asked = understood.timetable
    if asked is None or asked.unclear is not None:
        return Composed()
    found = due_dates(snapshot.knowledge.periods, dict(asked.given), understood.region)
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
        yield tell("ask_due", language, a=since_phrase(anchor, day, language))


def _of(wanted: Wanted, found: tuple[Due, ...]) -> Iterator[Due]:
    return (due for event in _EVENTS[wanted] for due in found if due.period.event == event)


def _sentences(dues: list[Due], language: StoredLanguage) -> Iterator[DraftSentence]:
    """What a deadline is counted from is left out where that was just said."""
    before = ""
    for due in dues:
        base = base_of(due, language)
        text = sentence_of(due, language, "" if base == before else base)
        before = base
        yield DraftSentence(text, "derivation", due.because)


def _cautions(dues: list[Due], language: StoredLanguage) -> Iterator[DraftSentence]:
    """That the date of issue was taken for that of the decision, which may be earlier."""
    assumed = [due for due in dues if due.since == "decision" and due.stands_in]
    if assumed:
        yield DraftSentence(tell("decision_counts", language), "derivation", assumed[0].because)


def _later(understood: Understood, snapshot: Snapshot) -> Iterator[str]:
    """What says how surveillance goes on from one audit to the next."""
    asked = understood.timetable
    if asked is None or asked.first or "surveillance" not in asked.wanted:
        return
    for period in snapshot.knowledge.periods:
        for reason in period.because if period.event == "next_surveillance" else ():
            if usable(snapshot.knowledge.statements[reason], understood.region):
                yield reason
