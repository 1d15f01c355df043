"""What people decide and ask for later: appeals, new texts, replays, previews; and who hears of it."""

from __future__ import annotations

import hashlib
import json
import re

import pytest

from client import Atelier
from client.order import Order
from tests.e2e.cli import CommandLine
from tests.e2e.harness import WAIT_S, Stack, eventually

GUARD = "@cf/meta/llama-guard-3-8b"


def blocked(stack: Stack, word: str) -> str:
    """An asset whose only variant the policy refuses, although it would not any more."""
    stack.fault(model=GUARD, contains="", text="\n\nunsafe\nS1")
    asset = stack.final(stack.create(word))
    stack.clear_faults()
    return str(asset.name)


def test_an_appeal_goes_on_behind_the_final_event_and_whoever_watches_hears_it(stack: Stack, word: str) -> None:
    name = blocked(stack, word)
    before = stack.get(f"/v1/{name}").json()
    last = before["lastSequence"]
    assert before["state"] == "STATE_BLOCKED"
    assert stack.get(f"/v1/{name}:watch", **{"Last-Event-ID": last}).status_code == 204
    body = {"variant": 0, "decision": "approve", "reviewer": "Ada", "note": "A toy."}
    reviewed = stack.session.post(f"{stack.url}/v1/{name}:review", json=body, timeout=WAIT_S)
    assert reviewed.status_code == 200, reviewed.text
    events = stack.events(name, int(last))
    assert events[0].sequence == int(last) + 1
    assert events[-1].finished.asset.state == events[-1].finished.asset.STATE_SUCCEEDED
    (review,) = events[-1].finished.asset.variants[0].reviews
    assert (review.reviewer, review.note, review.appeal) == ("Ada", "A toy.", True)
    again = stack.session.post(f"{stack.url}/v1/{name}:review", json=body, timeout=WAIT_S)
    assert again.status_code == 200 or again.json()["reason"] == "NOT_REVIEWABLE"


def test_the_client_reads_past_a_final_event_that_was_not_the_last(stack: Stack, word: str) -> None:
    name = blocked(stack, word)
    with Atelier(stack.url) as atelier:
        assert atelier.watch(name).result().state == atelier.get(name).STATE_BLOCKED
        atelier.review(name, "approve", variant=0, reviewer="Ada")
        job = atelier.watch(name)
        kinds = [event.WhichOneof("kind") for event in job]
        assert kinds.count("finished") == 2
        assert job.result().state == job.result().STATE_SUCCEEDED


def test_new_texts_are_in_the_file_which_is_signed_again(stack: Stack, word: str) -> None:
    asset = stack.final(stack.create(word, {"formats": ["square", "640x360"]}))
    before = [rendition.image.blob.digest for rendition in asset.variants[0].renditions]
    body = {"variant": 0, "altText": f"New words about {word}.", "caption": "Said again."}
    answer = stack.session.patch(f"{stack.url}/v1/{asset.name}", json=body, timeout=WAIT_S)
    assert answer.status_code == 200, answer.text
    after = stack.asset(asset.name).variants[0]
    assert after.prompt.alt_text == body["altText"]
    for number, rendition in enumerate(after.renditions):
        assert rendition.image.blob.digest != before[number]
        data = stack.get(f"/v1/{asset.name}/variants/0/renditions/{number}/image").content
        assert "sha256:" + hashlib.sha256(data).hexdigest() == rendition.image.blob.digest
        found = stack.session.post(f"{stack.url}/v1/verify", files={"file": ("x", data)}, timeout=WAIT_S).json()
        assert found["outcome"] == "OUTCOME_INTACT"
        assert found["provenance"]["altText"] == body["altText"]


def test_a_changed_file_and_one_that_is_no_picture_are_told_apart(stack: Stack, word: str) -> None:
    asset = stack.final(stack.create(word, {"mediaType": "image/png"}))
    data = bytearray(stack.get(f"/v1/{asset.name}/variants/0/image").content)
    data[-40] ^= 1
    url = f"{stack.url}/v1/verify"
    changed = stack.session.post(url, data=bytes(data), headers={"Content-Type": "image/png"}, timeout=WAIT_S)
    assert changed.json()["outcome"] == "OUTCOME_CHANGED"
    nothing = stack.session.post(url, data=b"hello", timeout=WAIT_S)
    assert (nothing.status_code, nothing.json()["reason"]) == (400, "FIELD_INVALID")


