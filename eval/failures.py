"""Failing questions with their answers and what is missing, for reading."""

from collections.abc import Collection, Iterable, Iterator

from assistant.types import Answer
from eval.metrics import Result, is_statement, missing, with_parents
from eval.questions import Alternatives


def failing(results: Iterable[Result], words: Collection[str] = ()) -> list[Result]:
    """Those not right in all they ask for; of these, those that ``words`` describe.

    A word is an id, a group, a file, a language, an intent or an expected outcome; all must fit.
    """
    return [r for r in results if not r.score.all_right and _words(r).issuperset(words)]


def describe(result: Result, known: Collection[str]) -> str:
    """A few lines; ``known`` holds the ids of the corpus: what it lacks no answer can name."""
    asked, gave, scored = result.asked, result.given, result.score
    lines = [f"{asked.id}  {asked.file}, {asked.language}, {asked.intent}, {asked.step or '-'}"]
    lines += [f"  before   {text}" for text in asked.history]
    lines.append(f"  asked    {asked.text}")
    if not scored.outcome:
        lines.append(f"  OUTCOME  {gave.outcome}, expected {asked.outcome}")
    named = {*gave.items, *gave.entities}
    lines += [f"  NO ID    {way}" for way in _ways(missing(asked.ids, named), known)]
    cited = missing(asked.facts, with_parents(gave.statements))
    lines += [f"  NO FACT  {way}" for way in _ways(cited, known)]
    if scored.lead is False:
        lines.append(f"  LEAD     expected {next(_ways((asked.lead,), known))}")
    right = {i for alternatives in asked.ids for i in alternatives}
    if extra := [i for i in gave.items if i not in right]:
        lines.append(f"  beside   {', '.join(extra)}")
    understood = result.answer.understood
    lines.append(f"  taken as {understood.intent}: {', '.join(understood.entities) or '-'}")
    lines += [f"  answer   {sentence}" for sentence in _sentences(result.answer)]
    return "\n".join(lines) + "\n"


def _words(result: Result) -> set[str]:
    asked = result.asked
    return {asked.id, asked.group, asked.file, asked.language, asked.intent, asked.outcome}


def _ways(wanted: Alternatives, known: Collection[str]) -> Iterator[str]:
    for alternatives in wanted:
        held = "" if not set(alternatives).isdisjoint(known) else "  (not in the corpus)"
        yield " or ".join(alternatives) + held


def _sentences(answer: Answer) -> Iterator[str]:
    """Each with the statements it cites."""
    about = {citation.n: citation.about for citation in answer.citations}
    for sentence in (s for block in answer.blocks for s in block.sentences):
        ids = [i for n in sentence.citations for i in about[n] if is_statement(i)]
        yield f"{sentence.text} [{', '.join(ids)}]" if ids else sentence.text
