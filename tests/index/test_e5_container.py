import struct

import numpy as np
import pytest

from assistant.errors import ModelError
from assistant.index.e5_container import dequantise, parse
from tests.index.tiny_model import FFN, HIDDEN, PIECES, SCORES, quantised, shapes, tiny_model


def test_header_and_vocabulary_are_read() -> None:
    container = parse(tiny_model())
    shape, words = container.architecture, container.vocabulary
    assert (shape.hidden, shape.ffn, shape.vocabulary) == (HIDDEN, FFN, len(PIECES) + 6)
    assert shape.epsilon == pytest.approx(1e-12)
    assert words.pieces == PIECES
    assert words.scores == SCORES
    assert (words.bos, words.pad, words.eos, words.unk) == (0, 1, 2, 3)


def test_low_nibbles_come_before_high_ones() -> None:
    ramp = [0.5 * (n - 8) for n in range(16)]
    assert dequantise(quantised(64)).tolist() == ramp * 4


def test_every_tensor_has_its_shape() -> None:
    container = parse(tiny_model())
    for name, shape in shapes().items():
        tensor = container.tensor(name, *shape)
        assert tensor.shape == shape
        assert tensor.dtype == np.float32
    assert container.tensor("l0.q.b", HIDDEN)[:3].tolist() == pytest.approx([0, 0.01, 0.02])


def test_a_tensor_that_is_missing_or_of_another_shape_is_named() -> None:
    container = parse(tiny_model())
    with pytest.raises(ModelError, match=r"no tensor 'l9\.q\.w'"):
        container.tensor("l9.q.w", HIDDEN, HIDDEN)
    with pytest.raises(ModelError, match=r"'l0\.q\.w' holds 1024 weights"):
        container.tensor("l0.q.w", HIDDEN, FFN)


def test_a_file_cut_short_anywhere_is_refused() -> None:
    whole = tiny_model()
    for length in [*range(1500), *range(1500, len(whole), 97), len(whole) - 1]:
        with pytest.raises(ModelError):
            parse(whole[:length])


@pytest.mark.parametrize(
    ("at", "value", "said"),
    [
        (0, b"GGUF", "not an E5S1 model file"),
        (4, struct.pack("<I", 2), "version 2; 1 can be read"),
        (8, struct.pack("<i", -1), "a size below 1"),
        (40, struct.pack("<i", 64), "blocks of 64 weights"),
        (44, struct.pack("<i", -5), "lacks its special tokens"),
        (48, struct.pack("<i", 99), "lacks its special tokens"),
        (72, struct.pack("<I", 7), "vocabulary is inconsistent"),
        (44 + 28 + 4 * 11 + 4 * 10, b"\xff", "is not UTF-8"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(at: int, value: bytes, said: str) -> None:
    data = bytearray(tiny_model())
    data[at : at + len(value)] = value
    with pytest.raises(ModelError, match=said):
        parse(bytes(data))


def test_an_unknown_type_of_tensor_is_refused() -> None:
    whole = tiny_model()
    at = whole.index(b"emb.word") + len("emb.word")
    with pytest.raises(ModelError, match=r"'emb\.word' has the unknown type 7"):
        parse(whole[:at] + b"\x07" + whole[at + 1 :])
