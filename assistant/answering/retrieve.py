"""Evidence from the graph and from search, and how much of the question it speaks of."""

import numpy as np
from numpy.typing import NDArray

from assistant.answering.model import Evidence, Intent, Understood
from assistant.answering.select import covered, select
from assistant.answering.snapshot import Snapshot
from assistant.knowledge.model import Statement
from assistant.language import stored
from assistant.types import Hit

# Answered from relations, so that the question's words are held against all said of the entity.
_FROM_GRAPH: frozenset[Intent] = frozenset(("next", "before", "documents"))
_HITS = 10


def retrieve(understood: Understood, vector: NDArray[np.float32], snapshot: Snapshot) -> Evidence:
    """``vector`` is the question embedded, shape (d,), unit norm."""
    language = stored(understood.language)
    hits = snapshot.searcher.search(
        understood.forms, vector, language=language, within=frozenset((language,)), k=_HITS
    )
    candidates = _candidates(understood, hits, snapshot)
    selected = select(understood, candidates, snapshot)
    from_graph = bool(understood.entities) and understood.intent in _FROM_GRAPH
    return Evidence(
        statements=tuple(statement.id for statement in selected),
        coverage=covered(understood, candidates if from_graph else selected, snapshot),
        nearest=_nearest(hits, snapshot),
    )


def _candidates(
    understood: Understood, hits: tuple[Hit, ...], snapshot: Snapshot
) -> tuple[Statement, ...]:
    """Statements about what the question names; where it names nothing, those that search finds."""
    knowledge = snapshot.knowledge
    if not understood.entities:
        passages = (snapshot.searcher.passages[hit.passage_id] for hit in hits)
        return tuple(knowledge.statements[s.statement_id] for p in passages for s in p.spans)
    groups = [snapshot.said_of(entity_id) for entity_id in understood.entities]
    kinds = {knowledge.entities[entity_id].kind for entity_id in understood.entities}
    if len(kinds) > 1:  # 管理者代表 in the 内部审核: what is said of both comes first
        shared = tuple(s for s in groups[0] if all(s in group for group in groups))
        if select(understood, shared, snapshot):
            return shared
    return tuple(dict.fromkeys(statement for group in groups for statement in group))


def _nearest(hits: tuple[Hit, ...], snapshot: Snapshot) -> tuple[str, ...]:
    passages = (snapshot.searcher.passages[hit.passage_id] for hit in hits)
    return tuple(dict.fromkeys(passage.about[0] for passage in passages))
