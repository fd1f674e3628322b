"""Questions asked in vain, beside what the corpus says nearest to them."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.listing import Lister
from assistant.answering.pipeline import QueryEmbedder
from assistant.answering.retrieve import retrieve
from assistant.answering.snapshot import Snapshot
from assistant.answering.understand import understand
from assistant.answering.weights import Weights
from assistant.listings import Gap, Gaps
from assistant.types import Language, Question

_NEAREST = 3


def list_missed(
    gaps: Sequence[Gap], total: int, language: Language, snapshot: Snapshot, embedder: QueryEmbedder
) -> Gaps:
    """The gaps as they come, each with the statements nearest to it in ``language``."""
    lister = Lister(snapshot, language)
    items = []
    for gap in gaps:
        understood = understand(Question(gap.question, language=gap.language), snapshot)
        vector = embedder.embed_query(understood.plain)
        evidence = retrieve(understood, vector, snapshot, Weights())
        nearest = (snapshot.knowledge.statements[i] for i in evidence.statements[:_NEAREST])
        items.append(replace(gap, nearest=tuple(map(lister.say, nearest))))
    return Gaps(
        items=tuple(items),
        total=total,
        citations=lister.citations.build(language),
        as_of=snapshot.knowledge.as_of,
        generation=snapshot.generation,
    )
