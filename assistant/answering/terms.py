"""Words made comparable, and a set of short texts as a table of such terms."""

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.knowledge.model import Knowledge
from assistant.language import fold, tokens

Column = NDArray[np.float32]
"""A figure for each row of a table, shape (n,)."""

_K1, _B = 1.2, 0.5


class Vocabulary:
    """The corpus's own word for each group of words that mean the same."""

    def __init__(self, knowledge: Knowledge) -> None:
        pairs = [(fold(w), fold(group[0])) for group in knowledge.synonyms for w in group[1:]]
        self._words = {word: ours for word, ours in pairs if not word.isascii()}
        self._stems = {tokens(word)[0]: tokens(ours)[0] for word, ours in pairs if word.isascii()}

    def terms_of(self, folded: str) -> frozenset[str]:
        """Comparable terms of a text: bigrams and stems, each synonym as the corpus's own word."""
        for word, ours in self._words.items():
            folded = folded.replace(word, ours)
        found = tokens(folded)
        return frozenset(self._stems.get(token, token) for token in found if len(token) > 1)


class TermTable:
    """``rows`` are the terms of each text."""

    def __init__(self, rows: Sequence[frozenset[str]]) -> None:
        self.rows = tuple(rows)
        self._postings = _postings(self.rows)
        self._idf = {
            term: math.log(1 + len(rows) / len(where)) for term, where in self._postings.items()
        }
        self._unseen = math.log(1 + len(rows))
        self._weights = np.array([sum(self._idf[t] for t in row) for row in rows], np.float32)
        lengths = np.array([len(terms) for terms in self.rows], np.float32)
        self._length = (1 - _B) + _B * lengths / max(float(lengths.mean()) if rows else 0.0, 1.0)

    def relevance(self, terms: Iterable[str]) -> Column:
        """BM25 (Robertson and Zaragoza 2009; k1 1.2, b 0.5), 1.0 for the best row."""
        column = np.zeros(len(self.rows), np.float32)
        for term in terms:
            if term in self._postings:
                where = self._postings[term]
                column[where] += self._idf[term] * (_K1 + 1) / (1 + _K1 * self._length[where])
        best: Column = column / max(float(column.max(initial=0.0)), 1e-6)
        return best

    def overlap(self, terms: Iterable[str]) -> Column:
        """Share (0..1) of the terms that each row holds, the rare ones counting more."""
        column = np.zeros(len(self.rows), np.float32)
        whole = 0.0
        for term in terms:
            weight = self._idf.get(term, self._unseen)
            whole += weight
            if term in self._postings:
                column[self._postings[term]] += weight
        return (column / whole).astype(np.float32) if whole else column

    def dice(self, terms: Iterable[str]) -> Column:
        """Dice coefficient (0..1) of each row with the terms, the rare ones counting more."""
        shared = np.zeros(len(self.rows), np.float32)
        whole = 0.0
        for term in terms:
            weight = self._idf.get(term, self._unseen)
            whole += weight
            if term in self._postings:
                shared[self._postings[term]] += weight
        column: Column = 2 * shared / np.maximum(self._weights + whole, 1e-6)
        return column

    def known(self, terms: Iterable[str], *others: "TermTable") -> float:
        """Share (0..1) of the terms, by weight, that any row holds, of this table or of others; 1.0
        without terms."""
        held = [self._postings, *(other._postings for other in others)]
        weights = [(self._idf.get(t, self._unseen), any(t in some for some in held)) for t in terms]
        whole = sum(weight for weight, _ in weights)
        return sum(weight for weight, found in weights if found) / whole if whole else 1.0


def _postings(rows: Sequence[frozenset[str]]) -> dict[str, NDArray[np.int64]]:
    found: dict[str, list[int]] = {}
    for row, terms in enumerate(rows):
        for term in terms:
            found.setdefault(term, []).append(row)
    return {term: np.array(where) for term, where in found.items()}
