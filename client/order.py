"""What a caller asks for, the same over either transport, and what comes back besides events."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypedDict

from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.type.v1.image_pb2 import Image
from atelier.type.v1.recipe_pb2 import Purpose

from .errors import Invalid

# NEEDS_REVIEW is none of them: a person may yet decide either way.
FINAL = (
    pb.Asset.STATE_SUCCEEDED,
    pb.Asset.STATE_BLOCKED,
    pb.Asset.STATE_FAILED,
    pb.Asset.STATE_CANCELLED,
)
PURPOSES = tuple(name.removeprefix("PURPOSE_").lower() for name in Purpose.keys()[1:])
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
    purpose: str
    formats: Sequence[str]
    media_type: str
    quality: int
    negative_prompt: str
    brand_style: str
    language: str
    policy: str
    overlap: bool
    max_cost_usd: float
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
        purpose: "marketing", "publishing", "presentation", "social" or "general"; empty is "general".
        formats: shapes to make of each prompt, such as "square", "open-graph" or "1200x400"; not with `width`.
        media_type: "image/png", "image/jpeg", "image/webp" or "image/avif"; empty is as the model made it.
        quality: of a lossy encoding, 1 to 100; 0 is the server's default.
        negative_prompt: what must not appear, at most 500 code points.
        brand_style: "styles/acme", or "styles/acme@3" for one version of it.
        language: of alt texts and captions, BCP 47; empty is the language of the content.
        policy: name of the content policy; empty is the server's default.
        overlap: start pictures while their prompts are being judged, where the policy allows it.
        max_cost_usd: most that the asset may cost; 0 is the server's default.
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
    purpose: str = ""
    formats: Sequence[str] = ()
    media_type: str = ""
    quality: int = 0
    negative_prompt: str = ""
    brand_style: str = ""
    language: str = ""
    policy: str = ""
    overlap: bool = False
    max_cost_usd: float = 0.0
    request_id: str = field(default_factory=new_request_id)
    document: Document | None = None

    def to_request(self) -> pb.CreateAssetRequest:
        """The request as a message.

        Raises:
            Invalid: there is no such purpose.
        """
        recipe = pb.Recipe(
            variant_count=self.variants,
            style=self.style,
            width=self.width,
            height=self.height,
            seed=self.seed,
            purpose=purpose_value(self.purpose),
            formats=self.formats,
            media_type=self.media_type,
            quality=self.quality,
            negative_prompt=self.negative_prompt,
            brand_style=self.brand_style,
            language=self.language,
            policy=self.policy,
            overlap=self.overlap,
            max_cost_usd=self.max_cost_usd,
        )
        asset = pb.Asset(content=self.content, content_type=self.content_type, recipe=recipe)
        return pb.CreateAssetRequest(asset=asset, request_id=self.request_id)


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of a variant; `format` is empty where the recipe names none."""

    variant: int
    media_type: str
    data: bytes
    alt_text: str
    rendition: int = 0
    format: str = ""

    @property
    def suffix(self) -> str:
        """File name suffix of its type, with the dot."""
        return SUFFIXES.get(self.media_type, ".bin")


def painted(asset: pb.Asset) -> list[int]:
    """The variants of an asset that have a picture."""
    return [number for number, variant in enumerate(asset.variants) if variant.HasField("image")]


def painted_spots(asset: pb.Asset) -> list[tuple[int, int]]:
    """Variant and format of every picture of an asset."""
    return [
        (number, rendition)
        for number, variant in enumerate(asset.variants)
        for rendition in range(max(1, len(variant.renditions)))
        if (variant.renditions[rendition].HasField("image") if variant.renditions else variant.HasField("image"))
    ]


def image_at(asset: pb.Asset, variant: int, rendition: int) -> Image:
    """What is known of one picture; an empty message where there is none."""
    made = asset.variants[variant]
    if rendition < len(made.renditions):
        return made.renditions[rendition].image
    return made.image if rendition == 0 else Image()


def format_at(asset: pb.Asset, variant: int, rendition: int) -> str:
    """The name of a picture's format; empty where the recipe names none."""
    made = asset.variants[variant]
    return made.renditions[rendition].format if rendition < len(made.renditions) else ""


def purpose_value(name: str) -> Purpose.ValueType:
    """The number of a purpose.

    Raises:
        Invalid: there is no such purpose.
    """
    wanted = name.upper().removeprefix("PURPOSE_")
    if not wanted:
        return Purpose.PURPOSE_UNSPECIFIED
    if wanted.lower() not in PURPOSES:
        known = ", ".join(PURPOSES)
        raise Invalid("FIELD_INVALID", f"{name!r} is no purpose", field="purpose", limit=known)
    return Purpose.Value(f"PURPOSE_{wanted}")


def decision_value(name: str) -> pb.Review.Decision.ValueType:
    """The number of a reviewer's decision, "approve" or "reject".

    Raises:
        Invalid: it is neither.
    """
    wanted = f"DECISION_{name.upper().removeprefix('DECISION_')}"
    if wanted not in pb.Review.Decision.keys()[1:]:
        raise Invalid("FIELD_INVALID", f"{name!r} is no decision", field="decision", limit="approve, reject")
    return pb.Review.Decision.Value(wanted)
