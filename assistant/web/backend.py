"""What the web asks of the rest of the house."""

from typing import Protocol

from assistant.deadline import Deadline
from assistant.listings import Document, DocumentFilter, Listing, Onward, Role, Step
from assistant.types import (
    Answer,
    Language,
    OpenedPassage,
    Progress,
    Question,
    Readiness,
    Region,
)


class Backend(Protocol):
    """Everything but ``start`` may block and is called from worker threads."""

    def start(self) -> None:
        """Begin to open what is needed, and return at once."""

    def close(self) -> None:
        """Let go of everything; nothing is called afterwards."""

    def answer(self, question: Question, deadline: Deadline) -> Answer:
        """Raises Unavailable, TimedOut, Cancelled, IndexMissing, or InvalidInput."""

    def passage(self, passage_id: str, language: Language) -> OpenedPassage:
        """Raises NotFound, Unavailable or IndexMissing; ``language`` is that of the notice."""

    def process(self, language: Language) -> Listing[Step]:
        """Raises Unavailable or IndexMissing; texts are in ``language``, as of all lists."""

    def next_steps(self, progress: Progress, region: Region | None, language: Language) -> Onward:
        """Raises InvalidInput with a hint in ``language``, Unavailable or IndexMissing."""

    def role(self, role_id: str, language: Language) -> Role:
        """Raises NotFound, Unavailable or IndexMissing."""

    def documents(self, wanted: DocumentFilter, language: Language) -> Listing[Document]:
        """Raises InvalidInput with a hint in ``language``, Unavailable or IndexMissing."""

    def readiness(self) -> Readiness:
        """Never raises; ``problem`` is public, so it names no path."""
