"""Appeals, texts, costs, usage and verification in the page."""

from __future__ import annotations

from pathlib import Path

import docx
from playwright.sync_api import Page, expect

from tests.e2e.browser import fill, keep, opened, order, see_state
from tests.e2e.harness import Stack

GUARD = "@cf/meta/llama-guard-3-8b"


def test_what_was_blocked_is_approved_by_a_person_and_painted(stack: Stack, page: Page, word: str) -> None:
    stack.fault(model=GUARD, contains="", text="\n\nunsafe\nS1")
    order(page, word)
    see_state(page, "Blocked")
    stack.clear_faults()
    page.get_by_role("button", name="Approve it all the same").click()
    page.get_by_label("Your name").fill("Ada")
    page.get_by_label("Why").fill("A toy.")
    page.get_by_role("dialog").get_by_role("button", name="Approve").click()
    see_state(page, "Ready")
    expect(page.locator(".review")).to_contain_text("Approved on appeal by Ada: “A toy.”")
    expect(page.locator(".variant img")).to_have_class("loaded")
    keep(page, "appealed")


def test_texts_are_edited_and_the_file_tells_them_to_whoever_verifies_it(
    stack: Stack, page: Page, word: str, tmp_path: Path
) -> None:
    name = order(page, word)
    see_state(page, "Ready")
    page.get_by_role("button", name="Edit texts of picture 1").click()
    page.get_by_label("Alt text, for those").fill(f"A boat called {word}.")
    page.get_by_role("button", name="Save and sign").click()
    expect(page.locator(".alt-text")).to_have_text(f"A boat called {word}.")
    expect(page.locator(".seal")).to_contain_text("Signed")
    path = tmp_path / "picture.jpg"
    path.write_bytes(stack.get(f"/v1/{name}/variants/0/image").content)
    page.get_by_role("link", name="Verify").click()
    page.get_by_label("Drop a picture").set_input_files(path)
    expect(page.locator(".outcome")).to_contain_text("Intact")
    expect(page.locator(".facts")).to_contain_text(f"A boat called {word}.")
    keep(page, "verified")


def test_a_word_document_is_sent_as_it_is_and_the_server_reads_it(
    stack: Stack, page: Page, word: str, tmp_path: Path
) -> None:
    document = docx.Document()
    document.add_paragraph(f"A boat called {word}.")
    document.save(str(tmp_path / "story.docx"))
    page.goto("/")
    page.locator("input[type=file]").set_input_files(tmp_path / "story.docx")
    expect(page.locator(".source")).to_contain_text("story.docx")
    page.get_by_role("group", name="Shapes").get_by_label("Banner").check()
    page.get_by_role("button", name="Create pictures").click()
    asset = stack.final(opened(page))
    assert asset.content == f"A boat called {word}."
    assert list(asset.recipe.formats) == ["square", "banner"]
    see_state(page, "Ready")
    page.get_by_role("button", name="banner").first.click()
    expect(page.locator(".made").first).to_contain_text("1536 × 512")


def test_the_cost_is_told_before_and_after(page: Page, word: str) -> None:
    page.goto("/")
    fill(page, word, 2)
    page.get_by_role("button", name="What will it cost?").click()
    expect(page.locator(".preview")).to_contain_text("2 pictures, $")
    page.get_by_role("button", name="Create pictures").click()
    see_state(page, "Ready")
    expect(page.locator(".made").first).to_contain_text("Cost $")
    page.get_by_role("link", name="Usage").click()
    expect(page.get_by_role("region", name="Usage by day").get_by_role("row")).not_to_have_count(0)
    keep(page, "usage")
