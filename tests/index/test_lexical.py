import logging
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import IndexingError
from assistant.index.lexical import Lexical
from assistant.language import fold, tokens

TEXTS = ["内部审核由审核员进行。", "Auditors audit services.", "", "管理评审"]


def asked(lexical: Lexical, text: str) -> list[int]:
    return np.flatnonzero(lexical.scores(tokens(fold(text)))).tolist()


@pytest.mark.parametrize(
    ("question", "found"),
    [("内部", [0]), ("AUDITING", [1]), ("評審", [0, 3]), ("zzz", []), ("", [])],
)
def test_passages_that_share_terms_score(question: str, found: list[int]) -> None:
    assert asked(Lexical.build(TEXTS), question) == found


def test_unknown_words_beside_known_ones_change_nothing() -> None:
    lexical = Lexical.build(TEXTS)
    assert np.array_equal(lexical.scores(["评审"]), lexical.scores(["nowhere", "评审", "龘"]))


@pytest.mark.parametrize("texts", [TEXTS, [], ["", "…"]], ids=["some", "none", "no terms"])
def test_saved_and_loaded_it_scores_the_same(tmp_path: Path, texts: list[str]) -> None:
    built = Lexical.build(texts)
    built.save(tmp_path)
    loaded = Lexical.load(tmp_path, len(texts))
    assert built.scores(["审核"]).shape == (len(texts),)
    assert np.array_equal(built.scores(["审核", "audit"]), loaded.scores(["审核", "audit"]))


def test_another_number_of_passages_is_refused(tmp_path: Path) -> None:
    Lexical.build(TEXTS).save(tmp_path)
    with pytest.raises(IndexingError, match="holds 4 passages, not 3"):
        Lexical.load(tmp_path, 3)


@pytest.mark.parametrize("damaged", ["params.index.json", "vocab.index.json", "data.csc.index.npy"])
def test_a_damaged_file_is_named(tmp_path: Path, damaged: str) -> None:
    Lexical.build(TEXTS).save(tmp_path)
    (tmp_path / damaged).write_bytes(b"\x00\xff{")
    with pytest.raises(IndexingError, match="cannot be read"):
        Lexical.load(tmp_path, len(TEXTS))


def test_the_library_writes_nothing(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with caplog.at_level(logging.INFO):
        Lexical.build(TEXTS).save(tmp_path)
        Lexical.load(tmp_path, len(TEXTS)).scores(["审核"])
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")
