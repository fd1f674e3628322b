"""Pieces stand where they say, lose nothing, and end where a reader would pause."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.reading.splitting import split

_TEXTS = st.text(st.sampled_from("管理评审。，audit reviews. \n！？"), max_size=300)


@given(_TEXTS, st.integers(min_value=8, max_value=60))
def test_pieces_are_exact_in_order_and_lose_only_white_space(text: str, size: int) -> None:
    position = 0
    for piece in split(text, size):
        assert text[piece.start : piece.start + len(piece.text)] == piece.text
        assert len(piece.text) <= size
        assert not text[position : piece.start].strip()
        position = piece.start + len(piece.text)
    assert not text[position:].strip()


def test_chinese_is_cut_after_a_full_stop() -> None:
    pieces = split("内部审核至少一次。管理评审至少一次。", size=12)
    assert [piece.text for piece in pieces] == ["内部审核至少一次。", "管理评审至少一次。"]


def test_english_is_cut_after_a_sentence() -> None:
    pieces = split("Audit once a year. Review once a year.", size=24)
    assert [piece.text for piece in pieces] == ["Audit once a year.", "Review once a year."]
