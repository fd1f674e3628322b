"""Writes a parsed model as a folder that sentence-transformers opens like any other."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from assistant.index.e5_container import Architecture, Container, Vocabulary

# sentence-transformers 6 looks for "document" before "passage" and finds "" unless it is given.
PROMPTS = {"query": "query: ", "document": "passage: ", "passage": "passage: "}
MASK = "<mask>"

_LINEAR = {  # name in the container -> name in a BertModel's layer
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def write_model_folder(container: Container, folder: Path) -> None:
    """Fills the existing, empty ``folder``; takes 470 MB of disk and as much memory."""
    for name, content in _configs(container).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=2), encoding="utf-8")
    _write_tokenizer(container.vocabulary, folder)
    weights = folder / "model.safetensors"
    save_file(bert_weights(container), weights, metadata={"format": "pt"})
    weights.chmod(0o644)  # safetensors makes it private, but the cache may be shared


def bert_weights(container: Container) -> dict[str, NDArray[np.float32]]:
    """The weights under the names of transformers' ``BertModel``.

    The container has no pooler, which mean pooling leaves unused; zeros stand for it, so that
    loading has nothing to invent.
    """
    shape, tensor = container.architecture, container.tensor
    h = shape.hidden
    weights = {
        "embeddings.word_embeddings.weight": tensor("emb.word", shape.vocabulary, h),
        "embeddings.position_embeddings.weight": tensor("emb.pos", shape.positions, h),
        "embeddings.token_type_embeddings.weight": tensor("emb.type", shape.token_types, h),
        "embeddings.LayerNorm.weight": tensor("emb.ln.w", h),
        "embeddings.LayerNorm.bias": tensor("emb.ln.b", h),
        "pooler.dense.weight": np.zeros((h, h), np.float32),
        "pooler.dense.bias": np.zeros(h, np.float32),
    }
    rows = {"fi": (shape.ffn, h), "fo": (h, shape.ffn), "aln": (h,), "oln": (h,)}
    for i in range(shape.layers):
        for short, long in _LINEAR.items():
            size = rows.get(short, (h, h))
            prefix = f"encoder.layer.{i}.{long}"
            weights[f"{prefix}.weight"] = tensor(f"l{i}.{short}.w", *size)
            weights[f"{prefix}.bias"] = tensor(f"l{i}.{short}.b", size[0])
    return weights


def _configs(container: Container) -> dict[str, Any]:
    shape, words = container.architecture, container.vocabulary
    modules = ("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")
    return {
        "config.json": _bert_config(shape, words),
        "modules.json": [
            {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{name}"}
            for i, (path, name) in enumerate(modules)
        ],
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "prompts": PROMPTS,
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_mean_tokens": True,
        },
        "2_Normalize/config.json": {},
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            "model_input_names": ["input_ids", "attention_mask"],
            "bos_token": words.pieces[words.bos],
            "cls_token": words.pieces[words.bos],
            "eos_token": words.pieces[words.eos],
            "sep_token": words.pieces[words.eos],
            "pad_token": words.pieces[words.pad],
            "unk_token": words.pieces[words.unk],
            "mask_token": MASK,
        },
    }


def _bert_config(shape: Architecture, words: Vocabulary) -> dict[str, Any]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "dtype": "float32",
        "hidden_act": "gelu",
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.ffn,
        "vocab_size": shape.vocabulary,
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.token_types,
        "layer_norm_eps": shape.epsilon,
        "pad_token_id": words.pad,
    }


def _write_tokenizer(words: Vocabulary, folder: Path) -> None:
    """SentencePiece's Unigram as XLM-R uses it: ``<s> A </s>``."""
    vocabulary = list(zip(words.pieces, words.scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=words.unk, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Nmt(),
            normalizers.NFKC(),
            normalizers.Replace(Regex(r"\s+"), " "),
            normalizers.Strip(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace("▁", prepend_scheme="always")
    bos, eos = words.pieces[words.bos], words.pieces[words.eos]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, words.bos), (eos, words.eos)],
    )
    specials = [bos, eos, words.pieces[words.pad], words.pieces[words.unk], MASK]
    tokenizer.add_special_tokens(specials)
    tokenizer.save(str(folder / "tokenizer.json"))
