"""Build the index from the corpus: ``python ingest.py``, ``--status`` to look only."""

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console

from assistant.errors import (
    CertpathError,
    CorpusError,
    IndexNotWritable,
    IngestRunning,
    Interrupted,
    InvalidInput,
    ModelError,
)
from assistant.index.embedding import Embedder
from assistant.ingestion.ingest import Report, Status, ingest, inspect
from assistant.ingestion.terminal import Bar, Lines
from assistant.services import build_embedder, configure_logging
from assistant.settings import Settings, read_settings

FAILED, STALE = 1, 4
EXIT_CODES: dict[type[CertpathError], int] = {
    InvalidInput: 2,
    IngestRunning: 3,
    CorpusError: 5,
    ModelError: 6,
    IndexNotWritable: 7,
    Interrupted: 130,
}
_console = Console(stderr=True)


def main(
    status: Annotated[
        bool, typer.Option("--status", help="Say what is there; write nothing.")
    ] = False,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Build anew, even if unchanged.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object on standard output.")
    ] = False,
) -> None:
    """Build the index from the corpus; an unchanged corpus is left alone.

    Exit codes: 0 done or up to date, 1 failed for another reason, 2 wrong option or setting,
    3 another ingest is running, 4 out of date (with --status), 5 fault in the corpus,
    6 embedding model missing or damaged, 7 disk full or not writable, 130 interrupted.
    """
    try:
        raise typer.Exit(_run(status, rebuild, as_json))
    except CertpathError as error:
        _tell_error(error, as_json)
        raise typer.Exit(EXIT_CODES.get(type(error), FAILED)) from error


def _run(status: bool, rebuild: bool, as_json: bool) -> int:
    settings = read_settings()
    configure_logging(settings)
    embedder = build_embedder(settings, lambda message: _console.print(message, markup=False))
    try:
        if status:
            found = inspect(settings.corpus_dir, settings.index_dir, embedder.fingerprint)
            _tell_status(found, as_json)
            return 0 if found.fresh else STALE
        _tell(_ingest(settings, embedder, rebuild), as_json)
        return 0
    except KeyboardInterrupt as error:
        hint = "What was embedded is kept: run it again to go on."
        raise Interrupted("Interrupted.", hint) from error
    finally:
        embedder.close()


def _ingest(settings: Settings, embedder: Embedder, rebuild: bool) -> Report:
    progress = Bar(_console) if _console.is_terminal else Lines(_console)
    try:
        return ingest(
            settings.corpus_dir, settings.index_dir, embedder, progress,
            lambda: datetime.now(UTC), rebuild=rebuild,
        )  # fmt: skip
    finally:
        progress.stop()


def _tell(report: Report, as_json: bool) -> None:
    manifest = report.manifest
    if as_json:
        _say(json.dumps(asdict(report)))
    elif report.published:
        _say(
            f"Published {manifest.generation}: {manifest.passages} passages; "
            f"{report.embedded} texts embedded, {report.from_cache} from the cache."
        )
    else:
        _say(f"Up to date: {manifest.generation}, {manifest.passages} passages.")


def _tell_status(status: Status, as_json: bool) -> None:
    if as_json:
        _say(json.dumps(asdict(status)))
        return
    there = status.manifest
    _say(f"Corpus: {status.statements} statements, {status.passages} passages.")
    _say(f"Index: {there.generation}, built {there.built_at}." if there else "Index: none.")
    if status.problem:
        _say(status.problem)
    _say("Up to date." if status.fresh else "Out of date: run `python ingest.py`.")


def _tell_error(error: CertpathError, as_json: bool) -> None:
    if as_json:
        told: dict[str, object] = {"code": error.code, "message": error.message, "hint": error.hint}
        if isinstance(error, CorpusError):
            told["problems"] = [asdict(problem) for problem in error.problems]
        _say(json.dumps({"error": told}))
        return
    _console.print(error.message, style="red", markup=False, soft_wrap=True)
    if error.hint:
        _console.print(error.hint, markup=False, soft_wrap=True)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    typer.run(main)
