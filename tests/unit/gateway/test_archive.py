"""An export is a zip that any tool reads, with every picture, the manifest and the texts; a broken one looks broken."""

from __future__ import annotations

import asyncio
import csv
import io
import zipfile
from collections.abc import AsyncIterator

import orjson
import pytest
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.type.v1.blob_pb2 import Blob
from atelier.type.v1.image_pb2 import Image
from atelier.type.v1.prompt_pb2 import Prompt

from gateway import archive
from gateway.upstream import Spot

FORMATS = ("square", "open-graph")


def image(number: int) -> Image:
    blob = Blob(digest=f"sha256:{number:064x}", size_bytes=3, media_type="image/webp")
    return Image(blob=blob, width=10, height=10)


def make_asset(content: str = "# Puffins return\n\nto the cliffs") -> pb.Asset:
    variants = [
        pb.Variant(
            prompt=Prompt(alt_text=alt_text, caption="Zurück, endlich", language="de"),
            image=image(2 * number),
            renditions=[pb.Rendition(format=name, image=image(2 * number + at)) for at, name in enumerate(FORMATS)],
        )
        for number, alt_text in enumerate(("Zwei Papageitaucher", "=HYPERLINK(1)"))
    ]
    variants.append(pb.Variant(prompt=Prompt(alt_text="Never painted"), state=pb.Variant.STATE_BLOCKED))
    return pb.Asset(name="assets/" + "ab" * 16, content=content, variants=variants)


async def read(spot: Spot) -> AsyncIterator[bytes]:
    yield b"%d" % spot.variant
    yield b"-%d" % spot.rendition


def collected(asset: pb.Asset) -> bytes:
    async def run() -> bytes:
        return b"".join([piece async for piece in archive.zipped(asset, read)])

    return asyncio.run(run())


def test_every_picture_is_in_it_under_a_name_that_tells_which_it_is() -> None:
    opened = zipfile.ZipFile(io.BytesIO(collected(make_asset())))
    assert opened.testzip() is None
    stem = "puffins-return-to-the-cliffs-abababab"
    assert opened.namelist() == [
        f"{stem}-1-square.webp",
        f"{stem}-1-open-graph.webp",
        f"{stem}-2-square.webp",
        f"{stem}-2-open-graph.webp",
        "texts.csv",
        "manifest.json",
    ]
    assert opened.read(f"{stem}-2-open-graph.webp") == b"1-1"


def test_the_manifest_holds_the_asset_and_names_the_files() -> None:
    opened = zipfile.ZipFile(io.BytesIO(collected(make_asset())))
    manifest = orjson.loads(opened.read("manifest.json"))
    assert manifest["asset"]["variants"][0]["prompt"]["altText"] == "Zwei Papageitaucher"
    assert [file["file"] for file in manifest["files"]] == opened.namelist()[:4]
    assert manifest["files"][3] | {"file": ""} == {
        "file": "",
        "variant": 1,
        "rendition": 1,
        "digest": f"sha256:{3:064x}",
        "sizeBytes": 3,
    }


def test_the_texts_open_in_a_spreadsheet_and_start_no_formula() -> None:
    opened = zipfile.ZipFile(io.BytesIO(collected(make_asset())))
    rows = list(csv.DictReader(io.StringIO(opened.read("texts.csv").decode("utf-8-sig"))))
    assert [row["alt_text"] for row in rows] == ["Zwei Papageitaucher"] * 2 + ["'=HYPERLINK(1)"] * 2
    assert {row["caption"] for row in rows} == {"Zurück, endlich"}


@pytest.mark.parametrize(
    ("content", "slug"),
    [("<h1>Ünder the Bridge</h1>", "under-the-bridge"), ("漢字", "atelier"), ("../../etc/passwd", "etc-passwd")],
)
def test_names_of_files_come_from_the_content_and_hold_nothing_odd(content: str, slug: str) -> None:
    assert archive.stem(make_asset(content)) == f"{slug}-abababab"


def test_an_archive_breaks_off_where_a_picture_cannot_be_read() -> None:
    async def broken(spot: Spot) -> AsyncIterator[bytes]:
        yield b"begin"
        if spot.variant:
            raise OSError("gone")

    async def run() -> bytes:
        data = b""
        with pytest.raises(OSError, match="gone"):
            async for piece in archive.zipped(make_asset(), broken):
                data += piece
        return data

    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(asyncio.run(run())))
