"""Evidence: statements that answer, the step a question stands at, and what lies near it."""

import numpy as np
from numpy.typing import NDArray

from assistant.answering.model import Evidence, Understood
from assistant.answering.select import select
from assistant.answering.snapshot import Snapshot
from assistant.answering.weights import Weights
from assistant.knowledge.process import whole_step
from assistant.language import stored

_HITS = 40
_TOGETHER = 3  # statements of a step that have to be near for it to be the one described


def retrieve(
    understood: Understood, vector: NDArray[np.float32], snapshot: Snapshot, weights: Weights
) -> Evidence:
    """``vector`` is the question embedded, shape (d,), unit norm."""
    language = stored(understood.language)
    hits = snapshot.searcher.search(
        understood.forms, vector, language=language, within=frozenset((language,)), k=_HITS
    )
    selection = select(understood, vector, hits, snapshot, weights)
    passages = (snapshot.searcher.passages[hit.passage_id] for hit in hits)
    return Evidence(
        statements=tuple(statement.id for statement in selection.statements),
        place=_place(understood, vector, snapshot),
        score=selection.score,
        match=selection.match,
        known=selection.known,
        nearest=tuple(dict.fromkeys(passage.about[0] for passage in passages)),
    )


def _place(
    understood: Understood, vector: NDArray[np.float32], snapshot: Snapshot
) -> tuple[str, ...]:
    """Where on the road the question stands: what it names there, else the step described."""
    knowledge = snapshot.knowledge
    named = tuple(e for e in understood.entities if whole_step(knowledge, e) is not None)
    if named or understood.intent not in ("next", "before") or not understood.told:
        return named
    table = snapshot.tables[stored(understood.language)]
    nearness = table.nearness(vector)
    by_step: dict[str, list[float]] = {}
    for row, statement in enumerate(table.statements):
        step = whole_step(knowledge, statement.entity)
        if step is not None and "timing" not in statement.facets:  # which names two steps
            by_step.setdefault(step, []).append(float(nearness[row]))
    best = {step: sum(sorted(near)[-_TOGETHER:]) for step, near in by_step.items()}
    return (max(best, key=best.__getitem__),) if best else ()
