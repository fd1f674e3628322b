"""Markdown from checked blocks: whatever a sentence holds is shown as it is written."""

import re

from assistant.types import Block, Language, Sentence

_INLINE = re.compile(r"[\\`*_\[\]<>~|&$]|:(?=//)")
_LINE_START = re.compile(r"^(?:([#+\-=])|(\d{1,9})([.)]))")


def escaped(text: str) -> str:
    """One line of Markdown that renders as ``text``; runs of white space become a space."""
    line = _INLINE.sub(r"\\\g<0>", " ".join(text.split()))
    return _LINE_START.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", line)


def render(blocks: tuple[Block, ...], language: Language) -> str:
    """Blocks apart by an empty line, list sentences as items, citations as ``[n]``."""
    space = " " if language == "en" else ""
    return "\n\n".join(_block(block, space) for block in blocks)


def _block(block: Block, space: str) -> str:
    sentences = [_sentence(sentence, space) for sentence in block.sentences]
    if block.kind == "list":
        return "\n".join(f"- {sentence}" for sentence in sentences)
    return space.join(sentences)


def _sentence(sentence: Sentence, space: str) -> str:
    marks = "".join(f"[{n}]" for n in sentence.citations)
    return escaped(sentence.text) + (space + marks if marks else "")
