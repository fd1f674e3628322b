"""What ingest tells while it works."""

from typing import Protocol


class Progress(Protocol):
    """Told of every step as it begins, and how far the long one, embedding, has come."""

    def step(self, name: str) -> None:
        """``name`` says what is being done: ``embedding``, ``renaming``."""

    def begin(self, texts: int) -> None:
        """So many are to be embedded."""

    def advance(self, texts: int) -> None:
        """The vectors of so many more are on disk."""

    def notice(self, message: str) -> None:
        """Something was wrong, and ingest helped itself."""


class Silent:
    """A progress that nobody looks at."""

    def step(self, name: str) -> None: ...

    def begin(self, texts: int) -> None: ...

    def advance(self, texts: int) -> None: ...

    def notice(self, message: str) -> None: ...
