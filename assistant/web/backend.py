"""What the web asks of the rest of the house."""

from typing import Protocol

from assistant.deadline import Deadline
from assistant.listings import (
    Document,
    DocumentFilter,
    DueDate,
    Gaps,
    GivenDates,
    Listing,
    Onward,
    Role,
    Step,
)
from assistant.memory.records import Turn
from assistant.memory.store import Store
from assistant.types import (
    Answer,
    Language,
    OpenedPassage,
    Progress,
    Readiness,
    Region,
)


class Backend(Protocol):
    """Everything but ``start`` may block and is called from worker threads."""

    def start(self) -> None:
        """Begin to open what is needed, and return at once."""

    def close(self) -> None:
        """Let go of everything; nothing is called afterwards."""

    @property
    def memory(self) -> Store:
        """Conversations, feedback and cited passages."""

    def reply(self, turn: Turn, deadline: Deadline) -> Answer:
        """The answer, once it is kept; the turn is given up where it raises.

        Raises Unavailable, TimedOut, Cancelled, IndexMissing, InvalidInput, or
        ConversationUnknown where the conversation was deleted meanwhile.
        """

    def passage(self, passage_id: str, language: Language) -> OpenedPassage:
        """Of the index, else as a stored message cites it; ``language`` is that of the notice.

        Raises NotFound, Unavailable or IndexMissing.
        """

    def process(self, language: Language) -> Listing[Step]:
        """Raises Unavailable or IndexMissing; texts are in ``language``, as of all lists."""

    def next_steps(self, progress: Progress, region: Region | None, language: Language) -> Onward:
        """Raises InvalidInput with a hint in ``language``, Unavailable or IndexMissing."""

    def role(self, role_id: str, language: Language) -> Role:
        """Raises NotFound, Unavailable or IndexMissing."""

    def documents(self, wanted: DocumentFilter, language: Language) -> Listing[Document]:
        """Raises InvalidInput with a hint in ``language``, Unavailable or IndexMissing."""

    def dates(
        self, given: GivenDates, region: Region | None, language: Language
    ) -> Listing[DueDate]:
        """Raises InvalidInput with a hint in ``language``, Unavailable or IndexMissing."""

    def gaps(self, limit: int, offset: int, language: Language) -> Gaps:
        """A page of what was asked in vain; raises Unavailable or IndexMissing."""

    def readiness(self) -> Readiness:
        """Never raises; ``problem`` is public, so it names no path."""
