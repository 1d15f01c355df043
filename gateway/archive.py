"""An asset as one zip file: its pictures, `manifest.json` and `texts.csv`, made while it is sent.

Pictures are stored as they are, one piece in memory at a time. The zip ends with its directory, so one that broke off
can be told from a whole one.
"""

from __future__ import annotations

import csv
import io
import re
import time
import unicodedata
import zipfile
from collections.abc import AsyncIterator, Callable

import orjson
from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.type.v1.image_pb2 import Image
from google.protobuf import json_format

from gateway.spots import pictures_of
from gateway.upstream import Spot

MEDIA_TYPE = "application/zip"
SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "image/avif": "avif"}
COLUMNS = ("file", "asset", "variant", "format", "width", "height", "language", "alt_text", "caption", "sha256")
MAX_SLUG = 40
FIRST_ZIP_TIME = (1980, 1, 1, 0, 0, 0)

Read = Callable[[Spot], AsyncIterator[bytes]]


def stem(asset: pb.Asset) -> str:
    """What the files of an asset are called: the first words of its content, and the end of its id."""
    plain = unicodedata.normalize("NFKD", re.sub(r"<[^<>]*>", " ", asset.content[:2000]))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    slug = ""
    for word in words:
        if len(slug) + len(word) + 1 > MAX_SLUG:
            break
        slug = f"{slug}-{word}" if slug else word
    return "-".join(part for part in (slug or "atelier", asset.name[-8:]) if part)


def file_name(asset: pb.Asset, spot: Spot, form: str, image: Image) -> str:
    """The name of one picture in the archive."""
    suffix = SUFFIXES.get(image.blob.media_type, "bin")
    parts = (stem(asset), str(spot.variant + 1), form)
    return f"{'-'.join(part for part in parts if part)}.{suffix}"


def manifest(asset: pb.Asset) -> bytes:
    """`manifest.json`: the asset as the API shows it, and which file is which picture."""
    files = [
        {
            "file": file_name(asset, spot, form, image),
            "variant": spot.variant,
            "rendition": spot.rendition,
            "digest": image.blob.digest,
            "sizeBytes": image.blob.size_bytes,
        }
        for spot, form, image in pictures_of(asset)
    ]
    document = {"asset": json_format.MessageToDict(asset), "files": files}
    return orjson.dumps(document, option=orjson.OPT_INDENT_2) + b"\n"


def texts(asset: pb.Asset) -> bytes:
    """`texts.csv`: alt text and caption of each picture, as spreadsheets read it."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    for spot, form, image in pictures_of(asset):
        prompt = asset.variants[spot.variant].prompt
        words = (prompt.language, harmless(prompt.alt_text), harmless(prompt.caption))
        digest = image.blob.digest.removeprefix("sha256:")
        name = file_name(asset, spot, form, image)
        rows.writerow((name, asset.name, spot.variant + 1, form, image.width, image.height, *words, digest))
    # Spreadsheets take a file without this mark for something else than UTF-8.
    return out.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: models write it, and people open it."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


async def zipped(asset: pb.Asset, read: Read) -> AsyncIterator[bytes]:
    """The archive, piece by piece; breaks off where a picture cannot be read."""
    sink = _Sink()
    when = _zip_time(asset)
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for spot, form, image in pictures_of(asset):
            entry = zipfile.ZipInfo(file_name(asset, spot, form, image), when)
            with archive.open(entry, "w") as file:
                async for piece in read(spot):
                    file.write(piece)
                    yield sink.take()
        for name, data in (("texts.csv", texts(asset)), ("manifest.json", manifest(asset))):
            archive.writestr(zipfile.ZipInfo(name, when), data, zipfile.ZIP_DEFLATED)
            yield sink.take()
    yield sink.take()


def _zip_time(asset: pb.Asset) -> tuple[int, int, int, int, int, int]:
    return max(FIRST_ZIP_TIME, time.gmtime(asset.update_time.seconds)[:6])


class _Sink(io.RawIOBase):
    """What was written since the last look; it cannot be sought, so nothing in it changes any more."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        """It is written to only."""
        return True

    def write(self, data: object) -> int:
        """Keep a piece."""
        piece = bytes(data)  # type: ignore[call-overload]
        self._pieces.append(piece)
        return len(piece)

    def take(self) -> bytes:
        """The bytes written since the last time."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)
