"""Ways to rank passages for a question, and how many of the wanted facts they bring up."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from assistant.index.embedding import Embedder
from assistant.index.lexical import Lexical
from assistant.index.searching import Searcher
from assistant.language import search_forms, stored, tokens
from assistant.types import Passage
from eval.metrics import facts
from eval.questions import Asked

K = 10

Rank = Callable[[Asked], Sequence[str]]
"""A question to at most K passage ids in its language, best first."""


def ranks_of(searcher: Searcher, embedder: Embedder) -> Mapping[str, Rank]:
    """What is compared, by name."""
    passages = tuple(searcher.passages.values())
    lexical = Lexical.build([passage.text for passage in passages])

    def search(asked: Asked, forms: tuple[str, ...]) -> Sequence[str]:
        language = stored(asked.language)
        vector = embedder.embed_query(search_forms(asked.text)[-1])
        within = frozenset((language,))
        hits = searcher.search(forms, vector, language=language, within=within, k=K)
        return [hit.passage_id for hit in hits]

    return {
        "BM25 alone": lambda asked: by_words(asked, passages, lexical),
        "dense alone": lambda asked: search(asked, ()),  # without words the cosine alone ranks
        "fused": lambda asked: search(asked, search_forms(asked.text)),
    }


def by_words(asked: Asked, passages: Sequence[Passage], lexical: Lexical) -> Sequence[str]:
    """As ``Index`` does it: the best form counts, and what shares no word is not found."""
    forms = search_forms(asked.text)
    scores = np.max([lexical.scores(tokens(form)) for form in forms], axis=0)
    scores[[passage.language != stored(asked.language) for passage in passages]] = 0
    best = np.argsort(-scores, kind="stable")[:K]
    return [passages[i].id for i in best if scores[i] > 0]


def recall_at(
    k: int, asked: Asked, ranked: Sequence[str], passages: Mapping[str, Passage]
) -> float:
    """Share of the lists of facts wanted of which a passage among the first k holds one, 0..1.

    Raises ValueError where the question wants none.
    """
    held = {span.statement_id for id_ in ranked[:k] for span in passages[id_].spans}
    share = facts(asked.facts, held)
    if share is None:
        raise ValueError(f"{asked.id} wants no facts")
    return share
