"""Pictures, links, exports and verification in the OpenAPI document."""

from __future__ import annotations

from gateway.openapi.errors import answers
from gateway.openapi.examples import LINK, VERIFICATION
from gateway.openapi.parts import header, json, parameter, query
from gateway.openapi.schema import Schema
from services.kit.errors import Reason

_BINARY: Schema = {"schema": {"type": "string", "format": "binary"}}
_PICTURE: Schema = {f"image/{kind}": _BINARY for kind in ("png", "jpeg", "webp", "avif")}
_SIDE: Schema = {"type": "integer", "minimum": 64, "maximum": 2048}
_RENDITION = query(
    "rendition", {"type": "string", "pattern": "^([0-7]|[a-z-]+|[0-9]{3,4}x[0-9]{3,4})$"}, "As in the path."
)
_PREVIEW = query("preview", _SIDE, "A JPEG whose longer side has at most this many pixels.")
_HELD = query("held", {"type": "boolean"}, "The picture that waits for a review; needs the scope `review`.")
_IMAGE_ERRORS = answers(
    Reason.ASSET_UNKNOWN,
    Reason.IMAGE_UNKNOWN,
    Reason.IMAGE_CORRUPT,
    Reason.FIELD_INVALID,
    guarded=True,
    ranges=True,
)
_IMAGE_ANSWERS: Schema = {
    "200": {"description": "The bytes.", "headers": header("ETag"), "content": _PICTURE},
    "206": {"description": "The range.", "headers": header("ETag", "Content-Range"), "content": _PICTURE},
    "304": {"description": "The client has it (If-None-Match).", "headers": header("ETag")},
    **_IMAGE_ERRORS,
}


def _image(operation: str, summary: str, *parameters: Schema) -> Schema:
    return {
        "operationId": operation,
        "tags": ["pictures"],
        "summary": summary,
        "parameters": [parameter("asset"), parameter("variant"), *parameters, _PREVIEW, _HELD, parameter("range")],
        "responses": _IMAGE_ANSWERS,
    }


def _link(operation: str, *parameters: Schema) -> Schema:
    seconds: Schema = {"type": "string", "pattern": "^[1-9][0-9]{0,4}s?$"}
    return {
        "operationId": operation,
        "tags": ["pictures"],
        "summary": "A link under which anybody can read a picture for a while",
        "parameters": [
            parameter("asset"),
            parameter("variant"),
            *parameters,
            query("lifetime", seconds, "Seconds, 1 to 604800; an hour if left out."),
        ],
        "responses": {
            "200": json("SignImageUrlResponse", LINK, "The link."),
            **answers(
                Reason.ASSET_UNKNOWN,
                Reason.IMAGE_UNKNOWN,
                Reason.LINKS_UNSUPPORTED,
                Reason.FIELD_INVALID,
                guarded=True,
            ),
        },
    }


EXPORT: Schema = {
    "operationId": "exportAsset",
    "tags": ["pictures"],
    "summary": "The asset as one zip file",
    "description": (
        "All pictures in all formats, `manifest.json` (the asset, and which file is which picture) and `texts.csv` "
        "(alt texts and captions). An archive that breaks off has no directory at its end."
    ),
    "parameters": [parameter("asset")],
    "responses": {
        "200": {"description": "The archive.", "content": {"application/zip": _BINARY}},
        **answers(Reason.ASSET_UNKNOWN, Reason.IMAGE_UNKNOWN, Reason.IMAGE_CORRUPT, guarded=True),
    },
}

VERIFY: Schema = {
    "operationId": "verifyImage",
    "tags": ["pictures"],
    "summary": "What a picture file says about its origin, and whether it was changed",
    "description": "Any file of at most 32 MiB, not only pictures of this server. Nothing of it is kept.",
    "requestBody": {
        "required": True,
        "content": {
            **_PICTURE,
            "application/octet-stream": _BINARY,
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            },
        },
    },
    "responses": {
        "200": json("Verification", VERIFICATION, "What was found."),
        **answers(Reason.FIELD_INVALID, body=True, guarded=True),
    },
}

_VARIANT = "/v1/assets/{asset}/variants/{variant}"
PATHS: Schema = {
    "/v1/assets/{asset}:export": {"get": EXPORT},
    f"{_VARIANT}/image": {"get": _image("readImage", "The picture of one variant", _RENDITION)},
    f"{_VARIANT}/image:link": {"get": _link("linkImage")},
    f"{_VARIANT}/renditions/{{rendition}}/image": {
        "get": _image("readRendition", "The picture of one variant in one format", parameter("rendition"))
    },
    f"{_VARIANT}/renditions/{{rendition}}/image:link": {"get": _link("linkRendition", parameter("rendition"))},
    "/v1/verify": {"post": VERIFY},
}
