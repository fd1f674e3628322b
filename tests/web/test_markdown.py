"""Markdown: a sentence is shown as it is written, whatever it holds."""

import pytest

from assistant.types import Block, Sentence
from assistant.web.markdown import escaped, render


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("ISO/IEC 20000-1:2018, 8.2.4", "ISO/IEC 20000-1:2018, 8.2.4"),
        ("*a* _b_ `c` ~d~ |", r"\*a\* \_b\_ \`c\` \~d\~ \|"),
        ("![x](http://evil) <img>", r"!\[x\](http\://evil) \<img\>"),
        ("[1]: http://evil", r"\[1\]: http\://evil"),
        ("a\\b &amp; $x$", r"a\\b \&amp; \$x\$"),
        ("# head", r"\# head"),
        ("- item", r"\- item"),
        ("--- ", r"\---"),
        ("+ item", r"\+ item"),
        ("1. first", r"1\. first"),
        ("2) second", r"2\) second"),
        ("8.2.4 asks", r"8\.2.4 asks"),
        ("    code\n> quote\n===", r"code \> quote ==="),
    ],
)
def test_specials_are_escaped(text: str, markdown: str) -> None:
    assert escaped(text) == markdown


def test_english_sentences_are_set_apart() -> None:
    sentences = (Sentence("One.", "claim", (1, 2)), Sentence("Two.", "talk"))
    assert render((Block("lead", sentences),), "en") == "One. [1][2] Two."
    assert render((Block("lead", sentences),), "zh-Hant") == "One.[1][2]Two."
