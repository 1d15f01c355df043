"""`python -m tests.e2e.studio`: pictures of the studio page for the docs, of a stack with the embedded engines."""

from __future__ import annotations

import tempfile
from pathlib import Path

import requests
from playwright.sync_api import Browser, expect, sync_playwright

from tests.e2e.browser import ARGUMENTS, CHROMIUM
from tests.e2e.harness import Stack, run_stack
from tests.manifests import ROOT

IMAGES = ROOT / "docs" / "images"
ARTICLE = (ROOT / "client" / "samples" / "puffins.md").read_text()
EARLIER = (
    "Fishermen mend their nets on a misty harbour at dawn.",
    "A bakery opens at five; the street still sleeps.",
    "The night train crosses the viaduct in the snow.",
)
STYLE = {
    "name": "styles/fjord-press",
    "displayName": "Fjord Press",
    "guide": {
        "palette": ["#1f3d5a", "#e0a458", "#f3efe6", "#9c4a3c"],
        "wordsToUse": ["open sky", "linen texture"],
        "wordsToAvoid": ["neon", "crowds"],
        "look": "Flat shapes with a fine grain, calm, plenty of air",
        "safeArea": "SAFE_AREA_BOTTOM_RIGHT",
    },
}


def shoot(browser: Browser, stack: Stack, path: str, name: str, size: tuple[int, int], seen: str) -> None:
    """Open a page, wait until something in it is seen, keep a picture."""
    phone = size[0] < 600
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if phone else "light",
        reduced_motion="reduce",
        base_url=stack.url,
    )
    page = context.new_page()
    page.goto(path)
    expect(page.locator(seen).first).to_be_visible(timeout=60_000)
    expect(page.locator("img:not(.loaded)")).to_have_count(0, timeout=60_000)
    page.screenshot(path=IMAGES / f"studio-{name}.png")
    context.close()


def main() -> None:
    """Make a few assets and a style, and take the pictures."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for stack in run_stack(Path(folder)):
            for text in EARLIER:
                stack.final(stack.create(text, {"variantCount": 1}))
            body = {
                "content": ARTICLE,
                "contentType": "text/markdown",
                "recipe": {"variantCount": 4, "formats": ["square", "open-graph"], "purpose": "publishing"},
            }
            made = requests.post(f"{stack.url}/v1/assets", json=body, timeout=60).json()["name"]
            stack.final(made)
            for look in (STYLE["guide"], {**STYLE["guide"], "look": "Bold lines on paper"}):  # type: ignore[dict-item]
                change = {**STYLE, "guide": look}
                if requests.post(f"{stack.url}/v1/styles", json=change, timeout=60).status_code != 201:
                    requests.put(f"{stack.url}/v1/{STYLE['name']}", json=change, timeout=60).raise_for_status()
            shoot(browser, stack, f"/#/{made}", "asset", (1360, 1180), ".variant img.loaded")
            shoot(browser, stack, f"/#/{made}", "phone", (390, 844), ".variant img.loaded")
            shoot(browser, stack, "/", "start", (1360, 1180), ".card img.loaded")
            shoot(browser, stack, f"/#/{STYLE['name']}", "style", (1360, 1080), ".versions")
        browser.close()


if __name__ == "__main__":
    main()
