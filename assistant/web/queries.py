"""What a caller may ask of the lists. An unknown parameter is refused: it would filter nothing."""

import re
from datetime import date
from typing import Annotated

from fastapi import Query
from pydantic import BeforeValidator, Field

from assistant.knowledge.due import YEARS
from assistant.knowledge.model import Requirement
from assistant.listings import DocumentFilter, GivenDates
from assistant.types import Language, Progress, Region
from assistant.web.asked import StepIds, Strict

RoleId = Annotated[str, Field(pattern=r"^R-[0-9]{2}$")]
ClauseId = Annotated[str, Field(pattern=r"^[1-9][0-9]?(\.[1-9][0-9]?){0,3}$")]
_Many = Field(max_length=50)


class _Query(Strict):
    """``language`` is read by ``tongue.reader_language``; it stands here to be known."""

    language: Language | None = None


class NextQuery(_Query):
    """Step ids such as ``S8`` or ``S2.3``; ``region`` decides which rules hold."""

    done: StepIds = ()
    stuck: StepIds = ()
    region: Region | None = None

    def progress(self) -> Progress:
        return Progress(done=self.done, stuck=self.stuck)


class DocumentQuery(_Query):
    """Different filters have all to hold, values of one filter any; a step stands for its parts."""

    step: StepIds = ()
    clause: Annotated[tuple[ClauseId, ...], _Many] = ()
    role: Annotated[tuple[RoleId, ...], _Many] = ()
    requirement: Annotated[tuple[Requirement, ...], _Many] = ()

    def wanted(self) -> DocumentFilter:
        return DocumentFilter(self.step, self.clause, self.role, self.requirement)


def _iso(raw: object) -> date:
    """YYYY-MM-DD and nothing else; pydantic by itself takes times and seconds as well."""
    if not isinstance(raw, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", raw):
        raise ValueError("not a date as YYYY-MM-DD")
    day = date.fromisoformat(raw)
    if day.year not in YEARS:
        raise ValueError("a year that no certificate is of")
    return day


Day = Annotated[
    date,
    BeforeValidator(_iso),
    Field(description=f"YYYY-MM-DD, from {YEARS.start} to {YEARS.stop - 1}."),
]


class DatesQuery(_Query):
    """At least one date: of issue of the certificate, of the decision, of expiry, of the last
    surveillance audit."""

    issued: Day | None = None
    decided: Day | None = None
    expires: Day | None = None
    surveyed: Day | None = None
    region: Region | None = None

    def given(self) -> GivenDates:
        return GivenDates(self.issued, self.decided, self.expires, self.surveyed)


NextAsked = Annotated[NextQuery, Query()]
DocumentsAsked = Annotated[DocumentQuery, Query()]
DatesAsked = Annotated[DatesQuery, Query()]
