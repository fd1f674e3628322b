"""The road, roles and documents, as listed from the corpus that ships."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass

import pytest

from assistant.answering.papers import list_documents
from assistant.answering.road import list_next, list_steps
from assistant.answering.roles import show_role
from assistant.answering.snapshot import Snapshot
from assistant.errors import InvalidInput, NotFound
from assistant.knowledge.process import road
from assistant.language import to_traditional
from assistant.listings import Document, DocumentFilter, Link, Role, Step, WaitingStep
from assistant.types import Citation, Language, Progress, Region

LANGUAGES: tuple[Language, ...] = ("zh-Hans", "zh-Hant", "en")


def named(thing: object) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Every step, role, document and clause inside a list, with its citations."""
    if isinstance(thing, Step | Link | Document):
        yield thing.id, thing.citations
    elif isinstance(thing, WaitingStep):
        yield thing.step, thing.citations
    if isinstance(thing, tuple):
        for one in thing:
            yield from named(one)
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from named(getattr(thing, field.name))


def hold_promise(listed: object, citations: tuple[Citation, ...], snapshot: Snapshot) -> set[str]:
    """Everything named has a citation about it, each where its quote stands; the ids named."""
    ids = set()
    for identifier, numbers in named(listed):
        assert any(identifier in citations[n - 1].about for n in numbers), identifier
        ids.add(identifier)
    for position, citation in enumerate(citations, start=1):
        text = snapshot.searcher.passages[citation.passage_id].text
        assert citation.n == position
        assert text[citation.start : citation.end] == citation.quote
    return ids


def onward_ids(steps: Iterable[Step]) -> list[str]:
    return [step.id for step in steps]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_on_the_road_is_cited(snapshot: Snapshot, language: Language) -> None:
    listing = list_steps(language, snapshot)
    assert onward_ids(listing.items) == list(road(snapshot.knowledge))
    ids = hold_promise(listing, listing.citations, snapshot)
    stations = {e.id for e in snapshot.knowledge.entities.values() if e.kind in ("step", "part")}
    assert stations <= ids


def test_parts_stand_inside_their_step_in_order(snapshot: Snapshot) -> None:
    steps = {step.id: step for step in list_steps("en", snapshot).items}
    assert onward_ids(steps["S2"].parts) == ["S2.1", "S2.2", "S2.3"]
    before = {part.id: [link.id for link in part.needs] for part in steps["S10"].parts}
    assert before == {"S10.a": [], "S10.b": ["S11"]}
    assert steps["S10"].optional


def test_order_names_the_statement_that_says_so(snapshot: Snapshot) -> None:
    listing = list_steps("zh-Hans", snapshot)
    (link,) = next(step for step in listing.items if step.id == "S9").needs
    assert (link.id, link.because, link.applies_to) == ("S8", ("F168",), "*")
    assert listing.citations[link.citations[0] - 1].about[0] == "F168"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("region", [None, "CN", "HK"])
def test_next_steps_hold_the_promise(
    snapshot: Snapshot, language: Language, region: Region | None
) -> None:
    progress = Progress(done=("S8",), stuck=("S2.3", "S12"))
    found = list_next(progress, region, language, snapshot)
    hold_promise(found, found.citations, snapshot)
    assert found.done == ("S7", "S8")
    assert [link.id for link in found.implied] == ["S7"]
    assert onward_ids(found.next)[0] == "S1"
    assert {"S9", "S11"} <= set(onward_ids(found.next))
    assert {waiting.step: [n.id for n in waiting.needs] for waiting in found.waiting} == {
        "S6": ["S5"],
        "S12": ["S11"],
        "S13": ["S12"],
    }
    assert found.stuck == ("S2.3", "S12")


def test_nothing_done_begins_at_the_beginning(snapshot: Snapshot) -> None:
    assert onward_ids(list_next(Progress(), None, "en", snapshot).next) == ["S1"]


def test_everything_done_leaves_nothing(snapshot: Snapshot) -> None:
    found = list_next(Progress(done=road(snapshot.knowledge)), None, "en", snapshot)
    assert (found.next, found.waiting, found.citations) == ((), (), ())


