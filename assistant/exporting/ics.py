"""Deadlines as a calendar (RFC 5545).

``icalendar`` does the escaping and folding, which are easy to get wrong by octet.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from assistant.listings import DueDate, Listing
from assistant.types import Citation

_PRODUCT = "-//Certpath//Deadlines//EN"
_DAY = timedelta(days=1)


def calendar(deadlines: Listing[DueDate], now: datetime) -> bytes:
    """One all-day event for each deadline, on its last day or over the days in time.

    The same deadline has the same UID whenever it is fetched, so that it is not entered twice;
    ``now`` (aware) is when it was.
    """
    made = Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    citations = {citation.n: citation for citation in deadlines.citations}
    for deadline in deadlines.items:
        made.add_component(_event(deadline, citations, now))
    file: bytes = made.to_ical()
    return file


def _event(deadline: DueDate, citations: Mapping[int, Citation], now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{deadline.id}@certpath")
    event.add("dtstamp", now)
    event.add("dtstart", deadline.opens or deadline.last)
    event.add("dtend", deadline.last + _DAY)  # the first day that is no longer part of it
    event.add("summary", deadline.title)
    sources = [_source(citations[n]) for n in deadline.citations]
    event.add("description", "\n\n".join((deadline.text, *sources)))
    event.add("transp", "TRANSPARENT")  # nobody is busy all day
    return event


def _source(citation: Citation) -> str:
    lines = (citation.quote, f"— {citation.source} ({citation.about[0]})", citation.caution)
    return "\n".join(line for line in lines if line)
