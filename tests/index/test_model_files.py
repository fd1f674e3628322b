import json
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import ModelError
from assistant.index import bundled
from assistant.index.embedding import SentenceTransformerEmbedder
from assistant.index.model_files import Prompts, fingerprint, locate, prompts


def quiet(_: str) -> None: ...


def folder_with(tmp_path: Path, config: dict[str, Any], name: str = "model") -> Path:
    folder = tmp_path / name
    (folder / "1_Pooling").mkdir(parents=True)
    (folder / "config_sentence_transformers.json").write_text(json.dumps(config))
    (folder / "1_Pooling" / "config.json").write_text('{"pooling_mode_mean_tokens": true}')
    (folder / "model.safetensors").write_bytes(b"weights")
    return folder


@pytest.mark.parametrize(
    ("model", "config", "expected"),
    [
        ("m", {"prompts": {"query": "q: ", "document": "d: "}}, Prompts("q: ", "d: ")),
        (
            "m",
            {"prompts": {"query": "q: ", "document": "", "passage": "p: "}},
            Prompts("q: ", "p: "),
        ),
        ("m", {"prompts": {"x": "x: "}, "default_prompt_name": "x"}, Prompts("x: ", "x: ")),
        ("m", {}, Prompts("", "")),
        ("intfloat/multilingual-e5-small", {}, Prompts("query: ", "passage: ")),
        ("intfloat/multilingual-e5-large-instruct", {}, Prompts("", "")),
    ],
)
def test_a_models_own_prompts_apply(
    tmp_path: Path, model: str, config: dict[str, Any], expected: Prompts
) -> None:
    assert prompts(model, folder_with(tmp_path, config)) == expected


def test_prompts_that_are_not_json_are_a_model_error(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, {})
    (folder / "config_sentence_transformers.json").write_text("{")
    with pytest.raises(ModelError, match="not JSON"):
        prompts("m", folder)


@pytest.mark.parametrize(
    "changed", ["model.safetensors", "1_Pooling/config.json", "config_sentence_transformers.json"]
)
def test_another_file_is_another_model(tmp_path: Path, changed: str) -> None:
    folder = folder_with(tmp_path, {"prompts": {"query": "q: "}})
    before = fingerprint("m", folder)
    (folder / changed).write_text('{"prompts": {"query": "other: "}}')
    assert fingerprint("m", folder) != before


def test_what_does_not_change_vectors_does_not_change_the_fingerprint(tmp_path: Path) -> None:
    one, two = folder_with(tmp_path, {}, "one"), folder_with(tmp_path, {}, "two")
    (two / "README.md").write_text("a card")
    (two / ".cache").mkdir()
    (two / ".cache" / "state.json").write_text("{}")
    (two / "onnx").mkdir()
    (two / "onnx" / "config.json").write_text("{}")
    assert fingerprint("m", one) == fingerprint("m", two)


def test_a_folder_is_taken_as_it_is(tmp_path: Path) -> None:
    assert locate(str(tmp_path), tmp_path, offline=True, notice=quiet) == tmp_path


def test_an_unknown_name_says_what_to_do_offline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(ModelError, match="nor in the local hub cache") as caught:
        locate("nobody/no-such-model", tmp_path, offline=True, notice=quiet)
    assert "ASSISTANT_OFFLINE=false" in str(caught.value.hint)


@pytest.mark.parametrize("name", ["no/such/folder", "不是 模型"])
def test_what_cannot_be_a_name_is_a_model_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(ModelError):
        locate(name, tmp_path, offline=True, notice=quiet)


def test_the_bundled_fingerprint_needs_no_files(tmp_path: Path) -> None:
    embedder = SentenceTransformerEmbedder("bundled", tmp_path / "none", True, quiet)
    assert embedder.fingerprint == bundled.FINGERPRINT
    assert not (tmp_path / "none").exists()
