"""Clean text to pieces of passage size, with LangChain's splitters."""

from dataclasses import dataclass

from langchain_text_splitters import RecursiveCharacterTextSplitter

SIZE = 400
"""Code points in a piece at most: Chinese of this length stays below the 512 tokens of e5."""

# Paragraph, line, sentence, clause, word, character; Chinese stops have no space after them.
_SEPARATORS = ["\n\n", "\n", "。", "！", "？", "；", ". ", "! ", "? ", "; ", "，", ", ", " ", ""]


@dataclass(frozen=True, slots=True)
class Piece:
    """``text == whole[start : start + len(text)]``."""

    text: str
    start: int


def split(text: str, size: int = SIZE) -> tuple[Piece, ...]:
    """Pieces in order, at most ``size`` code points each, cut at the widest break that fits.

    Nothing but white space lies between two pieces, and none overlaps the next.
    """
    splitter = RecursiveCharacterTextSplitter(
        separators=_SEPARATORS,
        chunk_size=size,
        chunk_overlap=0,
        keep_separator="end",
        add_start_index=True,
    )
    documents = splitter.create_documents([text])
    return tuple(Piece(d.page_content, d.metadata["start_index"]) for d in documents)
