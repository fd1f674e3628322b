"""The list of documents as callers receive it, its rows of the same shape as in an answer."""

from pydantic import BaseModel

from assistant.listings import Document, Listing
from assistant.types import Citation


class ListedDocument(BaseModel):
    """A document or record; ``owner`` holds role ids, ``steps`` the steps that produce it.

    ``applies_to`` is where ``requirement`` holds. The citations are about the document and about
    every id beside it.
    """

    id: str
    title: str
    purpose: str | None
    requirement: str | None
    applies_to: str
    basis: str | None
    owner: tuple[str, ...]
    steps: tuple[str, ...]
    clauses: tuple[str, ...]
    citations: tuple[int, ...]


class DocumentList(BaseModel):
    """Documents by their ids."""

    items: tuple[ListedDocument, ...]
    citations: tuple[Citation, ...]
    as_of: str
    generation: str


def document_list(listing: Listing[Document]) -> DocumentList:
    return DocumentList(
        items=tuple(_row(document) for document in listing.items),
        citations=listing.citations,
        as_of=listing.as_of,
        generation=listing.generation,
    )


def _row(document: Document) -> ListedDocument:
    return ListedDocument(
        id=document.id,
        title=document.title,
        purpose=document.purpose,
        requirement=document.requirement,
        applies_to=document.applies_to,
        basis=document.basis,
        owner=tuple(link.id for link in document.owners),
        steps=tuple(link.id for link in document.steps),
        clauses=tuple(link.id for link in document.clauses),
        citations=document.citations,
    )
