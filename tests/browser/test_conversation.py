"""The conversation on the page: gone on with, begun anew, judged, deleted."""

import pytest
from playwright.sync_api import Page, Request, expect

from assistant.memory.store import Store
from assistant.types import Question
from tests.browser.test_page import ask
from tests.web.fake import ANSWER, QUOTE, FakeBackend

pytestmark = [pytest.mark.browser, pytest.mark.allow_hosts(["127.0.0.1"])]


def conversation_ids(page: Page) -> list[str | None]:
    """Of the requests made from now on; the list grows."""
    sent: list[str | None] = []

    def note(request: Request) -> None:
        if request.url.endswith("/api/chat"):
            sent.append((request.post_data_json or {}).get("conversation_id"))

    page.on("request", note)
    return sent


def test_next_question_goes_on_and_earlier_ones_stay_in_reach(
    page: Page, backend: FakeBackend, complaints: list[str]
) -> None:
    sent = conversation_ids(page)
    expect(page.get_by_role("button", name="新对话")).to_be_hidden()
    ask(page, "内审？")
    expect(page.locator("#earlier")).to_be_hidden()
    ask(page, "然后呢？")
    assert sent[0] is None
    assert sent[1] is not None
    assert backend.asked[1].history[0].text == "内审？"
    earlier = page.locator("#earlier")
    expect(earlier.locator("summary")).to_have_text(["内审？"])
    expect(page.locator("#answer .question")).to_contain_text("然后呢？")
    earlier.locator("summary").click()
    earlier.get_by_role("button", name="来源 1").first.click()
    expect(page.get_by_role("dialog").locator("mark")).to_have_text(QUOTE)
    assert complaints == []


def test_new_conversation_leaves_the_old_one(page: Page, backend: FakeBackend) -> None:
    sent = conversation_ids(page)
    ask(page)
    page.get_by_role("button", name="新对话").click()
    expect(page.locator("#answer")).to_be_hidden()
    expect(page.locator("#examples")).to_be_visible()
    expect(page.get_by_label("您想知道什么？")).to_be_focused()
    ask(page)
    assert sent == [None, None]
    assert backend.asked[1].history == ()


def test_answer_is_judged_with_a_reason(page: Page, memory: Store, complaints: list[str]) -> None:
    sent = conversation_ids(page)
    ask(page, "第一问")
    down = page.get_by_role("button", name="没有帮助")
    down.click()
    expect(down).to_have_attribute("aria-pressed", "true")
    page.get_by_label("哪里不对").fill("没说由谁批准")
    page.get_by_role("button", name="提交").click()
    expect(page.locator(".why")).to_be_hidden()
    expect(page.locator(".said")).to_have_text("谢谢，已记下。")
    ask(page, "第二问")
    found = memory.conversation(str(sent[1]))
    feedback = found.messages[0].feedback
    assert feedback is not None
    assert (feedback.rating, feedback.comment) == ("down", "没说由谁批准")
    assert found.messages[1].feedback is None
    page.get_by_role("button", name="有帮助", exact=True).click()
    expect(page.get_by_role("button", name="有帮助", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    page.get_by_label("语言").select_option("en")
    expect(page.get_by_role("button", name="It helped")).to_have_attribute("aria-pressed", "true")
    assert complaints == []


def test_conversation_is_deleted_after_a_question(page: Page, memory: Store) -> None:
    sent = conversation_ids(page)
    ask(page)
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="删除对话").click()
    expect(page.locator("#answer")).to_be_visible()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="删除对话").click()
    expect(page.locator("#answer")).to_be_hidden()
    expect(page.get_by_role("status").first).to_have_text("对话已删除。")
    ask(page)
    assert sent == [None, None]
    assert memory.gaps(limit=1) == ((), 0)


def test_conversation_that_has_expired_is_told_and_begun_anew(page: Page, memory: Store) -> None:
    sent = conversation_ids(page)
    ask(page, "一")
    ask(page, "二")
    memory.delete(str(sent[1]))
    ask(page, "三")
    expect(page.get_by_role("alert")).to_contain_text("没有这个对话")
    page.get_by_role("button", name="再试一次").click()
    expect(page.locator(".lead").first).to_be_visible()
    assert sent[3] is None


def test_second_window_that_asks_meanwhile_is_told(page: Page, memory: Store) -> None:
    sent = conversation_ids(page)
    ask(page, "一")
    ask(page, "二")
    turn = memory.begin(Question("另一个窗口"), sent[1])
    ask(page, "三")
    expect(page.get_by_role("alert")).to_contain_text("还没有答完")
    memory.finish(turn, ANSWER, ())
    page.get_by_role("button", name="再试一次").click()
    expect(page.locator("#answer .question")).to_contain_text("三")
    expect(page.locator("#answer .lead")).to_be_visible()
