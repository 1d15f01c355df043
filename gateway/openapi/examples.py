"""Examples of the OpenAPI document, made of real messages, so that they cannot fall behind the protos."""

from __future__ import annotations

from atelier.orchestrator.v1 import orchestrator_pb2 as pb
from atelier.type.v1.blob_pb2 import Blob
from atelier.type.v1.image_pb2 import Image
from atelier.type.v1.prompt_pb2 import Prompt
from atelier.type.v1.verdict_pb2 import Verdict
from google.protobuf import json_format
from google.protobuf.timestamp_pb2 import Timestamp

from gateway import sse
from gateway.openapi.shared import ASSET_ID

_CONTENT = "Puffins return to the cliffs each April."
_RECIPE = pb.Recipe(variant_count=1, style="ink", seed=7)
_TIME = Timestamp(seconds=1_795_000_000)
_VARIANT = pb.Variant(
    prompt=Prompt(text="Puffins on a grassy cliff at dusk, ink drawing", alt_text="Puffins stand on a cliff."),
    verdict=Verdict(decision=Verdict.DECISION_ALLOWED),
    image=Image(
        blob=Blob(digest="sha256:" + "0" * 64, size_bytes=482113, media_type="image/png"), width=1024, height=1024
    ),
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
