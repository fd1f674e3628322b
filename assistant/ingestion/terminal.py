"""Progress of ingest for people: a bar where they look, a line now and then where they don't."""

import time
from collections.abc import Callable

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

SECONDS_BETWEEN_LINES = 15.0


class Bar:
    """On a terminal: a bar while texts are embedded, the step's name before and after."""

    def __init__(self, console: Console) -> None:
        self._bar = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
            TimeRemainingColumn(), console=console, transient=True,
        )  # fmt: skip
        self._task = self._bar.add_task("", total=None)
        self._bar.start()

    def step(self, name: str) -> None:
        self._bar.update(self._task, description=name.capitalize())

    def begin(self, texts: int) -> None:
        self._bar.update(self._task, total=texts)

    def advance(self, texts: int) -> None:
        self._bar.advance(self._task, texts)

    def notice(self, message: str) -> None:
        self._bar.console.print(message, style="yellow", markup=False, highlight=False)

    def stop(self) -> None:
        self._bar.stop()


class Lines:
    """In a log: how many texts are embedded, at most four times a minute."""

    def __init__(self, console: Console, clock: Callable[[], float] = time.monotonic) -> None:
        self._console = console
        self._clock = clock
        self._total = self._done = 0
        self._due = float("inf")

    def step(self, name: str) -> None: ...

    def begin(self, texts: int) -> None:
        self._total = texts
        self._due = self._clock() + SECONDS_BETWEEN_LINES

    def advance(self, texts: int) -> None:
        self._done += texts
        if self._clock() >= self._due:
            self._due = self._clock() + SECONDS_BETWEEN_LINES
            self._say(f"Embedded {self._done} of {self._total} texts.")

    def notice(self, message: str) -> None:
        self._say(message)

    def stop(self) -> None: ...

    def _say(self, message: str) -> None:
        self._console.print(message, markup=False, highlight=False, soft_wrap=True)
