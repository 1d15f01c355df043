"""Examples of the OpenAPI document, made of real messages, so that they cannot fall behind the protos."""

from __future__ import annotations

from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.style.v1.style_pb2 import ListStylesResponse, Style
from atelier.type.v1.blob_pb2 import Blob
from atelier.type.v1.cost_pb2 import COST_SOURCE_PRICE_LIST, Cost
from atelier.type.v1.image_pb2 import Image, Marks
from atelier.type.v1.policy_pb2 import Policy
from atelier.type.v1.prompt_pb2 import Prompt
from atelier.type.v1.provenance_pb2 import Verification
from atelier.type.v1.recipe_pb2 import PURPOSE_MARKETING, SAFE_AREA_BOTTOM_RIGHT, BrandGuide
from atelier.type.v1.verdict_pb2 import PLACE_CONTENT, PLACE_IMAGE, PLACE_PROMPT, PolicyVersion, Verdict
from google.protobuf import json_format
from google.protobuf.timestamp_pb2 import Timestamp

from gateway import sse
from gateway.openapi.shared import ASSET_ID

_CONTENT = "Puffins return to the cliffs each April."
_RECIPE = pb.Recipe(variant_count=1, style="ink", seed=7, purpose=PURPOSE_MARKETING, formats=["square", "open-graph"])
_SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
_POLICY = PolicyVersion(name="balanced", version="3+sha256:0a1b2c3d4e5f")
_PLACES = [PLACE_CONTENT, PLACE_PROMPT, PLACE_IMAGE]
_COST = Cost(neurons=57.6, usd=0.00063, billed_usd=0.00063, source=COST_SOURCE_PRICE_LIST)
_TIME = Timestamp(seconds=1_795_000_000)
_ALLOWED = Verdict(decision=Verdict.DECISION_ALLOWED, policy=_POLICY, place=PLACE_PROMPT)
_IMAGE = Image(
    blob=Blob(digest="sha256:" + "0" * 64, size_bytes=482113, media_type="image/png"),
    width=1024,
    height=1024,
    marks=Marks(signed=True, signer="Example Press", digital_source_type=_SOURCE_TYPE),
)
_VARIANT = pb.Variant(
    prompt=Prompt(
        text="Puffins on a grassy cliff at dusk, ink drawing",
        alt_text="Puffins stand on a cliff.",
        caption="Puffins are back for the summer.",
        language="en",
    ),
    verdict=_ALLOWED,
    image=_IMAGE,
    state=pb.Variant.STATE_SUCCEEDED,
    renditions=[pb.Rendition(format="square", image=_IMAGE)],
    cost=_COST,
)
_ASSET = pb.Asset(
    name=f"assets/{ASSET_ID}",
    content=_CONTENT,
    recipe=_RECIPE,
    state=pb.Asset.STATE_SUCCEEDED,
    variants=[_VARIANT],
    last_sequence=8,
    create_time=_TIME,
    update_time=_TIME,
    content_verdict=_ALLOWED,
    cost=_COST,
)
_STYLE = Style(
    name="styles/acme",
    display_name="Acme",
    guide=BrandGuide(
        palette=["#0a2540", "#f5b700"],
        words_to_use=["warm light"],
        words_to_avoid=["neon"],
        look="Calm, generous space",
        safe_area=SAFE_AREA_BOTTOM_RIGHT,
    ),
    version=3,
    create_time=_TIME,
)

ASSET: dict[str, object] = json_format.MessageToDict(_ASSET)
PAGE: dict[str, object] = json_format.MessageToDict(pb.ListAssetsResponse(assets=[_ASSET]))
EVENTS = sse.encode_event(
    pb.AssetEvent(
        asset=_ASSET.name, sequence=1, create_time=_TIME, accepted=pb.Accepted(recipe=_RECIPE, content=_CONTENT)
    )
).decode()
IMAGES: dict[str, object] = {
    "created": _TIME.seconds,
    "size": "1024x1024",
    "output_format": "png",
    "data": [{"b64_json": "iVBORw0KGgo=", "revised_prompt": _VARIANT.prompt.text}],
    "usage": {"input_tokens": 310, "output_tokens": 82, "total_tokens": 392},
}
PREVIEW: dict[str, object] = json_format.MessageToDict(
    pb.Preview(
        recipe=_RECIPE,
        policy=pb.PolicyPlan(version=_POLICY, places=_PLACES),
        content_verdict=_ALLOWED,
        estimate=_COST,
        warnings=["The model makes 1024x1024 at most; open-graph is cut from a larger picture."],
    )
)
LINK: dict[str, object] = json_format.MessageToDict(
    pb.SignImageUrlResponse(url="https://pictures.example.org/0a1b?X-Amz-Signature=f00d", expire_time=_TIME)
)
VERIFICATION: dict[str, object] = json_format.MessageToDict(
    Verification(
        outcome=Verification.OUTCOME_INTACT,
        trusted=True,
        signer="Example Press",
        sign_time=_TIME,
        claim_generator="Atelier 0.2.0",
        model="@cf/black-forest-labs/flux-1-schnell",
        digital_source_type=_SOURCE_TYPE,
        media_type="image/png",
    )
)
USAGE: dict[str, object] = json_format.MessageToDict(
    pb.GetUsageResponse(
        rows=[pb.UsageRow(day="2026-11-18", owner="3f9c1b7a22de", assets=12, images=31, cost=_COST)],
        total=_COST,
        budgets=[pb.Budget(scope="owner", owner="3f9c1b7a22de", limit_usd=2, used_usd=0.4, reset_time=_TIME)],
    )
)
POLICIES: dict[str, object] = json_format.MessageToDict(
    pb.ListPoliciesResponse(
        policies=[Policy(version=_POLICY, description="For most uses.", places=_PLACES, document="name: balanced\n")]
    )
)
STYLE: dict[str, object] = json_format.MessageToDict(_STYLE)
STYLES: dict[str, object] = json_format.MessageToDict(ListStylesResponse(styles=[_STYLE]))
