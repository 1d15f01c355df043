"""The studio page for everyone: readers, keyboards, small screens, both colour schemes, little motion."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import axe_source, card, keep, see_state
from tests.e2e.harness import Stack

GUARD = "@cf/meta/llama-guard-3-8b"
IMAGE = "@cf/black-forest-labs/flux-1-schnell"


@pytest.mark.parametrize(("colours", "width"), [("light", 1280), ("dark", 360)])
def test_axe_finds_nothing_to_complain_about(
    stack: Stack, browser: Browser, word: str, colours: str, width: int
) -> None:
    axe = axe_source()
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if colours == "dark" else "light",
        reduced_motion="reduce",
        base_url=stack.url,
    )
    page = context.new_page()

    def check(name: str) -> None:
        page.evaluate(axe)
        found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        keep(page, f"{name}-{colours}-{width}")

    recipe = {"variantCount": 2, "style": "watercolour", "formats": ["square", "banner"]}
    done = stack.create(f"{word} done", recipe)
    guide = {"palette": ["#1f3d5a", "#e0a458"], "look": "Flat shapes, fine grain", "wordsToAvoid": ["neon"]}
    style = {"name": f"styles/{word.lower()}", "displayName": f"Brand {word}", "guide": guide}
    stack.session.post(f"{stack.url}/v1/styles", json=style, timeout=90).raise_for_status()
    stack.events(done)
    page.goto("/")
    expect(card(page, f"{word} done").locator("img.loaded")).to_be_visible()
    page.locator("summary").click()
    check("home")
    page.get_by_role("button", name="Create pictures").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check("home-problem")
    page.goto(f"/#/{done}")
    expect(page.locator(".variant img")).to_have_class(["loaded"] * 2)
    check("asset-ready")
    page.get_by_role("button", name="Look at picture 1 in full").click()
    check("lightbox")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Delete").click()
    check("dialog")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Edit texts of picture 1").click()
    check("texts")
    page.keyboard.press("Escape")
    page.goto("/#/usage")
    expect(page.get_by_role("region", name="Usage by day")).to_be_visible()
    check("usage")
    page.goto("/#/styles")
    expect(page.get_by_role("region", name=f"Brand {word}")).to_be_visible()
    check("styles")
    page.goto(f"/#/styles/{word.lower()}")
    expect(page.get_by_role("form", name="Brand style")).to_be_visible()
    check("style")
    page.goto("/#/verify")
    picture = stack.get(f"/v1/{done}/variants/0/image").content
    page.get_by_label("Drop a picture").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture})
    expect(page.locator(".outcome")).to_be_visible()
    check("verify")
    stack.fault(model=IMAGE, contains=word, body="hang")
    running = stack.create(word)
    page.goto(f"/#/{running}")
    expect(page.locator(".step[data-how=running] .step-name")).to_contain_text("Paint")
    check("asset-running")
    stack.session.post(f"{stack.url}/v1/{running}:cancel", timeout=90)
    stack.fault(model=GUARD, contains="", text="\n\nunsafe\nS1,S9")
    page.goto(f"/#/{stack.create(word)}")
    see_state(page, "Blocked")
    page.locator("summary").nth(1).click()
    check("asset-blocked")
    page.get_by_role("button", name="Approve it all the same").click()
    check("review")
    context.close()


def test_the_whole_way_can_be_gone_with_the_keyboard(stack: Stack, page: Page, word: str) -> None:
    page.goto("/")
    expect(page.locator(".composer")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type(word)
    page.keyboard.press("Control+Enter")
    see_state(page, "Ready")
    expect(page.locator("h1")).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("Ready. 2 pictures.")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Try again", exact=True)).to_be_focused()


def test_colours_are_chosen_and_kept_and_motion_can_be_off(stack: Stack, browser: Browser, page: Page) -> None:
    page.goto("/")
    wall = "() => getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(wall)
    button = page.get_by_role("button", name="Colours: as the system")
    button.click()
    page.get_by_role("button", name="Colours: light").click()
    expect(page.get_by_role("button", name="Colours: dark")).to_be_visible()
    dark = page.evaluate(wall)
    assert dark != light
    page.reload()
    assert page.evaluate(wall) == dark
    page.emulate_media(reduced_motion="reduce")
    slow = """() => [...document.querySelectorAll("*")].map((one) => getComputedStyle(one))
        .filter((style) => Math.max(parseFloat(style.animationDuration), parseFloat(style.transitionDuration)) > 0.01)
        .length"""
    assert page.evaluate(slow) == 0