def test_a_replay_is_a_new_asset_that_says_whether_the_pictures_are_the_same(stack: Stack, word: str) -> None:
    first = stack.final(stack.create(word, {"seed": 7}))
    headers = {"Prefer": "wait=60", "Idempotency-Key": word}
    answer = stack.session.post(f"{stack.url}/v1/{first.name}:replay", headers=headers, timeout=WAIT_S)
    assert answer.status_code == 200, answer.text
    again = answer.json()
    assert again["name"] != first.name
    assert again["replay"] == {"asset": first.name, "outcomes": ["OUTCOME_SAME"]}
    joined = stack.session.post(f"{stack.url}/v1/{first.name}:replay", headers=headers, timeout=WAIT_S).json()
    assert joined["name"] == again["name"]


def test_a_preview_tells_cost_and_policy_and_makes_nothing(stack: Stack, word: str) -> None:
    body = {"content": word, "recipe": {"variantCount": 2, "formats": ["square", "slide"], "purpose": "social"}}
    answer = stack.session.post(f"{stack.url}/v1/assets?validateOnly=true", json=body, timeout=WAIT_S)
    assert answer.status_code == 200, answer.text
    preview = answer.json()
    assert preview["recipe"]["formats"] == ["square", "slide"]
    assert preview["estimate"]["usd"] > 0
    assert preview["policy"]["version"]["name"]
    listed = stack.get("/v1/assets?page_size=1000").json().get("assets", [])
    assert [asset for asset in listed if asset["content"] == word] == []
    with Atelier(stack.url) as atelier:
        assert atelier.preview_order(Order(word, formats=("square",))).estimate.usd > 0


@pytest.mark.parametrize("side", [64, 200])
def test_a_picture_has_formats_and_small_previews(stack: Stack, word: str, side: int) -> None:
    asset = stack.final(stack.create(word, {"formats": ["square", "banner"]}))
    base = f"/v1/{asset.name}/variants/0"
    banner = stack.get(f"{base}/image?rendition=banner")
    assert banner.content == stack.get(f"{base}/renditions/1/image").content
    assert banner.content != stack.get(f"{base}/image").content
    small = stack.get(f"{base}/renditions/banner/image?preview={side}")
    assert small.headers["Content-Type"] == "image/jpeg"
    assert len(small.content) < len(banner.content)
    tag = small.headers["ETag"]
    assert stack.get(f"{base}/renditions/banner/image?preview={side}", **{"If-None-Match": tag}).status_code == 304
    assert stack.get(f"{base}/image?rendition=slide").json()["reason"] == "IMAGE_UNKNOWN"


def test_usage_counts_what_was_made_and_policies_can_be_read(stack: Stack, word: str) -> None:
    def pictures() -> int:
        return sum(int(row.get("images", 0)) for row in stack.get("/v1/usage").json().get("rows", []))

    before = pictures()
    stack.final(stack.create(word, {"variantCount": 2}))
    eventually(lambda: pictures() >= before + 2, "two more pictures are counted")
    names = [policy["version"]["name"] for policy in stack.get("/v1/policies").json()["policies"]]
    assert {"balanced", "strict", "permissive"} <= set(names)


def test_the_command_line_decides_edits_replays_and_verifies(
    stack: Stack, word: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    atelier, folder = CommandLine(stack), tmp_path_factory.mktemp("cli")
    name = blocked(stack, word)
    assert atelier("watch", name).code == 3
    decided = atelier("review", name, "--variant", "1", "--approve", "--reviewer", "Ada", "--note", "A toy.")
    assert decided.code == 0, decided.err
    assert atelier("watch", name, "--out", folder).code == 0
    (picture,) = folder.iterdir()
    verified = atelier("verify", picture)
    assert (verified.code, verified.out.split("\t")[1]) == (0, "intact")
    table = folder / "texts.csv"
    table.write_text(re.sub(r",1,[a-z]*,", ",1,pt-BR,", atelier("texts", name).out), encoding="utf-8")
    tried = atelier("update", "--from", table, "--dry-run")
    assert "1 would change, 0 stay" in tried.err
    assert "1 changed, 0 stay" in atelier("update", "--from", table).err
    assert "0 changed, 1 stay" in atelier("update", "--from", table).err
    assert stack.asset(name).variants[0].prompt.language == "pt-BR"
    again = atelier("replay", name, "--json")
    assert (again.code, json.loads(again.lines[-1])["finished"]["asset"]["replay"]["outcomes"]) == (0, ["OUTCOME_SAME"])
    exported = atelier("export", name, "--out", folder / "all.zip")
    assert (exported.code, (folder / "all.zip").read_bytes()[:2]) == (0, b"PK")
    assert json.loads(atelier("usage", "--json").out)["rows"]
    assert "balanced" in atelier("policies").out
