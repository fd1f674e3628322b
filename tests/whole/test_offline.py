"""From corpus to answer without one attempt to connect, and without a word on the console."""

import subprocess
import sys

import pytest

from assistant.settings import ROOT

pytestmark = pytest.mark.slow
_SCRIPT = """
import sys
from datetime import UTC, datetime

attempts = []
def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname"):
        attempts.append((event, arguments[-1]))
sys.addaudithook(watch)

from assistant.ingestion.ingest import ingest
from assistant.services import Services, build_embedder, configure_logging
from assistant.settings import Settings
from assistant.types import Question
from assistant.ingestion.progress import Silent

settings = Settings()
configure_logging(settings)
embedder = build_embedder(settings, print)
ingest(settings.corpus_dir, settings.index_dir, embedder, Silent(), lambda: datetime.now(UTC))
services = Services(settings, embedder)
services.warm_up()
assert services.answer(Question("内审要做几次？")).outcome == "answered"
services.close()
assert attempts == [], attempts
"""


def test_ingest_and_answer_connect_nowhere_and_print_nothing(environ: dict[str, str]) -> None:
    command = [sys.executable, "-c", _SCRIPT]
    result = subprocess.run(
        command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
