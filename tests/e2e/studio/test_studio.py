"""The studio page in a real Chromium: content in, pictures and their story out."""

from __future__ import annotations

import json
import re
from pathlib import Path
from zipfile import ZipFile

from atelier.type.v1.recipe_pb2 import PURPOSE_PRESENTATION
from playwright.sync_api import Page, expect

from tests.e2e.browser import card, fill, keep, opened, order, see_state
from tests.e2e.harness import Stack

TEXT = "@cf/meta/llama-3.3-70b-instruct-fp8-fast"
GUARD = "@cf/meta/llama-guard-3-8b"
IMAGE = "@cf/black-forest-labs/flux-1-schnell"
HOSTILE = """<img src=x onerror="window.hacked=1"><script>window.hacked=1</script><svg onload="window.hacked=1">"""


def test_content_becomes_pictures_and_the_page_says_how(stack: Stack, page: Page, word: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    fill(page, f"{word} at dawn", 3)
    shapes = page.get_by_role("group", name="Shapes")
    shapes.get_by_label("Square").uncheck()
    shapes.get_by_label("Landscape").check()
    page.get_by_role("button", name="watercolour").click()
    page.get_by_role("group", name="Purpose").get_by_label("Presentation").check()
    page.get_by_text("More choices").click()
    page.get_by_label("File type").select_option("WebP")
    page.get_by_label("What must not appear").fill("people")
    page.get_by_label("Seed").fill("4711")
    page.get_by_role("button", name="Create pictures").click()
    asset = stack.final(opened(page))
    see_state(page, "Ready")
    recipe = asset.recipe
    assert (recipe.variant_count, list(recipe.formats), recipe.seed) == (3, ["landscape"], 4711)
    assert (recipe.style, recipe.purpose) == ("watercolour", PURPOSE_PRESENTATION)
    assert (recipe.media_type, recipe.negative_prompt) == ("image/webp", "people")
    pictures = page.locator(".variant img")
    expect(pictures).to_have_class(["loaded"] * 3)
    for picture, variant in zip(pictures.all(), asset.variants, strict=True):
        expect(picture).to_have_attribute("alt", variant.prompt.alt_text)
        assert picture.evaluate("(image) => [image.naturalWidth, image.naturalHeight]") == [1344, 768]
    steps = page.locator(".step[data-how=done]")
    expect(steps).to_have_count(10)
    for step in steps.all():
        expect(step).to_contain_text("local/")
        expect(step).to_contain_text("free")
        expect(step.locator(".step-took")).to_have_text(re.compile(r"^[\d.]+ m?s$"))
    page.locator(".variant").first.get_by_text("Prompt", exact=True).click()
    expect(page.locator(".variant").first).to_contain_text(asset.variants[0].prompt.text)
    keep(page, "ready")
    assert [url for url in asked if not url.startswith(stack.url)] == []


def test_pictures_are_downloaded_one_by_one_and_all_at_once(stack: Stack, page: Page, word: str) -> None:
    name = order(page, word, 2)
    see_state(page, "Ready")
    with page.expect_download() as one:
        page.get_by_role("link", name="Download picture 2").click()
    assert one.value.suggested_filename.startswith("atelier-")
    second = stack.get(f"/v1/{name}/variants/1/image").content
    assert Path(one.value.path()).read_bytes() == second
    with page.expect_download() as whole:
        page.get_by_role("link", name="Export").click()
    with ZipFile(whole.value.path()) as archive:
        assert archive.testzip() is None
        manifest = json.loads(archive.read("manifest.json"))
        assert archive.read(manifest["files"][1]["file"]) == second
        assert manifest["asset"]["name"] == name


def test_files_are_read_in_the_page_and_others_are_refused_by_name(stack: Stack, page: Page, tmp_path: Path) -> None:
    page.goto("/")
    field, chooser = page.get_by_label("What are the pictures about?"), page.locator("input[type=file]")
    for ending, kind in (("md", "Markdown"), ("txt", "plain text"), ("html", "HTML")):
        path = tmp_path / f"story.{ending}"
        path.write_text(f"# Café {ending}", encoding="utf-8")
        chooser.set_input_files(path)
        expect(field).to_have_value(f"# Café {ending}")
        expect(page.locator(".source")).to_contain_text(kind)
    for file, problem in (("latin.txt", "is not encoded in UTF-8"), ("tool.exe", "is no text")):
        (tmp_path / file).write_bytes(b"caf\xe9")
        chooser.set_input_files(tmp_path / file)
        expect(page.get_by_role("alert")).to_contain_text(problem)
    page.evaluate(
        """() => {
            const carried = new DataTransfer();
            carried.items.add(new File(["dropped words"], "dropped.md"));
            document.querySelector("h1").dispatchEvent(
                new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));
        }"""
    )
    expect(field).to_have_value("dropped words")
    page.get_by_role("button", name="Create pictures").click()
    assert stack.asset(opened(page)).content_type == "text/markdown"


def test_what_is_out_of_range_is_said_beside_the_form_and_nothing_is_sent(page: Page) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.goto("/")
    create = page.get_by_role("button", name="Create pictures")
    create.click()
    expect(page.get_by_role("alert")).to_have_text("Write or paste something first.")
    expect(page.get_by_label("What are the pictures about?")).to_be_focused()
    fill(page, "😀" * 100_000)
    expect(page.locator("#content-count")).to_have_text("100,000 of 100,000 characters")
    fill(page, "😀" * 100_000 + "xx")
    create.click()
    expect(page.get_by_role("alert")).to_have_text("That is 2 characters too many.")
    fill(page, "x")
    page.get_by_role("group", name="Shapes").get_by_label("Own size").check()
    page.get_by_label("Width, px").fill("100")
    create.click()
    expect(page.get_by_role("alert")).to_contain_text("256 to 2048")
    expect(page.get_by_label("Width, px")).to_be_focused()
    assert sent == []


def test_trying_again_makes_another_asset_of_the_same_content(stack: Stack, page: Page, word: str) -> None:
    first = stack.asset(order(page, word, 2))
    see_state(page, "Ready")
    page.get_by_role("button", name="Try again", exact=True).click()
    page.wait_for_url(lambda url: first.name not in url)
    see_state(page, "Ready")
    second = stack.asset(opened(page))
    assert (second.content, second.recipe.variant_count) == (word, 2)
    assert second.recipe.seed != first.recipe.seed
    page.get_by_role("button", name="Change and try again").click()
    expect(page.get_by_label("What are the pictures about?")).to_have_value(word)
    expect(page.get_by_role("group", name="Variants").get_by_label("2", exact=True)).to_be_checked()


def test_a_blocked_asset_names_the_categories_and_the_refused_prompts(stack: Stack, page: Page, word: str) -> None:
    stack.fault(model=GUARD, contains="", text="\n\nunsafe\nS1,S9")
    order(page, word)
    see_state(page, "Blocked")
    variant = page.locator(".variant")
    expect(variant).to_contain_text("S1 Violent crimes")
    expect(variant).to_contain_text("S9 Indiscriminate weapons")
    expect(page.locator(".step[data-how=refused]")).to_have_count(3)
    variant.get_by_text("Refused before (2)").click()
    expect(variant.locator(".earlier > li")).to_have_count(2)
    keep(page, "blocked")


def test_a_failure_says_why_and_what_to_do_and_leaves_the_rest(stack: Stack, page: Page, word: str) -> None:
    stack.fault(model=IMAGE, contains=word, times=1, status=400, code=5006, message="AiError: Bad input")
    order(page, word, 3)
    see_state(page, "Ready")
    expect(page.locator(".variant[data-phase=failed]")).to_have_count(1)
    expect(page.locator(".variant[data-phase=failed] .notice")).to_contain_text("Bad input")
    expect(page.locator(".variant img")).to_have_count(2)
    stack.fault(model=TEXT, contains=word, status=401, code=10000)
    order(page, word)
    see_state(page, "Failed")
    expect(page.locator(".notices")).to_contain_text(["CLOUDFLARE_API_TOKEN"])
    keep(page, "failed")


def test_a_step_that_is_tried_again_says_so(stack: Stack, page: Page, word: str) -> None:
    stack.fault(model=TEXT, contains=word, times=1, status=500, code=3043)
    order(page, word)
    see_state(page, "Ready")
    expect(page.locator(".step[data-how=retried]")).to_contain_text("again in")
    expect(page.locator(".step").nth(1)).to_contain_text("try 2")


def test_the_gallery_stays_live_pages_and_forgets(stack: Stack, page: Page, word: str) -> None:
    page.goto("/")
    name = stack.create(f"{word} in the gallery")
    stack.events(name)
    expect(card(page, word).locator("img.loaded")).to_be_visible()
    for number in range(25):
        stack.create(f"{word} filler {number}")
    expect(card(page, f"{word} filler 24")).to_be_visible()
    page.reload()
    expect(page.locator(".card")).to_have_count(24)
    expect(card(page, f"{word} in the gallery")).to_have_count(0)
    page.get_by_role("button", name="Show earlier ones").click()
    card(page, f"{word} in the gallery").click()
    expect(page.locator("h1")).to_have_text(f"{word} in the gallery")
    expect(page.locator("h1")).to_be_focused()
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Delete it").click()
    expect(page.locator(".composer")).to_be_visible()
    assert stack.get(f"/v1/{name}").status_code == 404
    page.goto(f"/#/{name}")
    expect(page.locator("h1")).to_have_text("There is no such asset")


def test_hostile_words_stay_words(stack: Stack, page: Page, word: str) -> None:
    prompts = [{"prompt": f"{word} {HOSTILE}", "negative_prompt": HOSTILE, "alt_text": f"{word} {HOSTILE}"}]
    stack.fault(model=TEXT, contains=word, text=json.dumps({"prompts": prompts}))
    page.goto("/")
    fill(page, f"{word} {HOSTILE}")
    page.get_by_role("textbox", name="Look").fill(HOSTILE)
    page.get_by_role("button", name="Create pictures").click()
    see_state(page, "Ready")
    asset = stack.asset(opened(page))
    for summary in page.locator("summary").all():
        summary.click()
    expect(page.locator(".alt-text")).to_have_text(asset.variants[0].prompt.alt_text)
    expect(page.locator(".source-text")).to_have_text(f"{word} {HOSTILE}")
    expect(page.locator(".variant img")).to_have_class("loaded")
    page.get_by_role("link", name="All pictures").click()
    expect(card(page, word)).to_be_visible()
    assert page.locator("main script, main svg[onload], main img[onerror]").count() == 0
    assert page.evaluate("window.hacked") is None


def test_the_page_allows_nothing_from_elsewhere_and_knows_its_tags(stack: Stack) -> None:
    answer = stack.get("/")
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    for rule in (
        "frame-ancestors 'none'",
        "script-src 'self';",
        "style-src 'self';",
        "require-trusted-types-for 'script'",
    ):
        assert rule in policy
    assert re.search(r"(<script(?![^>]*src=)|<style|\sstyle=|\son\w+=|https?://)", answer.text) is None
    assert stack.get("/", **{"If-None-Match": answer.headers["ETag"]}).status_code == 304
    for path, kind in (("js/main.js", "text/javascript"), ("css/base.css", "text/css"), ("mark.svg", "image/svg+xml")):
        assert stack.get(f"/{path}").headers["Content-Type"].startswith(kind)
    assert stack.get("/js/../../app.py").status_code == 404
