"""Each answer keeps the citation promise, checked from outside with nothing but its HTTP.

Written apart from the gate on purpose: what it looks at is the JSON, the sources as served, and
the corpus files.
"""

import hashlib
import re
from typing import Any
from urllib.parse import quote

import opencc
import pytest
from starlette.testclient import TestClient

from assistant.knowledge.model import Knowledge
from tests.promise.asking import Asked, ask, question_set, sentences

pytestmark = pytest.mark.slow
QUESTIONS = question_set()
_ID = re.compile(r"\b(?:S\d+(?:\.\w+)?|R-\d\d|D[MASC]-\d\d)\b")


@pytest.fixture(scope="module", params=QUESTIONS, ids=lambda asked: asked.id)
def case(request: pytest.FixtureRequest, client: TestClient) -> tuple[Asked, dict[str, Any]]:
    asked: Asked = request.param
    return asked, ask(client, asked.text)


def simplified(text: str) -> str:
    converted = opencc.OpenCC("tw2s").convert(text.replace("資訊", "信息").replace("品質", "质量"))
    return str(converted).lower()


def test_outcome_language_ids_and_first_sentence_are_what_was_asked_for(
    case: tuple[Asked, dict[str, Any]],
) -> None:
    asked, answer = case
    assert (answer["outcome"], answer["language"]) == (asked.outcome, asked.language)
    items = [item for kind in ("steps", "roles", "documents", "clauses") for item in answer[kind]]
    about = {entity for citation in answer["citations"] for entity in citation["about"]}
    assert set(asked.ids) <= {item["id"] for item in items} | about
    first = sentences(answer)[0]
    led = {i for n in first["citations"] for i in answer["citations"][n - 1]["about"]}
    assert not asked.lead or led & set(asked.lead)


def test_quotes_stand_in_the_sources_as_served(
    case: tuple[Asked, dict[str, Any]], client: TestClient
) -> None:
    _, answer = case
    for position, citation in enumerate(answer["citations"], start=1):
        response = client.get(f"/api/sources/{quote(citation['passage_id'], safe='')}")
        assert response.status_code == 200
        text = response.json()["text"]
        assert citation["n"] == position
        assert text[citation["start"] : citation["end"]] == citation["quote"]
        assert hashlib.sha256(text.encode()).hexdigest() == citation["sha256"]
        assert citation["confidence"] != "low"
        assert 0 < citation["support"] <= 1


def test_claims_cite_and_talk_names_nothing_that_was_not_asked(
    case: tuple[Asked, dict[str, Any]],
) -> None:
    asked, answer = case
    for sentence in sentences(answer):
        if sentence["kind"] == "talk":
            assert sentence["citations"] == []
            parts = [*re.findall(r"\d+", sentence["text"]), *_ID.findall(sentence["text"])]
            assert all(part.lower() in asked.text.lower() for part in parts)
        else:
            assert sentence["citations"]
    if asked.outcome != "answered":
        assert {sentence["kind"] for sentence in sentences(answer)} == {"talk"}


def test_numbers_ids_and_names_of_a_sentence_are_in_what_it_cites(
    case: tuple[Asked, dict[str, Any]], client: TestClient, knowledge: Knowledge
) -> None:
    _, answer = case
    names = {
        name.lower(): entity.id
        for entity in knowledge.entities.values()
        for name in (entity.name.zh, entity.name.en)
    }
    for sentence in sentences(answer):
        cited = [answer["citations"][n - 1] for n in sentence["citations"]]
        if not cited:
            continue
        about = {entity for citation in cited for entity in citation["about"]}
        passages = [client.get(f"/api/sources/{quote(c['passage_id'], safe='')}") for c in cited]
        held = "\n".join(response.json()["text"] for response in passages).lower()
        text = simplified(sentence["text"])
        for identifier in _ID.findall(sentence["text"]):
            assert identifier in about or identifier.lower() in held
        documents = len({i for i in _ID.findall(sentence["text"]) if i[0] == "D"})
        counts = {str(len(cited)), str(documents)} if sentence["kind"] == "derivation" else set()
        for number in re.findall(r"\d+(?:\.\d+)*", _ID.sub(" ", sentence["text"])):
            assert number in held or number in counts
        for name, entity in names.items():
            if name in text:
                assert name in held or entity in about, f"{name!r} in {text!r}"


def test_items_cite_what_is_about_them_and_marks_match_the_citations(
    case: tuple[Asked, dict[str, Any]],
) -> None:
    _, answer = case
    for kind in ("steps", "roles", "documents", "clauses"):
        for item in answer[kind]:
            cited = [answer["citations"][n - 1] for n in item["citations"]]
            assert any(item["id"] in citation["about"] for citation in cited)
            for owner in item.get("owner", []):
                assert any(owner in citation["about"] for citation in cited)
    marks = {int(n) for n in re.findall(r"\[(\d+)\]", answer["answer"])}
    assert marks == {n for sentence in sentences(answer) for n in sentence["citations"]}


def test_traditional_answers_hold_no_simplified_characters(
    case: tuple[Asked, dict[str, Any]],
) -> None:
    asked, answer = case
    if asked.language == "zh-Hant":
        shown = "".join([*(s["text"] for s in sentences(answer)), *answer["suggestions"]])
        characters = set(shown) - set("了")  # both scripts write it, OpenCC knows it as 瞭 as well
        assert {c for c in characters if opencc.OpenCC("s2tw").convert(c) != c} == set()
