from pathlib import Path
from typing import Any

from langchain_core.retrievers import BaseRetriever
from langchain_tests.integration_tests import RetrieversIntegrationTests

from assistant.index.generations import open_index
from assistant.index.retriever import CertpathRetriever
from tests.index.fakes import FakeEmbedder, FakeIndex
from tests.index.samples import PASSAGES, publish_samples


class TestCertpathRetriever(RetrieversIntegrationTests):
    @property
    def retriever_constructor(self) -> type[BaseRetriever]:
        return CertpathRetriever

    @property
    def retriever_constructor_params(self) -> dict[str, Any]:
        return {"searcher": FakeIndex(PASSAGES), "embedder": FakeEmbedder()}

    @property
    def retriever_query_example(self) -> str:
        return "内部审核由谁进行？"


def test_a_document_can_be_traced_to_its_passage() -> None:
    retriever = CertpathRetriever(searcher=FakeIndex(PASSAGES), embedder=FakeEmbedder(), k=1)
    (document,) = retriever.invoke("内部审核由谁进行？")
    score = document.metadata.pop("score")
    assert 0 < score <= 1
    assert document.page_content == PASSAGES[0].text
    assert document.metadata == {
        "passage_id": PASSAGES[0].id,
        "document_id": "guide",
        "title": "指南",
        "locator": "audit",
        "language": "zh",
    }


def test_it_searches_a_published_index(tmp_path: Path) -> None:
    manifest = publish_samples(tmp_path / "sample")
    index = open_index(tmp_path / "sample" / manifest.generation, "fake")
    retriever = CertpathRetriever(searcher=index, embedder=FakeEmbedder())
    documents = retriever.invoke("内部审核由谁进行？", k=2)
    index.close()
    assert len(documents) == 2
    assert documents[0].page_content == PASSAGES[0].text


def test_languages_can_be_narrowed() -> None:
    retriever = CertpathRetriever(
        searcher=FakeIndex(PASSAGES), embedder=FakeEmbedder(), within=frozenset({"en"})
    )
    assert {d.metadata["language"] for d in retriever.invoke("内部审核")} == {"en"}