@pytest.mark.parametrize(
    ("progress", "language", "hint"),
    [
        (Progress(done=("S1", "S99")), "en", "There is no S99."),
        (Progress(stuck=("S99", "S98", "S99")), "zh-Hans", "没有 S99和S98 这个编号。"),
        (Progress(done=("S1",), stuck=("S1",)), "en", "S1 is done"),
        (Progress(done=("S9",), stuck=("S8",)), "zh-Hant", "S8已經完成"),
        (Progress(done=("R-01",)), "en", "There is no R-01."),
    ],
)
def test_progress_that_cannot_be_is_refused_in_the_readers_language(
    snapshot: Snapshot, progress: Progress, language: Language, hint: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        list_next(progress, None, language, snapshot)
    assert (refused.value.hint or "").startswith(hint)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_role_holds_the_promise(snapshot: Snapshot, language: Language) -> None:
    roles = [e.id for e in snapshot.knowledge.entities.values() if e.kind == "role"]
    assert len(roles) > 9
    for role_id in roles:
        role = show_role(role_id, language, snapshot)
        hold_promise(role, role.citations, snapshot)
        for said in (*role.duties, *filter(None, [role.definition])):
            (n,) = said.citations
            assert role.citations[n - 1].about[:2] == (said.id, role_id)
            quote = role.citations[n - 1].quote
            assert said.text == (to_traditional(quote) if language == "zh-Hant" else quote)


def test_role_has_all_its_duties_steps_documents_and_clauses(snapshot: Snapshot) -> None:
    role = show_role("R-09", "en", snapshot)
    assert role.definition is not None
    assert [duty.id for duty in role.duties] == [f"R-09/d{n}" for n in range(1, 5)]
    assert ids_of(role, "steps") >= {"S8"}
    assert ids_of(role, "documents") >= {"DM-53", "DS-29"}
    assert ids_of(role, "clauses") >= {"9.2"}


def test_aliases_are_those_a_reader_can_use(snapshot: Snapshot) -> None:
    assert "管代" in show_role("R-03", "zh-Hans", snapshot).aliases
    assert "體系負責人" in show_role("R-03", "zh-Hant", snapshot).aliases
    assert all(alias.isascii() for alias in show_role("R-03", "en", snapshot).aliases)


@pytest.mark.parametrize("role_id", ["R-98", "S1", "DM-53", "", "r-03"])
def test_what_is_no_role_is_not_found(snapshot: Snapshot, role_id: str) -> None:
    with pytest.raises(NotFound):
        show_role(role_id, "en", snapshot)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_document_is_listed_and_holds_the_promise(
    snapshot: Snapshot, language: Language
) -> None:
    listing = list_documents(DocumentFilter(), language, snapshot)
    documents = sorted(e.id for e in snapshot.knowledge.entities.values() if e.kind == "document")
    assert [document.id for document in listing.items] == documents
    hold_promise(listing, listing.citations, snapshot)
    for document in listing.items:
        links = (*document.owners, *document.steps, *document.clauses)
        assert {n for link in links for n in link.citations} <= set(document.citations)
        assert document.requirement is not None
        owners = snapshot.knowledge.relations_to(document.id, "owns")
        assert {link.id for link in document.owners} == {r.origin for r in owners}


def test_step_of_a_document_is_never_a_topic(snapshot: Snapshot) -> None:
    listing = list_documents(DocumentFilter(), "en", snapshot)
    steps = {link.id for document in listing.items for link in document.steps}
    assert {snapshot.knowledge.entities[step].kind for step in steps} == {"step", "part"}


def wanted(snapshot: Snapshot, **values: tuple[str, ...]) -> set[str]:
    listing = list_documents(DocumentFilter(**values), "en", snapshot)
    return {document.id for document in listing.items}


def test_step_stands_for_its_parts(snapshot: Snapshot) -> None:
    assert wanted(snapshot, step=("S2.3",)) == {"DS-10"}
    assert wanted(snapshot, step=("S2",)) == {"DS-10"}
    assert {"DS-28", "DM-54"} <= wanted(snapshot, step=("S8",))


def test_clause_stands_for_its_parts(snapshot: Snapshot) -> None:
    assert wanted(snapshot, clause=("9.2.2",)) == {"DM-53"}
    assert {"DM-07", "DS-07"} <= wanted(snapshot, clause=("7.5",))


def test_values_of_one_filter_add_and_different_filters_narrow(snapshot: Snapshot) -> None:
    one, other = wanted(snapshot, role=("R-01",)), wanted(snapshot, role=("R-09",))
    assert wanted(snapshot, role=("R-01", "R-09")) == one | other
    mandatory = wanted(snapshot, requirement=("mandatory",))
    assert wanted(snapshot, role=("R-09",), requirement=("mandatory",)) == other & mandatory
    assert "DM-53" in other & mandatory
    assert wanted(snapshot, step=("S2",), role=("R-09",)) == set()


@pytest.mark.parametrize(
    "values", [{"step": "S99"}, {"step": "R-01"}, {"clause": "4.99"}, {"role": "R-98"}]
)
def test_filter_for_what_does_not_exist_is_refused(
    snapshot: Snapshot, values: dict[str, str]
) -> None:
    (name,) = values.values()
    with pytest.raises(InvalidInput) as refused:
        wanted(snapshot, **{field: (value,) for field, value in values.items()})
    assert refused.value.hint == f"There is no {name}."


def ids_of(role: Role, field: str) -> set[str]:
    return {link.id for link in getattr(role, field)}
