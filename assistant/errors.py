"""Every error Certpath raises on purpose.

CertpathError             .code .hint .retryable
├── InvalidInput          what the caller sent cannot be used; sending it again does not help
├── NotFound              the id is not known here
│   └── ConversationUnknown  no conversation has the id: deleted, swept, or never there
├── Unauthorized          the operator's token is missing or wrong
├── CorpusError           a knowledge file is wrong; .problems, each with file, line and id
├── ModelError            the embedding model is missing, damaged or another one
├── IndexingError         an index cannot be read, written or does not fit the model
│   ├── IndexMissing      nothing has been published yet (retryable: ingest, then ask again)
│   ├── IndexDamaged      a file is not what was written
│   ├── IndexForeign      it was built with another model or by another version of Certpath
│   ├── IndexNotWritable  the disk is full, read-only or refuses for another reason
│   └── IngestRunning     another process holds the ingest lock (retryable)
├── ConversationBusy      a message of the conversation is still being answered (retryable)
├── StorageError          the database is of another version, or an archive is not ours
├── Interrupted           the person at the keyboard ended it
├── Unavailable           the service is starting or stopping (retryable)
│   ├── StorageUnavailable  the database of the conversations cannot be reached (retryable)
│   ├── Busy              too many questions wait already (retryable)
│   └── TimedOut          the time for an answer has run out (retryable)
└── Cancelled             nobody waits for the answer any more
"""

from dataclasses import dataclass


class CertpathError(Exception):
    """Base of the tree; the message is written for the person who reads it."""

    code = "internal"
    retryable = False

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class InvalidInput(CertpathError):
    code = "invalid"


class NotFound(CertpathError):
    code = "not_found"


class ConversationUnknown(NotFound):
    code = "conversation_unknown"


class Unauthorized(CertpathError):
    code = "unauthorized"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in a knowledge file; ``line`` counts from 1; 0 means the whole file."""

    file: str
    line: int
    id: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.id}: {self.message}" if self.id else f"{where}: {self.message}"


class CorpusError(CertpathError):
    code = "corpus"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        lines = "\n".join(str(problem) for problem in problems)
        super().__init__(f"{len(problems)} problem(s) in the corpus:\n{lines}")
        self.problems = problems


class ModelError(CertpathError):
    code = "model"


class IndexingError(CertpathError):
    code = "index"


class IndexMissing(IndexingError):
    code = "index_missing"
    retryable = True


class IndexDamaged(IndexingError):
    code = "index_damaged"


class IndexForeign(IndexingError):
    code = "index_foreign"


class IndexNotWritable(IndexingError):
    code = "index_not_writable"


class IngestRunning(IndexingError):
    code = "ingest_running"
    retryable = True


class ConversationBusy(CertpathError):
    code = "conversation_busy"
    retryable = True


class StorageError(CertpathError):
    code = "storage"


class Interrupted(CertpathError):
    code = "interrupted"


class Unavailable(CertpathError):
    code = "unavailable"
    retryable = True


class StorageUnavailable(Unavailable):
    code = "storage_unavailable"


class Busy(Unavailable):
    code = "busy"


class TimedOut(Unavailable):
    code = "timed_out"


class Cancelled(CertpathError):
    code = "cancelled"
