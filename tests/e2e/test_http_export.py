"""An asset as one zip, over HTTP."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile

from tests.e2e.harness import Stack


def test_an_export_holds_the_pictures_the_manifest_and_the_texts(stack: Stack, word: str) -> None:
    asset = stack.final(stack.create(f"A {word} at dawn", {"variantCount": 2}))
    answer = stack.get(f"/v1/{asset.name}:export")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/zip")
    assert f"a-{word}-at-dawn-" in answer.headers["Content-Disposition"]
    opened = zipfile.ZipFile(io.BytesIO(answer.content))
    manifest = json.loads(opened.read("manifest.json"))
    assert manifest["asset"]["name"] == asset.name
    assert len(manifest["files"]) == 2
    for file in manifest["files"]:
        assert file["digest"] == "sha256:" + hashlib.sha256(opened.read(file["file"])).hexdigest()
    rows = list(csv.DictReader(io.StringIO(opened.read("texts.csv").decode("utf-8-sig"))))
    assert [row["alt_text"] for row in rows] == [variant.prompt.alt_text for variant in asset.variants]


def test_an_asset_that_is_not_there_is_no_archive(stack: Stack) -> None:
    answer = stack.get(f"/v1/assets/{'0' * 32}:export")
    assert (answer.status_code, answer.json()["reason"]) == (404, "ASSET_UNKNOWN")
