"""The certification scheme as it ships: complete, told apart by region, and in its place."""

import re
from functools import cache
from pathlib import Path

import pytest

from assistant.knowledge.loading import load_corpus
from assistant.knowledge.model import Knowledge
from assistant.knowledge.names import NameIndex, named
from assistant.knowledge.process import following, next_steps
from assistant.knowledge.regions import usable
from assistant.language import search_forms
from assistant.types import Region

CORPUS = Path(__file__).parents[2] / "corpus"
FACTS = tuple(f"CS-{number:03d}" for number in range(1, 136))
PUBLISHED_WHOLE = "CS-132"  # split after its id was published, which therefore stays
_SPLIT = re.compile(r"^(CS-\d{3})([a-z]?)$")
_FEE = re.compile(r"[¥￥$€£]\s*\d|\d\s*(?:万元|元|人民币|RMB|CNY|USD|dollars|yuan)")


@cache
def corpus() -> Knowledge:
    return load_corpus(CORPUS)


@pytest.mark.parametrize("fact", FACTS)
def test_every_fact_of_the_scheme_is_carried_whole_or_in_parts(fact: str) -> None:
    found = [i for i in corpus().statements if (m := _SPLIT.match(i)) and m[1] == fact]
    assert found
    assert found == [fact] or fact not in found or fact == PUBLISHED_WHOLE


def test_no_fact_of_the_scheme_is_unknown() -> None:
    carried = {m[1] for i in corpus().statements if (m := _SPLIT.match(i))}
    assert carried == set(FACTS)


def test_what_is_not_sure_is_never_said_unasked() -> None:
    low = {"CS-039", "CS-081", "CS-125", "CS-128"}
    assert {i for i in corpus().statements if corpus().statements[i].confidence == "low"} == low
    assert not any(usable(corpus().statements[i], None) for i in low)


@pytest.mark.parametrize(
    ("region", "said", "unsaid"),
    [
        ("CN", {"CS-084a", "CS-093a"}, {"CS-083a", "CS-092a"}),
        ("HK", {"CS-083a", "CS-092a"}, {"CS-084a", "CS-093a"}),
        ("TW", {"CS-083a", "CS-092a"}, {"CS-084a", "CS-093a"}),
        ("other", {"CS-083a", "CS-092a"}, {"CS-084a", "CS-093a"}),
        (None, {"CS-083a", "CS-084a", "CS-092a", "CS-093a"}, set()),
    ],
)
def test_stricter_rules_of_china_are_said_there_and_the_others_elsewhere(
    region: Region | None, said: set[str], unsaid: set[str]
) -> None:
    statements = corpus().statements
    assert all(usable(statements[i], region) for i in said)
    assert not any(usable(statements[i], region) for i in unsaid)


def test_rule_of_one_place_names_it_in_both_languages() -> None:
    """Where the region is unknown both rules are shown, so each says where it holds."""
    for one, other in [("CS-083", "CS-084"), ("CS-092", "CS-093")]:
        for statement in corpus().statements.values():
            if statement.id[:6] in (one, other) and statement.applies_to != "*":
                china = statement.applies_to == "CN"
                assert ("中国" in statement.text.zh) is china, statement.id
                assert ("China" in statement.text.en) is china, statement.id
                assert ("国际" in statement.text.zh) is not china, statement.id


def test_rule_for_another_field_says_that_ours_was_not_compared() -> None:
    for statement in corpus().statements.values():
        of_another_field = statement.source in ("cnca-qms", "cnca-ohsms")
        if of_another_field and statement.entity != "T-rule-status":
            assert statement.caution or statement.confidence == "high", statement.id


def test_no_price_stands_in_the_scheme() -> None:
    texts = [s.text.zh + s.text.en for s in corpus().statements.values()]
    assert not [text for text in texts if _FEE.search(text)]


def test_certification_lies_inside_the_steps_of_the_guide() -> None:
    knowledge = corpus()
    assert [knowledge.whole(f"C{n}") for n in range(1, 8)] == ["S12"] * 7
    assert [knowledge.whole(f"C{n}") for n in range(8, 13)] == ["S13"] * 5


