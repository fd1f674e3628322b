"""The deadlines that follow from given dates, as a list."""

from datetime import date

from assistant.answering.due_phrases import base_of, sentence_of, tell, title_of
from assistant.answering.listing import Lister
from assistant.answering.snapshot import Snapshot
from assistant.knowledge.due import Due, due_dates
from assistant.knowledge.model import Anchor
from assistant.language import shown
from assistant.listings import DueDate, GivenDates, Listing
from assistant.types import Language, Region


def list_dates(
    given: GivenDates, region: Region | None, language: Language, snapshot: Snapshot
) -> Listing[DueDate]:
    """By their last days; InvalidInput where no date is given.

    How long an expired certificate can be restored is told only where its expiry is given.
    """
    lister, knowledge = Lister(snapshot, language, region), snapshot.knowledge
    known = _anchors(given)
    if not known:
        raise lister.refusal(tell("no_date", lister.stored))
    dues = due_dates(knowledge.periods, known, region)
    told = [due for due in dues if due.period.event != "restoration" or "expiry" in known]
    items = tuple(_due_date(due, lister) for due in sorted(told, key=lambda due: due.last))
    return Listing(items, lister.citations.build(language), knowledge.as_of, snapshot.generation)


def _anchors(given: GivenDates) -> dict[Anchor, date]:
    dates: dict[Anchor, date | None] = {
        "issue": given.issued,
        "decision": given.decided,
        "expiry": given.expires,
        "surveillance": given.surveyed,
    }
    return {anchor: day for anchor, day in dates.items() if day is not None}


def _due_date(due: Due, lister: Lister) -> DueDate:
    period = due.period
    text = sentence_of(due, lister.stored, base_of(due, lister.stored))
    if due.stands_in == "issue":
        text = (
            f"{text}{'' if lister.stored == 'zh' else ' '}{tell('decision_counts', lister.stored)}"
        )
    return DueDate(
        id=f"{period.event}-{period.applies_to.replace('*', 'any')}-{due.since}-{due.base}",
        title=shown(title_of(due, lister.stored), lister.language),
        text=shown(text, lister.language),
        last=due.last,
        opens=due.opens,
        applies_to=period.applies_to,
        citations=lister.cite(period.of, due.because),
    )
