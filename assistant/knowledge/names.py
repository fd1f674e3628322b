"""Finding the entities that a text names: by id, name or alias; the longest name wins."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.knowledge import clauses
from assistant.knowledge.model import Knowledge
from assistant.language import fold

_ID = re.compile(
    r"(?<![a-z0-9.-])(?:(?:s|c)\d{1,2}(?:\.[0-9a-z]{1,2})?|r-?\d\d|d[masc]-?\d\d)(?![0-9a-z])"
)
_HYPHEN = re.compile(r"^(r|d[masc])-?(\d\d)$")


@dataclass(frozen=True, slots=True)
class Mention:
    """Entities named by ``folded[start:end]``: several where the alias is declared ambiguous."""

    entities: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mentions:
    """What a text names, in its order; ``unknown`` are well-formed ids that do not exist."""

    found: tuple[Mention, ...]
    unknown: tuple[str, ...]


class NameIndex:
    """Names and aliases of all entities, folded; at each place the longest that fits counts."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._entities = knowledge.entities
        holders: dict[str, tuple[str, ...]] = {}
        # A clause titled like the thing it asks for is found by its number, the thing by its name.
        ordered = sorted(knowledge.entities.values(), key=lambda entity: entity.kind == "clause")
        folded = [
            (entity.id, fold(name))
            for entity in ordered
            for name in (entity.name.zh, entity.name.en, *entity.aliases)
        ]
        for entity_id, name in folded:
            holders.setdefault(name, (entity_id,))
        for entity_id, name in folded:  # a name of its own goes before the plural of another
            holders.setdefault(_plural(name), (entity_id,))
        for alias, ids in knowledge.ambiguous.items():
            holders[fold(alias)] = ids
        lengths: dict[str, set[int]] = {}
        for form in holders:
            lengths.setdefault(form[0], set()).add(len(form))
        self._holders = holders
        self._clauses = frozenset(e.id for e in ordered if e.kind == "clause")
        self._lengths: Mapping[str, tuple[int, ...]] = {
            first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()
        }

    def find(self, folded: str, *, bare: bool = False) -> Mentions:
        """``folded`` is text as :func:`assistant.language.fold` gives it.

        With ``bare``, for questions, a number by itself may name a clause.
        """
        by_id, unknown = self._ids(folded, bare=bare)
        unknown = tuple(i for i in unknown if fold(i) not in self._holders)  # DS-32 is an alias
        taken = {position for mention in by_id for position in range(mention.start, mention.end)}
        found = list(by_id)
        position = 0
        while position < len(folded):
            form = None if position in taken else self._longest(folded, position)
            if form is None:
                position += 1
                continue
            found.append(Mention(self._holders[form], position, position + len(form)))
            position += len(form)
        return Mentions(tuple(sorted(found, key=lambda mention: mention.start)), unknown)

    def _longest(self, folded: str, position: int) -> str | None:
        for length in self._lengths.get(folded[position], ()):
            form = folded[position : position + length]
            if form in self._holders and _is_whole(folded, position, form):
                return form
        return None

    def _ids(self, folded: str, *, bare: bool) -> tuple[list[Mention], tuple[str, ...]]:
        numbered = list(clauses.marked(folded))
        if bare:
            by_itself = clauses.bare(folded, self._clauses)
            numbered += [one for one in by_itself if not any(map(one.overlaps, numbered))]
        written = [(_public_id(m.group()), m.start(), m.end()) for m in _ID.finditer(folded)]
        written += [(one.number, one.start, one.end) for one in numbered]
        written.sort(key=lambda one: one[1])
        found = [Mention((i,), start, end) for i, start, end in written if i in self._entities]
        unknown = dict.fromkeys(i for i, *_ in written if i not in self._entities)
        return found, tuple(unknown)


def named(mentions: Iterable[Mention]) -> tuple[str, ...]:
    """The entities that are named without ambiguity, in order, each once."""
    return tuple(dict.fromkeys(m.entities[0] for m in mentions if len(m.entities) == 1))


def _plural(name: str) -> str:
    """The plural of an English name; other names as they are."""
    if name.isascii() and name[-1:].isalpha() and not name.endswith("s"):
        return f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"
    return name


def _is_whole(folded: str, start: int, form: str) -> bool:
    """Latin names must be whole words; Chinese has no word boundaries to look at."""
    end = start + len(form)
    before = start > 0 and _is_latin(folded[start - 1]) and _is_latin(form[0])
    after = end < len(folded) and _is_latin(folded[end]) and _is_latin(form[-1])
    return not (before or after)


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _public_id(folded_id: str) -> str:
    if hyphenated := _HYPHEN.match(folded_id):
        return f"{hyphenated[1].upper()}-{hyphenated[2]}"
    return folded_id[0].upper() + folded_id[1:]
