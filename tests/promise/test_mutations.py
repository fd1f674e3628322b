"""The gate must be able to fail: real answers with a fault put in are to be caught.

Each sentence of each answer that cites something is changed in every way that applies: another
answer's citation, another number, another id, another name.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pytest

from assistant.answering.checking import judge
from assistant.answering.pipeline import answer
from assistant.answering.snapshot import Quote, Snapshot
from assistant.language import stored, to_stored
from assistant.types import Question, SentenceKind
from tests.index.fakes import FakeEmbedder
from tests.promise.asking import question_set

CAUGHT = 0.95
_DIGITS = re.compile(r"(?<![\w.-])\d+(?![\w.-])")
_NUMERAL = re.compile(r"一(?=[次份项套])")
_ID = re.compile(r"\b(?:S\d+|R-\d\d|D[MASC]-\d\d)\b")


@dataclass(frozen=True)
class Said:
    text: str
    kind: SentenceKind
    quotes: tuple[Quote, ...]
    question: str

    def is_borne_out(self, snapshot: Snapshot) -> bool:
        return judge(self.text, self.kind, self.quotes, snapshot, self.question).sound


@pytest.fixture(scope="module")
def said(snapshot: Snapshot) -> list[Said]:
    """Every sentence with a citation in the answers to the question set."""
    found = []
    for asked in question_set():
        result = answer(Question(asked.text), snapshot, FakeEmbedder())
        language = stored(result.language)
        for sentence in (s for block in result.blocks for s in block.sentences if s.citations):
            ids = [result.citations[n - 1].about[0] for n in sentence.citations]
            quotes = tuple(snapshot.quote(i, language) for i in ids)
            found.append(Said(sentence.text, sentence.kind, quotes, asked.text))
    assert len(found) > 60
    return found


def test_unchanged_sentences_pass(said: list[Said], snapshot: Snapshot) -> None:
    for one in said:
        assert one.is_borne_out(snapshot), one.text


@pytest.mark.parametrize("kind", ["citation", "number", "id", "name"])
def test_nearly_all_mutations_are_caught(kind: str, said: list[Said], snapshot: Snapshot) -> None:
    rng = random.Random(20000)  # noqa: S311  reproducible, not secret
    changed = [new for one in said for new in MUTATIONS[kind](one, said, snapshot, rng)]
    assert len(changed) >= 15
    missed = [m for m in changed if m.is_borne_out(snapshot)]
    assert len(missed) <= (1 - CAUGHT) * len(changed), [m.text for m in missed]


def other_citation(
    one: Said, said: Sequence[Said], snapshot: Snapshot, rng: random.Random
) -> Iterator[Said]:
    """The citations of a sentence that speaks of other statements, in the same language."""
    ours = {quote.statement.id for quote in one.quotes}
    others = [
        other
        for other in said
        if other.quotes[0].passage.language == one.quotes[0].passage.language
        and ours.isdisjoint(quote.statement.id for quote in other.quotes)
    ]
    yield replace(one, quotes=rng.choice(others).quotes)


def other_number(
    one: Said, said: Sequence[Said], snapshot: Snapshot, rng: random.Random
) -> Iterator[Said]:
    if match := _DIGITS.search(one.text):
        yield changed(one, match, str(int(match.group()) + rng.randint(1, 9)))
    if match := _NUMERAL.search(one.text):
        yield changed(one, match, rng.choice("两三四五六"))


def other_id(
    one: Said, said: Sequence[Said], snapshot: Snapshot, rng: random.Random
) -> Iterator[Said]:
    if match := _ID.search(one.text):
        known = [i for i in snapshot.knowledge.entities if _ID.fullmatch(i) and i != match.group()]
        yield changed(one, match, rng.choice(known))


def other_name(
    one: Said, said: Sequence[Said], snapshot: Snapshot, rng: random.Random
) -> Iterator[Said]:
    """The first role or document named becomes another of its kind."""
    language = one.quotes[0].passage.language
    text = to_stored(one.text)
    for entity in snapshot.knowledge.entities.values():
        name = entity.name.stored(language)
        match = re.search(re.escape(name), text, re.IGNORECASE)
        if match and entity.kind in ("role", "document"):
            same_kind = [e for e in snapshot.knowledge.entities.values() if e.kind == entity.kind]
            other = rng.choice([e for e in same_kind if e.id != entity.id])
            yield changed(replace(one, text=text), match, other.name.stored(language))
            return


def changed(one: Said, match: re.Match[str], new: str) -> Said:
    text = f"{one.text[: match.start()]}{new}{one.text[match.end() :]}"
    return replace(one, text=text)


MUTATIONS = {
    "citation": other_citation,
    "number": other_number,
    "id": other_id,
    "name": other_name,
}
