"""The page in a real browser: ask, read, open a source, meet an error, on a desk and a phone."""

import json
import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from assistant.errors import Unavailable
from tests.web.fake import ANSWER, QUOTE, FakeBackend

pytestmark = [pytest.mark.browser, pytest.mark.allow_hosts(["127.0.0.1"])]


DELTAS = [
    {
        "block": 0,
        "kind": "lead",
        "sentence": {"text": "第一句。", "kind": "claim", "citations": [1]},
    },
    {"block": 1, "kind": "list", "sentence": {"text": "<b>第二句。</b>", "kind": "talk"}},
]
STALLED = """([begin, rest]) => {
  const encoder = new TextEncoder();
  window.fetch = async () => new Response(new ReadableStream({
    start(controller) {
      controller.enqueue(encoder.encode(": ping\\n\\n" + begin));
      window.more = () => controller.enqueue(encoder.encode(rest));
      window.end = () => controller.close();
    },
  }), { headers: { "Content-Type": "text/event-stream; charset=utf-8" } });
}"""


def ask(page: Page, question: str = "内部审核做完以后，下一步做什么？") -> None:
    page.get_by_label("您想知道什么？").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator("#answer")).to_have_attribute("aria-busy", "false")


def test_question_shows_lead_items_and_warnings(page: Page, complaints: list[str]) -> None:
    ask(page)
    expect(page.locator(".lead")).to_contain_text("下一步是管理评审")
    for group, item in (
        ("步骤", "S8.6"),
        ("角色", "R-01"),
        ("文件与记录", "DM-54"),
        ("条款", "9.3"),
    ):
        section = page.locator("section.group", has=page.get_by_role("heading", name=group))
        expect(section).to_contain_text(item)
    expect(page.locator(".warnings")).to_have_text("请向认证机构确认。")
    expect(page.get_by_role("status")).to_contain_text("1 处来源")
    expect(page.locator(".list")).to_contain_text("<b>[x](http://evil)</b>")
    assert complaints == []


def test_citation_opens_with_its_quote_marked(page: Page, complaints: list[str]) -> None:
    ask(page)
    mark = page.get_by_role("button", name="来源 1").first
    mark.click()
    panel = page.get_by_role("dialog")
    expect(panel.locator("mark")).to_have_text(QUOTE)
    expect(panel.locator("mark")).to_be_in_viewport()
    for said in (
        "Certpath 的转述",
        "ISO20000 认证实施指南",
        "中国大陆",
        "做法可能不同",
        "尚未与标准",
    ):
        expect(panel).to_contain_text(said)
    expect(page.locator(".lead")).to_be_in_viewport()
    expect(page.locator("#source-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(mark).to_be_focused()
    assert complaints == []


def test_error_is_shown_with_its_request_id(page: Page, backend: FakeBackend) -> None:
    backend.error = Unavailable("inside")
    ask(page)
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("服务正在启动或停止")
    expect(alert.locator("code")).to_have_text(re.compile("^[0-9a-f]{16}$"))
    backend.error = None
    alert.get_by_role("button", name="再试一次").click()
    expect(page.locator(".lead")).to_be_visible()


def test_source_that_does_not_open_leaves_the_quote(page: Page, backend: FakeBackend) -> None:
    ask(page)
    backend.error = Unavailable("inside")
    page.get_by_role("button", name="来源 1").first.click()
    expect(page.get_by_role("dialog").locator("mark")).to_have_text(QUOTE)
    expect(page.get_by_role("alert")).to_contain_text("原文未能打开")


def test_sentences_appear_as_they_come(page: Page, complaints: list[str]) -> None:
    begin, rest = (f"event: delta\ndata: {json.dumps(delta)}\n\n" for delta in DELTAS)
    page.evaluate(STALLED, [begin, rest])
    page.get_by_label("您想知道什么？").fill("x")
    page.keyboard.press("Enter")
    expect(page.locator(".lead")).to_have_text("第一句。")
    expect(page.locator("#answer")).to_have_attribute("aria-busy", "true")
    expect(page.locator(".list li")).to_have_count(0)
    page.evaluate("() => window.more()")
    expect(page.locator(".list li")).to_have_text("<b>第二句。</b>")
    page.evaluate("() => window.end()")
    expect(page.get_by_role("alert")).to_contain_text("连接不上服务")
    assert complaints == []


def test_server_that_is_gone_is_told(page: Page) -> None:
    page.context.set_offline(True)
    ask(page)
    expect(page.get_by_role("alert")).to_contain_text("连接不上服务")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_phone_needs_no_sideways_scroll(page: Page, complaints: list[str], scheme: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    ask(page, "x" * 300)
    page.get_by_role("button", name="来源 1").first.click()
    expect(page.get_by_role("dialog").locator("mark")).to_have_text(QUOTE)
    width = "document.documentElement.scrollWidth"
    assert page.evaluate(width) <= 360
    page.get_by_role("button", name="关闭来源").click()
    assert page.evaluate(width) <= 360
    assert complaints == []


def test_shift_enter_and_composition_do_not_send(page: Page, backend: FakeBackend) -> None:
    box = page.get_by_label("您想知道什么？")
    box.fill("第一行")
    box.press("Shift+Enter")
    box.evaluate(
        "e => e.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true}))"
    )
    page.keyboard.type("x")
    expect(box).to_have_value("第一行\nx")
    assert backend.asked == []


def test_blank_and_long_questions_are_not_sent(page: Page, backend: FakeBackend) -> None:
    ask_button = page.get_by_role("button", name="提问")
    ask_button.click()
    expect(page.get_by_role("status")).to_have_text("请先写下问题。")
    page.get_by_label("您想知道什么？").fill("字" * 4001)
    expect(page.locator("#count")).to_have_text("4001 / 4000")
    ask_button.click()
    expect(page.get_by_role("status")).to_contain_text("超过 4000")
    assert backend.asked == []


def test_example_is_asked_and_page_follows_the_answers_language(
    page: Page, backend: FakeBackend
) -> None:
    backend.given = replace(ANSWER, language="en")
    page.get_by_role("button", name="Which documents does the internal audit produce?").click()
    expect(page.get_by_role("heading", name="Documents and records")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".question")).to_be_focused()
    assert backend.asked[0].language is None


def test_chosen_language_is_asked_for(page: Page, backend: FakeBackend) -> None:
    page.get_by_label("语言").select_option("zh-Hant")
    page.get_by_label("您想知道什麼？").fill("x")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="文件與紀錄")).to_be_visible()
    assert backend.asked[0].language == "zh-Hant"


def test_outcome_and_suggestions_of_an_open_question(page: Page, backend: FakeBackend) -> None:
    backend.given = replace(ANSWER, outcome="clarify")
    ask(page)
    expect(page.locator(".outcome")).to_have_text("需要您再说明一点")
    backend.given = ANSWER
    page.get_by_role("button", name=ANSWER.suggestions[0]).click()
    expect(page.locator(".outcome")).to_be_hidden()
    assert backend.asked[-1].text == ANSWER.suggestions[0]


def test_everything_can_be_reached_by_keyboard(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到提问框")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_label("您想知道什么？").press_sequentially("x")
    page.keyboard.press("Enter")
    expect(page.locator(".lead")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="提问")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").locator("mark")).to_have_text(QUOTE)
