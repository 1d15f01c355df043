"""The studio page when lines break, pages are reloaded and keys are asked for: nothing is lost or made twice."""

from __future__ import annotations

from pathlib import Path

from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.browser import CutProxy, assets_about, fill, gateway_with_key, keep, opened, order, see_state
from tests.e2e.harness import Stack, eventually

IMAGE = "@cf/black-forest-labs/flux-1-schnell"


def test_a_reload_goes_on_where_the_work_is(stack: Stack, page: Page, word: str) -> None:
    stack.fault(model=IMAGE, contains=word, body="hang")
    name = order(page, word, 2)
    expect(page.locator(".step[data-how=running]")).to_have_count(2)
    keep(page, "running")
    page.reload()
    expect(page.locator(".step[data-how=running]")).to_have_count(2)
    expect(page.locator(".step")).to_have_count(5)
    page.get_by_role("button", name="Cancel").click()
    see_state(page, "Cancelled")
    expect(page.locator(".step[data-how=stopped]")).to_have_count(2)
    assert stack.asset(name).state == pb.Asset.STATE_CANCELLED


def test_a_cut_line_is_taken_up_after_the_last_event(stack: Stack, page: Page, word: str) -> None:
    stack.fault(model=IMAGE, contains=word, body="hang")
    name = stack.create(word)
    line = CutProxy(stack.url.removeprefix("http://"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.headers.get("last-event-id", "")))
    try:
        page.goto(f"{line.url}/#/{name}")
        expect(page.locator(".step[data-how=running]")).to_have_count(1)
        seen = stack.asset(name).last_sequence
        line.cut()
        expect(page.get_by_text("The connection is lost. The work goes on")).to_be_visible()
        keep(page, "connection-lost")
        stack.session.post(f"{stack.url}/v1/{name}:cancel", timeout=90)
        line.mend()
        see_state(page, "Cancelled")
        expect(page.get_by_text("The connection is lost. The work goes on")).to_be_hidden()
        resumed = [value for value in asked if value]
        assert (resumed[0], resumed[-1]) == ("0", str(seen))
    finally:
        line.close()


def test_an_event_source_gets_every_event_and_stops_after_the_last(stack: Stack, page: Page, word: str) -> None:
    name = stack.create(word)
    page.goto("/")
    seen = page.evaluate(
        """(path) => new Promise((resolve) => {
            const ids = [];
            const source = new EventSource(path);
            source.onmessage = (event) => ids.push([event.lastEventId, JSON.parse(event.data).sequence]);
            source.onerror = () => source.readyState === EventSource.CLOSED && resolve(ids);
        })""",
        f"/v1/{name}:watch",
    )
    assert seen == [[str(event.sequence)] * 2 for event in stack.events(name)]


def test_an_order_whose_answer_is_lost_is_carried_out_once(stack: Stack, page: Page, word: str) -> None:
    keys: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) == 1:
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/v1/assets", lose_the_first_answer)
    name = order(page, word)
    assert keys[0] == keys[1]
    assert assets_about(stack, word) == [name]


def test_an_order_without_an_answer_outlives_a_reload(stack: Stack, page: Page, word: str) -> None:
    keys: list[str] = []

    def hold_the_first_answer(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) == 1:
            route.fetch()
        else:
            route.continue_()

    page.route("**/v1/assets", hold_the_first_answer)
    page.goto("/")
    fill(page, word)
    page.get_by_role("button", name="Create pictures").click()
    eventually(lambda: assets_about(stack, word) or page.wait_for_timeout(20), "the order is recorded")
    page.reload()
    name = opened(page)
    assert keys[0] == keys[1]
    assert assets_about(stack, word) == [name]


def test_a_server_with_keys_asks_once_and_the_tab_remembers(
    stack: Stack, browser: Browser, word: str, tmp_path: Path
) -> None:
    with gateway_with_key(stack.address("orchestrator"), tmp_path) as (url, key):
        context = browser.new_context(base_url=url)
        page = context.new_page()
        page.goto("/")
        page.get_by_role("button", name="Not now").click()
        with page.expect_response(lambda answer: answer.status == 401):
            expect(page.get_by_text("The earlier pictures cannot be shown")).to_be_visible()
        expect(page.locator("dialog")).to_have_count(0)
        page.get_by_role("button", name="Change the API key").click()
        for wrong in ("wrong", key):
            page.get_by_role("textbox", name="API key").fill(wrong)
            page.get_by_role("button", name="Use this key").click()
            if wrong == "wrong":
                expect(page.get_by_text("does not accept this key")).to_be_visible()
        expect(page.get_by_text("Nothing yet")).to_be_visible()
        name = order(page, word, 2)
        see_state(page, "Ready")
        expect(page.locator(".variant img")).to_have_class(["loaded"] * 2)
        with page.expect_download() as download:
            page.get_by_role("link", name="Download picture 1").click()
        assert Path(download.value.path()).read_bytes() == stack.get(f"/v1/{name}/variants/0/image").content
        page.reload()
        see_state(page, "Ready")
        assert page.evaluate("[localStorage.length, sessionStorage.getItem('atelier.key')]") == [0, key]
        page.get_by_role("button", name="Change the API key").click()
        page.get_by_role("button", name="Forget it").click()
        expect(page.get_by_role("heading", name="asks for an API key")).to_be_visible()
        context.close()
