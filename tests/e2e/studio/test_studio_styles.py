"""Brand styles in the page: made, changed in versions, taken back, chosen for pictures, deleted."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.e2e.browser import fill, keep, opened, see_state
from tests.e2e.harness import Stack


def style(stack: Stack, name: str, version: int = 0) -> dict[str, object]:
    found: dict[str, object] = stack.get(f"/v1/styles/{name}?version={version}").json()
    return found


def test_a_style_is_made_changed_taken_back_and_chosen_for_pictures(stack: Stack, page: Page, word: str) -> None:
    brand, short = f"Brand {word}", f"brand-{word.lower()}"
    page.goto("/")
    page.get_by_role("link", name="Styles").click()
    page.get_by_role("link", name="New brand style").click()
    expect(page.get_by_role("heading", name="New brand style")).to_be_focused()
    page.get_by_label("Name", exact=True).fill(brand)
    expect(page.get_by_label("Short name")).to_have_value(short)
    save = page.get_by_role("button", name="Create it")
    save.click()
    expect(page.get_by_role("alert")).to_contain_text("at least one wish")
    for number, colour in enumerate(("#1F3D5A", "#e0a458", "#c0ffee")):
        page.get_by_role("button", name="Add a colour").click()
        page.get_by_label(f"Colour {number + 1}", exact=True).fill(colour.lower())
    page.get_by_role("button", name="Take colour 3 off").click()
    page.get_by_label("Look").fill("Flat shapes with a fine grain")
    page.get_by_label("Words to use").fill("linen,  open   sky, linen")
    page.get_by_label("Words and things to avoid").fill("neon, Linen")
    save.click()
    expect(page.get_by_role("alert")).to_contain_text("cannot be both used and avoided")
    expect(page.get_by_label("Words and things to avoid")).to_be_focused()
    page.get_by_label("Words and things to avoid").fill("neon")
    page.get_by_label("Calm corner").select_option("Bottom right")
    save.click()
    page.wait_for_url(f"**/#/styles/{short}")
    made = style(stack, short)
    assert (made["displayName"], made["version"]) == (brand, 1)
    assert made["guide"] == {
        "palette": ["#1f3d5a", "#e0a458"],
        "wordsToUse": ["linen", "open sky"],
        "wordsToAvoid": ["neon"],
        "look": "Flat shapes with a fine grain",
        "safeArea": "SAFE_AREA_BOTTOM_RIGHT",
    }
    versions = page.get_by_role("complementary", name="Versions")
    page.get_by_label("Look").fill("Bold lines")
    page.get_by_role("button", name="Save as a new version").click()
    expect(versions.get_by_role("button", name="Version 2, the newest")).to_have_attribute("aria-pressed", "true")
    versions.get_by_role("button", name="Version 1").click()
    expect(page.get_by_label("Look")).to_have_value("Flat shapes with a fine grain")
    keep(page, "style-version")
    page.get_by_role("button", name="Make this the newest version").click()
    expect(versions.get_by_role("button", name="Version 3, the newest")).to_be_visible()
    assert style(stack, short)["guide"] == made["guide"]
    page.get_by_role("link", name="All brand styles").click()
    page.get_by_role("region", name=brand).get_by_role("button", name="Make pictures with it").click()
    expect(page.get_by_label("Brand style")).to_have_value(f"styles/{short}")
    fill(page, word)
    page.get_by_role("button", name="Create pictures").click()
    asset = stack.final(opened(page))
    assert asset.recipe.brand_style == f"styles/{short}@3"
    see_state(page, "Ready")
    expect(page.get_by_text(f"style {short}@3")).to_be_visible()


def test_a_change_made_meanwhile_is_not_written_over_and_a_style_can_end(stack: Stack, page: Page, word: str) -> None:
    short = word.lower()
    document = {"name": f"styles/{short}", "guide": {"look": "Calm"}}
    stack.session.post(f"{stack.url}/v1/styles", json=document, timeout=90).raise_for_status()
    page.goto(f"/#/styles/{short}")
    page.get_by_label("Look").fill("Loud")
    other = {**document, "guide": {"look": "Wild"}}
    stack.session.put(f"{stack.url}/v1/styles/{short}", json=other, timeout=90).raise_for_status()
    page.get_by_role("button", name="Save as a new version").click()
    expect(page.get_by_role("alert")).to_contain_text("Somebody made another version")
    assert style(stack, short)["guide"] == {"look": "Wild"}
    page.reload()
    expect(page.get_by_label("Look")).to_have_value("Wild")
    page.goto("/#/new-style")
    page.get_by_label("Short name").fill(short)
    page.get_by_label("Look").fill("Mine")
    page.get_by_role("button", name="Create it").click()
    expect(page.get_by_role("alert")).to_contain_text("already")
    page.goto(f"/#/styles/{short}")
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Keep it").click()
    assert stack.get(f"/v1/styles/{short}").status_code == 200
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete it").click()
    page.wait_for_url("**/#/styles")
    expect(page.get_by_role("region", name=short)).to_have_count(0)
    listed = stack.get("/v1/styles").json().get("styles", [])
    assert f"styles/{short}" not in [one["name"] for one in listed]
