"""Scripts are told apart and converted without loss of meaning."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language import (
    detect,
    fold,
    search_forms,
    shown,
    to_stored,
    to_traditional,
    tokens,
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("内审要做几次？", "zh-Hans"),
        ("內部稽核要做幾次？", "zh-Hant"),
        ("How often?", "en"),
        ("MR 的职责是什么", "zh-Hans"),
        ("What does 管代 mean in the certification process", "en"),
        ("S8", "zh-Hans"),
        ("", "zh-Hans"),
    ],
)
def test_language_is_told_from_the_text(text: str, language: str) -> None:
    assert detect(text) == language


def test_taiwanese_words_give_a_second_reading() -> None:
    assert search_forms("稽核資訊") == ("稽核资讯", "审核信息")
    assert search_forms("驗證機構的程序書")[-1] == "认证机构的程序文件"
    assert search_forms("程序文件") == ("程序文件",)


def test_procedure_documents_keep_their_name_in_traditional_script() -> None:
    assert to_traditional("审核程序文件") == "審核程序文件"


@pytest.mark.parametrize("text", ["信息安全与质量", "软件", "内部审核与管理评审的准则"])
def test_traditional_text_can_be_held_against_its_source(text: str) -> None:
    assert to_stored(shown(text, "zh-Hant")) == text


def test_british_and_american_spelling_are_one_word() -> None:
    assert tokens("organizes") == tokens("organises")


@given(st.text())
def test_folding_is_idempotent_and_never_fails(text: str) -> None:
    detect(text)
    tokens(fold(text))
    assert fold(fold(text)) == fold(text)
