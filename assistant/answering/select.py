"""Which of the statements about a thing answer what was asked of it.

No score tells what is covered from what is not (measured: best cosine 0.85–0.93 in scope,
0.84–0.91 for questions on other standards). The facet asked for, the subject of a sentence and
content words that stay unmatched decide.
"""

from collections.abc import Iterable, Mapping, Sequence

from assistant.answering.model import Intent, Understood
from assistant.answering.snapshot import Snapshot
from assistant.knowledge.model import Facet, SourceKind, Statement
from assistant.language import fold, stored, tokens

# The facets that answer an intent: the first of them that has a statement is taken.
FACETS: Mapping[Intent, tuple[Facet, ...]] = {
    "who": ("role",),
    "duties": ("duty",),
    "documents": ("document",),
    "frequency": ("frequency",),
    "definition": ("definition", "purpose", "content"),
    "purpose": ("purpose",),
    "obligation": ("obligation", "criterion", "duty", "frequency"),
    "timing": ("timing", "frequency"),
    "criteria": ("criterion",),
    "how": ("action", "content"),
    "content": ("content", "criterion"),
    "next": ("timing",),
    "before": ("timing",),
}
_INTRODUCTION: tuple[Facet, ...] = ("definition", "purpose", "frequency", "role")
# Whose word comes first: on what has to be, the standard's; else that of a source before our own.
_AUTHORITY: tuple[SourceKind, ...] = (
    "standard", "scheme", "guide", "customer", "practice", "editorial",
)  # fmt: skip
_ORIGIN: tuple[SourceKind, ...] = (
    "guide", "standard", "scheme", "customer", "practice", "editorial",
)  # fmt: skip
COVERED = 0.5
"""The least share of a question's content words that evidence has to speak of."""

_KEEP = 0.6  # share of the best word overlap that a further statement needs
_REPEATS = 0.75  # share of a statement's terms already said that makes it a repetition


def select(
    understood: Understood, candidates: Sequence[Statement], snapshot: Snapshot
) -> tuple[Statement, ...]:
    """Statements that answer the intent, best first, none that only repeats another."""
    current = [s for s in candidates if s.superseded_by is None and s.confidence != "low"]
    if understood.intent == "about":
        return _introduction(understood, current, snapshot)
    best: tuple[Statement, ...] = ()
    for facet in FACETS[understood.intent]:
        found = _with_facet(facet, understood, current, snapshot)
        chosen = _new_ones(_ranked(found, understood, snapshot), understood, snapshot)
        if chosen and covered(understood, chosen, snapshot) >= COVERED:
            return chosen
        best = best or chosen
    return best


def covered(understood: Understood, statements: Sequence[Statement], snapshot: Snapshot) -> float:
    """Share (0..1) of the question's content words that the statements speak of.

    1.0 where the question has none beside names; 0.0 without statements, or if it has neither
    words nor names. Where it names nothing, one statement has to do it alone: words found here and
    there prove nothing.
    """
    if not statements:
        return 0.0
    if not understood.words:
        return float(bool(understood.entities))
    if understood.entities:
        return _overlap(understood, statements, snapshot)
    return max(_overlap(understood, (statement,), snapshot) for statement in statements)


def _introduction(
    understood: Understood, statements: Sequence[Statement], snapshot: Snapshot
) -> tuple[Statement, ...]:
    """The first statement of each kind that introduces a thing; without a thing, what fits best."""
    if not understood.entities:
        return tuple(_ranked(statements, understood, snapshot))[:1]
    sources = snapshot.knowledge.sources
    firsts = []
    for facet in _INTRODUCTION:
        found = _with_facet(facet, understood, statements, snapshot)
        fitting = [
            s
            for s in found
            if _is_subject(s, understood, snapshot) or sources[s.source].kind != "editorial"
        ]
        firsts += fitting[:1]
    return tuple(dict.fromkeys(firsts))


