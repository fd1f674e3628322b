"""What the web asks of the rest of the house."""

from typing import Protocol

from assistant.types import Answer, Language, OpenedPassage, Question, Readiness


class Backend(Protocol):
    """Everything but ``start`` may block and is called from worker threads."""

    def start(self) -> None:
        """Begin to open what is needed, and return at once."""

    def close(self) -> None:
        """Let go of everything; nothing is called afterwards."""

    def answer(self, question: Question) -> Answer:
        """Raises Unavailable, IndexMissing, or InvalidInput."""

    def passage(self, passage_id: str, language: Language) -> OpenedPassage:
        """Raises NotFound, Unavailable or IndexMissing; ``language`` is that of the notice."""

    def readiness(self) -> Readiness:
        """Never raises; ``problem`` is public, so it names no path."""
