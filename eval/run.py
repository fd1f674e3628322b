"""Asks a set of questions, in this process and without a server."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from assistant.index.embedding import Embedder
from assistant.ingestion.ingest import ingest
from assistant.ingestion.progress import Silent
from assistant.services import Services, build_embedder, configure_logging
from assistant.settings import Settings
from assistant.types import Answer, Earlier, Question
from eval.metrics import Result, measure
from eval.questions import Asked

Ask = Callable[[Question], Answer]


@contextmanager
def fresh_index() -> Iterator[tuple[Settings, Embedder]]:
    """The settings, whose index is then up to date with corpus and model, and the model.

    Raises what ingest raises.
    """
    settings = Settings(log_level="error")
    configure_logging(settings)
    embedder = build_embedder(settings, lambda _: None)
    folders = settings.corpus_dir, settings.index_dir
    try:
        ingest(*folders, embedder, Silent(), lambda: datetime.now(UTC))
        yield settings, embedder
    finally:
        embedder.close()


@contextmanager
def running_services() -> Iterator[Services]:
    """The service of the settings, ready to answer; raises what ingest raises."""
    with fresh_index() as (settings, embedder):
        services = Services(settings, embedder)
        try:
            services.warm_up()
            yield services
        finally:
            services.close()


def ask_all(questions: Iterable[Asked], ask: Ask) -> list[Result]:
    """In order. Nobody tells the language: it is read from the question, as in use.

    Turns of a dialogue follow each other, so an earlier one is known with its answer, as in use.
    """
    results: list[Result] = []
    answered: dict[tuple[str, str], Answer] = {}
    for asked in questions:
        history = tuple(_earlier(text, answered.get((asked.group, text))) for text in asked.history)
        given = ask(Question(asked.text, history, region=asked.region))
        answered[asked.group, asked.text] = given
        results.append(measure(asked, given))
    return results


def _earlier(text: str, given: Answer | None) -> Earlier:
    return Earlier.of(text, given) if given else Earlier(text)
