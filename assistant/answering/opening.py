"""A cited passage as its reader opens it."""

from assistant.answering.phrases import say
from assistant.answering.snapshot import Snapshot
from assistant.errors import NotFound
from assistant.knowledge.passages import LANGUAGES
from assistant.language import shown, stored
from assistant.types import KeptPassage, Language, OpenedPassage


def keep(passage_id: str, snapshot: Snapshot) -> KeptPassage:
    """A passage with what is needed to open it later; NotFound if unknown."""
    passage = snapshot.searcher.passages.get(passage_id)
    if passage is None:
        raise NotFound("No passage has this id.", "Ask again: the answer cites what is current.")
    source = snapshot.knowledge.sources[passage.document_id]
    return KeptPassage(
        passage=passage,
        source=tuple((said, source.title.stored(said)) for said in LANGUAGES),
        wording=source.wording,
        as_of=snapshot.knowledge.as_of,
        generation=snapshot.generation,
    )


def open_passage(passage_id: str, language: Language, snapshot: Snapshot) -> OpenedPassage:
    """The stored text unchanged, with words in ``language`` around it; NotFound if unknown."""
    return _opened(keep(passage_id, snapshot), language, None)


def open_kept(kept: KeptPassage, language: Language, snapshot: Snapshot) -> OpenedPassage:
    """One that has left the index, with the id of what stands in its place today."""
    place = _place(kept.passage.id)
    newer = (i for i in snapshot.searcher.passages if _place(i) == place)
    return _opened(kept, language, next(newer, None))


def _opened(kept: KeptPassage, language: Language, superseded_by: str | None) -> OpenedPassage:
    said = stored(language)
    notice = say("paraphrase" if kept.wording == "own" else "original", said)
    return OpenedPassage(
        passage=kept.passage,
        source=shown(dict(kept.source)[said], language),
        wording=kept.wording,
        notice=shown(notice, language),
        as_of=kept.as_of,
        generation=kept.generation,
        superseded_by=superseded_by,
    )


def _place(passage_id: str) -> str:
    """Document and locator, without the digest of the text."""
    return passage_id.rpartition("@")[0]
