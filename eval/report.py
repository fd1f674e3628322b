"""Measure the answers: ``python -m eval.report dev``.

Alone it prints the tables and writes ``eval/outcomes/dev.tsv``. ``--check`` writes nothing and
fails where a question got worse than that file says; ``--failures`` prints what to look at.
``final`` is the part that is set aside: it prints tables only and adds them to ``eval/FINAL.md``.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from assistant.knowledge.loading import load_corpus
from assistant.settings import Settings
from eval import outcomes
from eval.failures import describe, failing
from eval.metrics import Result, with_parents
from eval.questions import folder_of, load
from eval.record import FILE, add, head
from eval.run import ask_all, running_services
from eval.tables import tables


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0, or 1 where ``--check`` finds that a question got worse."""
    options = _parser().parse_args(arguments)
    if options.part == "final" and (options.check or options.failures is not None):
        _parser().error("nobody looks at single questions of the part that is set aside")
    with running_services() as services:
        results = ask_all(load(folder_of(options.part)), services.answer)
    if options.part == "final":
        return final(results, FILE, datetime.now(UTC).date(), head())
    if options.failures is not None:
        return _failures(results, options.failures)
    path = outcomes.path_of("dev")
    return check(results, path) if options.check else _dev(results, path)


def check(results: Sequence[Result], path: Path) -> int:
    """1 where a question is worse than the file says, or the file has other questions."""
    before, now = outcomes.read(path), outcomes.lines(results)
    unmatched, worse = outcomes.unmatched(before, now), outcomes.regressions(before, now)
    better = outcomes.improvements(before, now)
    for heading, found in (
        (f"Only in {path.name} or only in the questions", unmatched),
        ("Was right and is wrong now", worse),
    ):
        if found:
            _say(f"{heading}: {len(found)}\n  " + "\n  ".join(found))
    if better:
        _say(f"Was wrong and is right now: {len(better)}")
    if unmatched or worse or better:
        _say("`make eval` records the outcomes as they are; its diff is for review.")
    else:
        _say(f"No question of {len(now)} got better or worse.")
    return 1 if unmatched or worse else 0


def final(results: Sequence[Result], path: Path, day: date, commit: str) -> int:
    """Prints the tables and adds them to the file; of single questions nothing is shown."""
    figures = tables(results)
    _say(figures)
    add(path, figures, day, commit)
    return 0


def _dev(results: Sequence[Result], path: Path) -> int:
    _say(tables(results))
    outcomes.write(path, outcomes.lines(results))
    _say(f"Outcomes: {path}")
    return 0


def _failures(results: Sequence[Result], words: Sequence[str]) -> int:
    knowledge = load_corpus(Settings().corpus_dir)
    known = with_parents({*knowledge.entities, *knowledge.statements})
    found = failing(results, words)
    for result in found:
        _say(describe(result, known))
    _say(f"{len(found)} failing questions.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m eval.report", description=__doc__)
    parser.add_argument("part", choices=("dev", "final"))
    parser.add_argument("--check", action="store_true", help="fail where a question got worse")
    parser.add_argument(
        "--failures",
        nargs="*",
        metavar="WORD",
        help="print failing questions: all, or those of an id, file, language, intent, outcome",
    )
    return parser


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
