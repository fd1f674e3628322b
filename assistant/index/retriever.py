"""The index as a LangChain retriever, for those who build chains of their own on it."""

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import Field, SkipValidation

from assistant.index.embedding import Embedder
from assistant.index.searching import Searcher
from assistant.language import detect, search_forms, stored
from assistant.types import Passage, StoredLanguage


class CertpathRetriever(BaseRetriever):
    """Passages for a question; ``k`` may also be given with each call.

    A document's text is the passage's; its metadata has ``passage_id``, ``document_id``,
    ``title``, ``locator``, ``language`` and ``score`` (0..1, comparable within one call only).
    """

    searcher: SkipValidation[Searcher]
    embedder: SkipValidation[Embedder]
    k: int = Field(10, ge=1)
    within: frozenset[StoredLanguage] = frozenset({"zh", "en"})

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,
        k: int | None = None,
        **_: Any,  # LangChain passes on whatever the caller gave
    ) -> list[Document]:
        hits = self.searcher.search(
            search_forms(query),
            self.embedder.embed_query(query),
            language=stored(detect(query)),
            within=self.within,
            k=self.k if k is None else k,
        )
        passages = self.searcher.passages
        return [_document(passages[hit.passage_id], hit.score) for hit in hits]


def _document(passage: Passage, score: float) -> Document:
    metadata = {
        "passage_id": passage.id,
        "document_id": passage.document_id,
        "title": passage.title,
        "locator": passage.locator,
        "language": passage.language,
        "score": score,
    }
    return Document(id=passage.id, page_content=passage.text, metadata=metadata)
