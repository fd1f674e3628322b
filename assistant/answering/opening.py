"""A cited passage as its reader opens it."""

from assistant.answering.phrases import say
from assistant.answering.snapshot import Snapshot
from assistant.errors import NotFound
from assistant.language import shown, stored
from assistant.types import Language, OpenedPassage


def open_passage(passage_id: str, language: Language, snapshot: Snapshot) -> OpenedPassage:
    """The stored text unchanged, with words in ``language`` around it; NotFound if unknown."""
    passage = snapshot.searcher.passages.get(passage_id)
    if passage is None:
        raise NotFound("No passage has this id.", "Ask again: the answer cites what is current.")
    source = snapshot.knowledge.sources[passage.document_id]
    said = stored(language)
    notice = say("paraphrase" if source.wording == "own" else "original", said)
    return OpenedPassage(
        passage=passage,
        source=shown(source.title.stored(said), language),
        wording=source.wording,
        notice=shown(notice, language),
        as_of=snapshot.knowledge.as_of,
        generation=snapshot.generation,
    )
