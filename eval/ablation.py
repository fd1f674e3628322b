"""What each stage is worth: ``python -m eval.ablation``, for the tables of ``docs/quality.md``.

Search is measured by the facts that it brings up, whole answers by the facts that they cite. For
search, turns of a dialogue that lean on others are left out: it cannot know what they mean.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from assistant.answering.weights import Weights
from assistant.index.embedding import Embedder
from assistant.index.generations import open_index
from assistant.index.manifest import current
from assistant.index.searching import Searcher
from assistant.ingestion.ingest import COLLECTION
from assistant.services import Services
from assistant.settings import ROOT, Settings
from assistant.types import Language
from eval.questions import Asked, folder_of, load
from eval.ranking import K, Rank, ranks_of, recall_at
from eval.run import Ask, ask_all, fresh_index
from eval.tables import percent, table
from eval.totals import mean, proportion

PAGE = ROOT / "docs" / "quality.md"
_LANGUAGES: tuple[Language, ...] = ("en", "zh-Hans", "zh-Hant")


def main() -> None:
    """Prints the tables and writes them into the page."""
    questions = load(folder_of("dev"))
    with fresh_index() as (settings, embedder):
        searched = _searched(settings, embedder, questions)
        services = Services(settings, embedder)
        try:
            services.warm_up()
            answered = [answer_row(name, ask, questions) for name, ask in asks(services).items()]
        finally:
            services.close()
    text = table(("search, facts in the first k, %", "all", *_LANGUAGES), searched)
    text += "\n" + table(("answers, all facts cited, %", "all", *_LANGUAGES), answered)
    sys.stdout.write(text)
    PAGE.write_text(between_markers(PAGE.read_text("utf-8"), "ablation", text), "utf-8")


def asks(services: Services) -> Mapping[str, Ask]:
    """The ways of answering that are compared, each with one view of the statements more."""
    bm25 = Weights(
        near=0.0, near_other=0.0, words=0.0, bm25=1.0, things=0.0, facet=0.0, passage=0.0,
        like=0.0, like_words=0.0, graph=False,
    )  # fmt: skip
    full = Weights()
    statements = replace(full, like=0.0, like_words=0.0)
    dense = replace(bm25, bm25=0.0, near=1.0)
    fused = replace(statements, things=0.0, facet=0.0, near_other=0.0, passage=0.0, graph=False)
    both = replace(fused, near_other=full.near_other)
    passages = replace(both, passage=full.passage)
    things = replace(passages, things=full.things)
    rows = {
        "BM25": bm25,
        "dense": dense,
        "fused": fused,
        "+ other language": both,
        "+ passages": passages,
        "+ entities": things,
        "+ intent": replace(things, facet=full.facet),
        "+ graph": statements,
        "+ competency questions (all)": full,
    }
    return {name: partial(services.answer, weights=weights) for name, weights in rows.items()}


def search_rows(
    name: str, rank: Rank, questions: Sequence[Asked], searcher: Searcher
) -> list[tuple[str, ...]]:
    """The name, and mean recall@1 and @K over all questions and by language."""
    ranked = [(asked, rank(asked)) for asked in questions if asked.facts and not asked.history]
    rows = []
    for k in (1, K):
        shares = [(q.language, recall_at(k, q, found, searcher.passages)) for q, found in ranked]
        by_language = [
            mean(share for spoken, share in shares if spoken == one) for one in _LANGUAGES
        ]
        cells = map(percent, (mean(share for _, share in shares), *by_language))
        rows.append((f"{name}, recall@{k}", *cells))
    return rows


def answer_row(name: str, ask: Ask, questions: Sequence[Asked]) -> tuple[str, ...]:
    """The name, and the share of questions with all facts cited, overall and by language."""
    flags = [(r.asked.language, r.score.facts_right) for r in ask_all(questions, ask)]
    by_language = [proportion(f for spoken, f in flags if spoken == one) for one in _LANGUAGES]
    return (name, *map(percent, (proportion(flag for _, flag in flags), *by_language)))


def between_markers(text: str, name: str, new: str) -> str:
    """The text with what stands between ``<!-- name -->`` and ``<!-- /name -->`` replaced.

    Raises ValueError where the markers are not there once each, in this order.
    """
    start, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
    before, _, rest = text.partition(start)
    _, found, after = rest.partition(end)
    if not found or start in rest or end in after:
        raise ValueError(f"{start.strip()} and {end} have to be there, once each")
    return f"{before}{start}{new}{end}{after}"


def _searched(
    settings: Settings, embedder: Embedder, questions: Sequence[Asked]
) -> list[tuple[str, ...]]:
    folder = settings.index_dir / COLLECTION
    manifest = current(folder)
    if manifest is None:
        raise ValueError(f"nothing was published in {folder}")
    searcher = open_index(folder / manifest.generation, embedder.fingerprint)
    try:
        ranks = ranks_of(searcher, embedder)
        rows = (search_rows(name, rank, questions, searcher) for name, rank in ranks.items())
        return [row for several in rows for row in several]
    finally:
        searcher.close()


if __name__ == "__main__":
    main()
