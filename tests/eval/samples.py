"""Questions and answers made by hand."""

from typing import Any

from assistant.types import (
    Answer,
    Block,
    Citation,
    Item,
    Language,
    Outcome,
    Progress,
    Sentence,
    Understanding,
)  # fmt: skip
from eval.metrics import Result, measure
from eval.questions import Asked


def asked(id_: str = "A1", **changed: Any) -> Asked:
    """Who appoints: R-03 or its step, F049 cited first."""
    fields = {
        "id": id_, "group": id_, "file": "answerable", "language": "en", "intent": "who",
        "step": "S2.3", "text": "Who appoints the MR?", "outcome": "answered",
        "ids": (("R-03", "S2.3"),), "facts": (("F049",),), "lead": ("F049",),
    }  # fmt: skip
    return Asked(**{**fields, **changed})


def answer(
    *sentences: tuple[tuple[str, ...], ...],
    items: tuple[str, ...] = (),
    outcome: Outcome = "answered",
    language: Language = "en",
) -> Answer:
    """Each sentence is given by what its citations are about; each citation is one of its own."""
    abouts = [about for sentence in sentences for about in sentence]
    numbers = iter(range(1, len(abouts) + 1))
    said = tuple(
        Sentence("Said.", "claim", tuple(next(numbers) for _ in sentence)) for sentence in sentences
    )
    return Answer(
        outcome=outcome,
        language=language,
        blocks=(Block("lead", said[:1]), Block("list", said[1:])),
        items=tuple(Item("role", id_, id_, "", (1,)) for id_ in items),
        citations=tuple(_citation(n, about) for n, about in enumerate(abouts, start=1)),
        suggestions=(),
        warnings=(),
        understood=Understanding("who", ("R-03",), None, Progress()),
        engine="extractive",
        as_of="2026-11-23",
        generation="g",
    )


def _citation(n: int, about: tuple[str, ...]) -> Citation:
    return Citation(
        n=n, passage_id="d#1@0", document_id="d", title="", locator="1", about=about, quote="q",
        start=0, end=1, sha256="", source="", wording="own", confidence="high", checked=None,
        applies_to="*", caution=None, support=1.0,
    )  # fmt: skip


GOOD = answer((("F049", "R-03"),), items=("R-03",))
"""What :func:`asked` wants."""

NOTHING = answer((), outcome="not_covered")


def result(given: Answer = GOOD, id_: str = "A1", **changed: Any) -> Result:
    return measure(asked(id_, **changed), given)