def _overlap(understood: Understood, statements: Iterable[Statement], snapshot: Snapshot) -> float:
    """Mean over the question's words of the share of each that the statements hold, 0..1."""
    if not understood.words:
        return 0.0
    language = stored(understood.language)
    held: set[str] = set()
    for statement in statements:
        held |= snapshot.terms_of(statement.id, language)
        held |= snapshot.terms(fold(snapshot.knowledge.name(statement.entity, understood.language)))
    shares = [_share(snapshot.terms(word), held) for word in understood.words]
    return sum(shares) / len(shares)


def _with_facet(
    facet: Facet, understood: Understood, statements: Sequence[Statement], snapshot: Snapshot
) -> list[Statement]:
    """Statements with the facet: on the subject asked about where there are any, and those that
    have it as their main facet before those that have it besides."""
    found = [s for s in statements if facet in s.facets]
    if facet == "role":
        found = [s for s in found if _names_another_role(s, understood, snapshot)]
    if facet == "duty":
        found = [s for s in found if s.entity in understood.entities] or found
    on_subject = [s for s in found if _is_subject(s, understood, snapshot)]
    if facet == "role":  # who does a thing is also said with the doer as the subject
        sources = snapshot.knowledge.sources
        on_subject = [s for s in found if s in on_subject or sources[s.source].kind != "editorial"]
    found = on_subject or (found if facet != "definition" else [])
    main = min((_place(facet, s) for s in found), default=0)
    return [s for s in found if _place(facet, s) == main]


def _place(facet: Facet, statement: Statement) -> int:
    """0 where the facet is the main one; a duty says as plainly who does it."""
    before = statement.facets[: statement.facets.index(facet)]
    return len([other for other in before if (facet, other) != ("role", "duty")])


def _names_another_role(statement: Statement, understood: Understood, snapshot: Snapshot) -> bool:
    entities = snapshot.knowledge.entities
    named = (statement.entity, *statement.about)
    roles = {entity for entity in named if entities[entity].kind == "role"}
    return bool(roles - set(understood.entities))


def _is_subject(statement: Statement, understood: Understood, snapshot: Snapshot) -> bool:
    asked = {part for entity in understood.entities for part in snapshot.knowledge.parts(entity)}
    subject = snapshot.subject_of(statement.id, stored(understood.language))
    return not asked or not asked.isdisjoint(subject)


def _ranked(
    statements: Sequence[Statement], understood: Understood, snapshot: Snapshot
) -> list[Statement]:
    """Best word overlap first, then the weightier source, else as given; weak ones are left out."""
    scores = {s.id: _overlap(understood, (s,), snapshot) for s in statements}
    best = max(scores.values(), default=0.0)
    kept = [s for s in statements if scores[s.id] >= _KEEP * best]
    sources = snapshot.knowledge.sources
    order = _AUTHORITY if understood.intent == "obligation" else _ORIGIN

    language = stored(understood.language)

    def weight(statement: Statement) -> tuple[float, float, int]:
        text = set(tokens(fold(statement.text.stored(language))))
        as_asked = sum(_share(frozenset(tokens(word)), text) for word in understood.words)
        # Words as asked before their synonyms.
        return -scores[statement.id], -as_asked, order.index(sources[statement.source].kind)

    return sorted(kept, key=weight)


def _new_ones(
    statements: Sequence[Statement], understood: Understood, snapshot: Snapshot
) -> tuple[Statement, ...]:
    language = stored(understood.language)
    entities = snapshot.knowledge.entities
    said: set[str] = set()
    things: set[str] = set()
    kept = []
    for statement in statements:
        terms = {term for term in snapshot.terms_of(statement.id, language) if len(term) > 1}
        new = {e for e in statement.about if entities[e].kind in ("role", "document")} - things
        if new or len(terms & said) < _REPEATS * len(terms):
            kept.append(statement)
            said |= terms
            things |= new
    return tuple(kept)


def _share(terms: frozenset[str], held: set[str]) -> float:
    longest = max(map(len, terms), default=0)
    telling = [term for term in terms if len(term) > 1 or longest == 1]
    return sum(term in held for term in telling) / len(telling) if telling else 0.0
