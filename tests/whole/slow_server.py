"""A server as ``server.py`` runs it, whose answers take two seconds and whose end it prints.

``python -m tests.whole.slow_server``, with settings from the environment.
"""

import time

from assistant.deadline import Deadline
from assistant.errors import CertpathError
from assistant.memory.database import Database, sqlite_url
from assistant.memory.records import Reply
from assistant.memory.store import Store
from assistant.services import configure_logging
from assistant.settings import Settings
from assistant.types import Question
from assistant.web.app import create_app
from server import serve
from tests.web.fake import FakeBackend

SECONDS = 2.0


class Slow(FakeBackend):
    def _reply(self, question: Question, deadline: Deadline) -> Reply:
        print("begun", flush=True)  # noqa: T201 - read by the tests
        end = time.monotonic() + SECONDS
        try:
            while time.monotonic() < end:
                time.sleep(0.02)
                deadline.check()
        except CertpathError as error:
            print(error.code, flush=True)  # noqa: T201 - likewise
            raise
        print("done", flush=True)  # noqa: T201 - likewise
        return super()._reply(question, deadline)


if __name__ == "__main__":
    settings = Settings()
    configure_logging(settings)
    settings.data_dir.mkdir(parents=True)
    store = Store(Database(sqlite_url(settings.data_dir / "memory.db")))
    store.open()
    serve(create_app(Slow(store), settings), settings)