@pytest.mark.parametrize(
    ("done", "after"),
    [("C1", "C2"), ("C2", "C3"), ("C3", "C4"), ("C4", "C5"), ("C5", "C6"), ("C7", "C8")],
)
def test_stages_of_certification_follow_each_other(done: str, after: str) -> None:
    assert following(corpus(), done)[0].origin == after


def test_what_may_never_happen_is_not_told_to_come_next() -> None:
    assert [relation.origin for relation in following(corpus(), "C7")] == ["C8", "C9"]


@pytest.mark.parametrize(
    ("done", "upcoming"),
    [("S11", "S12"), ("C4", "S12"), ("S12", "S13"), ("C7", "S13"), ("C9", "S13")],
)
def test_certification_leads_on_along_the_road(done: str, upcoming: str) -> None:
    steps = next_steps(corpus(), [f"S{n}" for n in range(1, 11)] + [done])
    assert steps.next == (upcoming,)


@pytest.mark.parametrize(("region", "needed"), [("CN", ["S8"]), ("HK", []), ("other", [])])
def test_application_waits_for_audit_and_review_in_china_only(
    region: Region, needed: list[str]
) -> None:
    waiting = next_steps(corpus(), ("S11",), ("C1",), region).waiting
    found = [relation.target for one in waiting if one.step == "C1" for relation in one.needs]
    assert found == needed


def test_each_paper_of_the_certification_body_has_an_owner_and_a_stage() -> None:
    knowledge = corpus()
    papers = [e.id for e in knowledge.entities.values() if e.id.startswith("DC-")]
    assert len(papers) == 14
    for paper in papers:
        assert knowledge.relations_to(paper, "owns"), paper
        assert knowledge.relations_to(paper, "produces"), paper


@pytest.mark.parametrize(
    ("entity", "forms"),
    [
        ("C4", ("一阶段", "第一階段稽核", "文审", "stage one", "Stage 1")),
        ("C8", ("监督审核", "監督稽核", "年审", "三年两审", "annual surveillance")),
        ("C9", ("再认证", "換證審核", "复评", "re-certification")),
        ("C11", ("证书被暂停", "證書撤銷", "suspended certificate")),
        ("C12", ("换认证机构", "更換認證機構", "certificate transfer")),
        ("R-38", ("认可机构", "認可機構", "UKAS", "AB")),
        ("R-39", ("认监委", "CNCA")),
        ("T-major-nonconformity", ("严重不符合", "主要缺失", "major NC")),
        ("T-audit-time", ("人日", "稽核人天", "man-days", "person-day")),
        ("T-mutual-recognition", ("IAF", "ILAC", "MRA", "MLA", "国际互认")),
        ("R-34", ("认证机构", "驗證機構", "CB", "registrar")),
        ("R-35", ("审核组长", "主審", "lead auditor")),
        ("DC-09", ("证书", "證書", "certificate")),
        ("X-closing-meeting", ("末次会议", "總結會議", "closing meeting")),
        ("X-corrective-action", ("纠正措施", "矯正措施", "corrective actions")),
        ("X-identical-adoption", ("等同采用", "IDT")),
        ("X-pdca", ("PDCA", "戴明环", "plan-do-check-act")),
        ("X-root-cause", ("根因分析", "RCA", "root cause analysis")),
        ("T-improvement-opportunity", ("观察项", "觀察事項", "OFI")),
        ("T-iso-27001", ("27001", "信息安全管理体系", "資訊安全管理系統", "ISMS")),
        ("T-itss", ("ITSS", "运维服务能力成熟度")),
        ("T-multi-site", ("多场所", "多據點", "multisite")),
    ],
)
def test_things_are_found_by_all_their_names(entity: str, forms: tuple[str, ...]) -> None:
    names = NameIndex(corpus())
    for form in forms:
        found = [named(names.find(folded).found) for folded in search_forms(form)]
        assert any(entity in entities for entities in found), form
