"""Build the index from the corpus: ``python ingest.py``, ``--status`` to look only."""

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from assistant.errors import CertpathError, IngestRunning
from assistant.ingestion.ingest import Report, ingest, inspect
from assistant.services import build_embedder, configure_logging
from assistant.settings import Settings

FAILED, BUSY, STALE = 1, 3, 4
_console = Console(stderr=True)


class Bar:
    """Embedding progress on standard error; silent where that is no terminal."""

    def __init__(self) -> None:
        self._bar = Progress(
            TextColumn("Embedding passages"), BarColumn(), MofNCompleteColumn(),
            TimeRemainingColumn(), console=_console,
        )  # fmt: skip
        self._task = self._bar.add_task("embed", total=None)

    def begin(self, passages: int) -> None:
        self._bar.update(self._task, total=passages)
        self._bar.start()

    def advance(self, passages: int) -> None:
        self._bar.advance(self._task, passages)

    def stop(self) -> None:
        self._bar.stop()


def main(
    status: Annotated[
        bool, typer.Option("--status", help="Say what is there; write nothing.")
    ] = False,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Build anew, even if unchanged.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Build the index from the corpus; an unchanged corpus is left alone.

    Exit codes: 0 done or up to date, 1 failed, 3 another ingest is running, 4 out of date
    (with --status).
    """
    settings = Settings()
    configure_logging(settings)
    embedder = build_embedder(settings, _console.print)
    bar = Bar()
    try:
        if status:
            _tell_status(settings, embedder.fingerprint, as_json)
        else:
            report = ingest(
                settings.corpus_dir, settings.index_dir, embedder, bar,
                lambda: datetime.now(UTC), rebuild=rebuild,
            )  # fmt: skip
            _tell(report, as_json)
    except CertpathError as error:
        bar.stop()
        _console.print(error.message, style="red", markup=False)
        if error.hint:
            _console.print(error.hint, markup=False)
        raise typer.Exit(BUSY if isinstance(error, IngestRunning) else FAILED) from error
    finally:
        bar.stop()
        embedder.close()


def _tell(report: Report, as_json: bool) -> None:
    manifest = report.manifest
    if as_json:
        sys.stdout.write(json.dumps(asdict(report)) + "\n")
    elif report.published:
        _say(f"Published {manifest.generation}: {manifest.passages} passages.")
    else:
        _say(f"Up to date: {manifest.generation}, {manifest.passages} passages.")


def _tell_status(settings: Settings, fingerprint: str, as_json: bool) -> None:
    status = inspect(settings.corpus_dir, settings.index_dir, fingerprint)
    if as_json:
        sys.stdout.write(json.dumps(asdict(status)) + "\n")
    else:
        there = status.manifest
        _say(f"Corpus: {status.statements} statements, {status.passages} passages.")
        _say(f"Index: {there.generation}, built {there.built_at}." if there else "Index: none.")
        _say("Up to date." if status.fresh else "Out of date: run `python ingest.py`.")
    if not status.fresh:
        raise typer.Exit(STALE)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    typer.run(main)
