"""One line a question in a file that is committed: what gets better or worse shows in a diff."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from assistant.settings import ROOT
from eval.metrics import Result
from eval.questions import Part

_WORDS = {True: "yes", False: "no", None: "-"}
_FLAGS = {word: flag for flag, word in _WORDS.items()}
_JUDGED = ("right", "ids", "facts", "lead")


@dataclass(frozen=True, slots=True)
class Line:
    """``outcome`` is that of the answer, ``right`` whether it is the one expected.

    ``ids``: all are named; ``facts``: all are cited; ``lead``: the first sentence is right; None
    where the question does not ask for it.
    """

    question: str
    outcome: str
    right: bool | None
    ids: bool | None
    facts: bool | None
    lead: bool | None


_HEADING = "\t".join(field.name for field in fields(Line))


def path_of(part: Part) -> Path:
    return ROOT / "eval" / "outcomes" / f"{part}.tsv"


def lines(results: Iterable[Result]) -> tuple[Line, ...]:
    """Sorted by id."""
    found = (
        Line(
            r.asked.id,
            r.given.outcome,
            r.score.outcome,
            r.score.ids_right,
            r.score.facts_right,
            r.score.lead,
        )
        for r in results
    )
    return tuple(sorted(found, key=lambda line: line.question))


def write(path: Path, now: Sequence[Line]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = ["\t".join(_WORDS.get(value, value) for value in astuple(line)) for line in now]
    path.write_text("\n".join([_HEADING, *rows]) + "\n", "utf-8")


def read(path: Path) -> tuple[Line, ...]:
    """Raises ValueError where the file is not what :func:`write` writes."""
    heading, *rows = path.read_text("utf-8").splitlines() or [""]
    if heading != _HEADING:
        raise ValueError(f"{path}: the first line is not {_HEADING!r}")
    found = []
    for row in rows:
        question, outcome, *words = row.split("\t")
        if len(words) != len(_JUDGED) or not _FLAGS.keys() >= set(words):
            raise ValueError(f"{path}: {row!r} is not a line of outcomes")
        found.append(Line(question, outcome, *(_FLAGS[word] for word in words)))
    return tuple(found)


def unmatched(before: Sequence[Line], now: Sequence[Line]) -> list[str]:
    """Ids of the questions that only one of the two has."""
    return sorted({line.question for line in before} ^ {line.question for line in now})


def regressions(before: Sequence[Line], now: Sequence[Line]) -> list[str]:
    """What was right of a question and is now wrong, a line each: ``A001: facts``."""
    return _changes(before, now, was=True)


def improvements(before: Sequence[Line], now: Sequence[Line]) -> list[str]:
    """What was wrong of a question and is now right, a line each."""
    return _changes(before, now, was=False)


def _changes(before: Sequence[Line], now: Sequence[Line], *, was: bool) -> list[str]:
    earlier: Mapping[str, Line] = {line.question: line for line in before}
    return [
        f"{line.question}: {'outcome, ' + line.outcome if name == 'right' else name}"
        for line in now
        if line.question in earlier
        for name in _JUDGED
        if getattr(earlier[line.question], name) is was and getattr(line, name) is (not was)
    ]
