"""What a caller may ask of the lists. An unknown parameter is refused: it would filter nothing."""

from typing import Annotated

from fastapi import Query
from pydantic import Field

from assistant.knowledge.model import Requirement
from assistant.listings import DocumentFilter
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


NextAsked = Annotated[NextQuery, Query()]
DocumentsAsked = Annotated[DocumentQuery, Query()]
