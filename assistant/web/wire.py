"""What callers receive. Shared types whose fields are the contract's are sent as they are."""

from typing import Annotated

from pydantic import BaseModel, Field

from assistant.types import (
    Answer,
    Block,
    BlockKind,
    Citation,
    Item,
    Language,
    OpenedPassage,
    Outcome,
    Sentence,
    Span,
    StoredLanguage,
    Understanding,
    Wording,
)
from assistant.web.markdown import render


class ItemOut(BaseModel):
    """A step, role or clause that the answer names; ``citations`` are numbers ``n``."""

    id: str
    title: str
    detail: str
    citations: tuple[int, ...]


class DocumentOut(ItemOut):
    """A document or record; ``owner`` holds role ids."""

    requirement: str | None
    basis: str | None
    owner: tuple[str, ...]


class ChatResponse(BaseModel):
    """The whole checked answer."""

    conversation_id: str
    message_id: str
    outcome: Outcome
    language: Language
    answer: Annotated[str, Field(description="Markdown with [n], made from `blocks`.")]
    blocks: tuple[Block, ...]
    steps: tuple[ItemOut, ...]
    roles: tuple[ItemOut, ...]
    documents: tuple[DocumentOut, ...]
    clauses: tuple[ItemOut, ...]
    citations: tuple[Citation, ...]
    suggestions: tuple[str, ...]
    warnings: tuple[str, ...]
    understood: Understanding
    engine: str
    as_of: str
    generation: str
    timings_ms: dict[str, float]


class Start(BaseModel):
    """Data of the event ``start``: the question has been taken on."""

    conversation_id: str
    message_id: str


class Delta(BaseModel):
    """Data of an event ``delta``: a checked sentence and its place, ``blocks[block]``."""

    block: int
    kind: BlockKind
    sentence: Sentence


class SourceOut(BaseModel):
    """A passage: ``text[start:end]``, in code points, is the quote of every citation of it."""

    passage_id: str
    document_id: str
    title: str
    locator: str
    language: StoredLanguage
    text: str
    sha256: str
    about: tuple[str, ...]
    spans: tuple[Span, ...]
    source: str
    wording: Wording
    notice: str
    as_of: str
    generation: str
    superseded_by: Annotated[
        str | None,
        Field(description="The passage in its place today, where this is kept for old answers."),
    ]


class Live(BaseModel):
    """The process answers."""

    live: bool = True


def chat_response(answer: Answer, conversation_id: str, message_id: str) -> ChatResponse:
    return ChatResponse(
        conversation_id=conversation_id,
        message_id=message_id,
        outcome=answer.outcome,
        language=answer.language,
        answer=render(answer.blocks, answer.language),
        blocks=answer.blocks,
        steps=tuple(_item(item) for item in answer.items if item.kind == "step"),
        roles=tuple(_item(item) for item in answer.items if item.kind == "role"),
        documents=tuple(_document(item) for item in answer.items if item.kind == "document"),
        clauses=tuple(_item(item) for item in answer.items if item.kind == "clause"),
        citations=answer.citations,
        suggestions=answer.suggestions,
        warnings=answer.warnings,
        understood=answer.understood,
        engine=answer.engine,
        as_of=answer.as_of,
        generation=answer.generation,
        timings_ms=dict(answer.timings_ms),
    )


def source_out(opened: OpenedPassage) -> SourceOut:
    passage = opened.passage
    return SourceOut(
        passage_id=passage.id,
        document_id=passage.document_id,
        title=passage.title,
        locator=passage.locator,
        language=passage.language,
        text=passage.text,
        sha256=passage.sha256,
        about=passage.about,
        spans=passage.spans,
        source=opened.source,
        wording=opened.wording,
        notice=opened.notice,
        as_of=opened.as_of,
        generation=opened.generation,
        superseded_by=opened.superseded_by,
    )


def _item(item: Item) -> ItemOut:
    return ItemOut(id=item.id, title=item.title, detail=item.detail, citations=item.citations)


def _document(item: Item) -> DocumentOut:
    return DocumentOut(
        id=item.id,
        title=item.title,
        detail=item.detail,
        citations=item.citations,
        requirement=item.requirement,
        basis=item.basis,
        owner=item.owner,
    )
