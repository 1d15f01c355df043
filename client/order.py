"""What a caller asks for, the same over either transport, and what comes back besides events."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import TypedDict

from atelier.orchestrator.v1 import orchestrator_pb2 as pb

FINAL = (
    pb.Asset.STATE_SUCCEEDED,
    pb.Asset.STATE_BLOCKED,
    pb.Asset.STATE_FAILED,
    pb.Asset.STATE_CANCELLED,
)
SUFFIXES = {"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp", "image/avif": ".avif"}


def new_request_id() -> str:
    """A request id, so that the same request sent again never makes a second asset."""
    return str(uuid.uuid4())


class Options(TypedDict, total=False):
    """The keyword arguments of `create`; `Order` explains them."""

    content_type: str
    variants: int
    style: str
    width: int
    height: int
    seed: int
    request_id: str
    document: Document | None


@dataclass(frozen=True, slots=True)
class Document:
    """A file that the gateway reads the text of: .docx, .pdf, .txt, .md or .html, at most 10 MiB."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Order:
    """A piece of content and how to show it.

    Args:
        content: 1 to 100,000 Unicode code points.
        content_type: "text/plain", "text/markdown", "text/html", or empty to let the server find out.
        variants: how many pictures, 1 to 8.
        style: words that steer the look, at most 500 code points.
        width: pixels, 256 to 2048, together with `height`; 0 leaves the size to the model.
        height: see `width`.
        seed: of the first variant; 0 lets the server pick one.
        request_id: makes the request idempotent; made here unless given.
        document: a file in place of `content`; over HTTP only.
    """

    content: str
    content_type: str = ""
    variants: int = 1
    style: str = ""
    width: int = 0
    height: int = 0
    seed: int = 0
    request_id: str = field(default_factory=new_request_id)
    document: Document | None = None

    def to_request(self) -> pb.CreateAssetRequest:
        """The request as a message."""
        recipe = pb.Recipe(
            variant_count=self.variants, style=self.style, width=self.width, height=self.height, seed=self.seed
        )
        asset = pb.Asset(content=self.content, content_type=self.content_type, recipe=recipe)
        return pb.CreateAssetRequest(asset=asset, request_id=self.request_id)


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of one variant."""

    variant: int
    media_type: str
    data: bytes
    alt_text: str

    @property
    def suffix(self) -> str:
        """File name suffix of its type, with the dot."""
        return SUFFIXES.get(self.media_type, ".bin")


def painted(asset: pb.Asset) -> list[int]:
    """The variants of an asset that have a picture."""
    return [number for number, variant in enumerate(asset.variants) if variant.HasField("image")]
