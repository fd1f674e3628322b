"""What a generation of the corpus is made of."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.index.manifest import Manifest
from assistant.knowledge.loading import dump, load_corpus
from assistant.knowledge.passages import LANGUAGES, build_passages
from assistant.types import Passage

_FORMAT = 3  # of the files that a generation carries beside its index


@dataclass(frozen=True, slots=True)
class Content:
    """Read from a corpus, nothing embedded yet.

    ``knowledge`` is its dump; ``statements`` are all statements in Chinese, then all in English;
    ``wordings`` those of the competency questions; ``digest`` the SHA-256 of the whole.
    """

    knowledge: bytes
    passages: tuple[Passage, ...]
    statements: tuple[str, ...]
    wordings: tuple[str, ...]
    digest: str

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(passage.text for passage in self.passages)

    def is_in(self, manifest: Manifest, fingerprint: str) -> bool:
        """Whether that generation was built from this, with the model of that fingerprint."""
        return (manifest.digest, manifest.fingerprint) == (self.digest, fingerprint)


def read_content(corpus_dir: Path) -> Content:
    """Raises CorpusError where the corpus does not hold together."""
    knowledge = load_corpus(corpus_dir)
    passages = tuple(build_passages(knowledge))
    content = dump(knowledge)
    return Content(
        content,
        passages,
        tuple(
            statement.text.stored(language)
            for language in LANGUAGES
            for statement in knowledge.statements.values()
        ),
        tuple(wording for question in knowledge.questions for wording in question.wordings),
        _digest(content, passages),
    )


def _digest(knowledge: bytes, passages: Sequence[Passage]) -> str:
    """A change of data and one of the code that makes passages of it both count."""
    digest = hashlib.sha256(f"{_FORMAT}".encode() + knowledge)
    for passage in passages:
        digest.update(passage.id.encode())
    return digest.hexdigest()
