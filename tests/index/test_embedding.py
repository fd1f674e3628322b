import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import ModelError, Unavailable
from assistant.index.embedding import (
    AT_ONCE,
    TOKENS_AT_ONCE,
    SentenceTransformerEmbedder,
    batches,
    tokens_in,
)
from assistant.settings import Settings


def quiet(_: str) -> None: ...


@pytest.fixture(scope="module")
def embedder() -> Iterator[SentenceTransformerEmbedder]:
    settings = Settings().prepare_libraries()
    found = SentenceTransformerEmbedder("bundled", settings.cache_dir, True, quiet)
    yield found
    found.close()


@pytest.mark.slow
def test_a_translation_is_nearer_than_another_topic(embedder: SentenceTransformerEmbedder) -> None:
    zh = embedder.embed_query("谁负责内部审核？")
    en = embedder.embed_query("Who is responsible for the internal audit?")
    other = embedder.embed_query("The weather in Paris is sunny today.")
    assert zh @ en > zh @ other + 0.1


@pytest.mark.slow
def test_passages_come_in_the_order_given_with_unit_length(
    embedder: SentenceTransformerEmbedder,
) -> None:
    done: list[int] = []
    texts = [f"{'很长的' * (n % 5)}段落 {n}" for n in range(19)]
    vectors = embedder.embed_all("passage", texts, done.append)
    assert vectors.shape == (19, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    alone = np.stack([embedder.embed_all("passage", [text], done.append)[0] for text in texts[:3]])
    assert (np.sum(alone * vectors[:3], axis=1) > 0.9999).all()
    assert done == [19, 1, 1, 1]


@pytest.mark.slow
def test_queries_and_passages_get_their_own_prompts(embedder: SentenceTransformerEmbedder) -> None:
    query = embedder.embed_query("内部审核")
    passage = embedder.embed_all("passage", ["内部审核"], lambda _: None)[0]
    assert 0.9 < query @ passage < 0.9999


@pytest.mark.slow
def test_no_passages_no_vectors(embedder: SentenceTransformerEmbedder) -> None:
    assert len(embedder.embed_all("passage", [], lambda _: None)) == 0


@pytest.mark.slow
def test_a_folder_that_is_no_model_is_a_model_error(tmp_path: Path) -> None:
    broken = SentenceTransformerEmbedder(str(tmp_path), tmp_path, True, quiet)
    with pytest.raises(ModelError, match="cannot be loaded"):
        broken.warm_up()
    broken.close()


def test_closed_it_is_unavailable(tmp_path: Path) -> None:
    closed = SentenceTransformerEmbedder("bundled", tmp_path, True, quiet)
    closed.close()
    with pytest.raises(Unavailable):
        closed.embed_query("x")


OFFLINE = """
import socket
attempts = []
def refused(*arguments, **_):
    attempts.append(arguments)
    raise OSError("no network here")
socket.socket.connect = socket.socket.connect_ex = refused
socket.getaddrinfo = socket.create_connection = refused
from assistant.settings import Settings
settings = Settings().prepare_libraries()
from assistant.index.embedding import SentenceTransformerEmbedder
embedder = SentenceTransformerEmbedder("bundled", settings.cache_dir, True, lambda _: None)
embedder.warm_up()
embedder.embed_all("passage", ["one", "two"], lambda _: None)
embedder.close()
if attempts:
    raise SystemExit(f"tried to connect: {attempts}")
"""

LIGHT = """
import pkgutil, sys
from pathlib import Path
import assistant.index
for module in pkgutil.iter_modules(assistant.index.__path__):
    if module.name != "retriever":
        __import__(f"assistant.index.{module.name}")
from assistant.index.embedding import SentenceTransformerEmbedder
from assistant.index.manifest import current
current(Path("nowhere"))
assert SentenceTransformerEmbedder("bundled", Path("nowhere"), True, str).fingerprint
heavy = {"torch", "transformers", "sentence_transformers", "chromadb", "bm25s", "huggingface_hub"}
if loaded := heavy & sys.modules.keys():
    raise SystemExit(f"imported {loaded}")
"""


@pytest.mark.slow
@pytest.mark.parametrize("script", [OFFLINE, LIGHT], ids=["offline and silent", "light to import"])
def test_in_a_process_of_its_own(script: str, embedder: SentenceTransformerEmbedder) -> None:
    embedder.warm_up()  # unpacked by now
    child = subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, text=True, timeout=300
    )
    assert (child.returncode, child.stdout, child.stderr) == (0, "", "")


def test_texts_of_like_length_go_together_and_long_ones_in_few() -> None:
    texts = ["长" * 400, "短", "short", "长" * 390, "middle " * 20]
    found = list(batches(texts))
    assert sorted(place for some in found for place in some) == [0, 1, 2, 3, 4]
    assert found[0][:2] == [1, 2]
    assert all(
        len(some) * max(tokens_in(texts[p]) for p in some) <= TOKENS_AT_ONCE for some in found
    )
    assert [len(some) for some in batches(["a"] * (AT_ONCE + 1))] == [AT_ONCE, 1]


def test_a_text_too_long_for_its_share_goes_alone() -> None:
    assert list(batches(["长" * 5000])) == [[0]]
