"""What the paths of the OpenAPI document share: schemas that are no messages, parameters, headers, examples."""

from __future__ import annotations

from atelier.type.v1.recipe_pb2 import Purpose

from gateway import documents, problems
from gateway.changes import DECISIONS
from gateway.openapi.schema import Schema, ref
from gateway.recipes import PURPOSES
from services.kit.errors import Reason

DESCRIPTION = (
    "Content in, pictures out. `POST /v1/assets` records a piece of content and answers at once; the work goes on by "
    "itself, and its events can be watched, left and taken up again by number. Errors are problems of RFC 9457 whose "
    "`reason` is the same as over gRPC."
)
ASSET_ID = "0192f3c4a5b6c7d80192f3c4a5b6c7d8"
MAX_CONTENT = 100_000
MAX_SEED = 2_147_483_639

# What the JSON of a request may hold; the zero values of proto3 mean the server's choice and may also be written.
FORMAT = "^(square|landscape|portrait|classic|banner|open-graph|slide|[0-9]{3,4}x[0-9]{3,4})$"
BRAND_STYLE = "^styles/[a-z][a-z0-9-]{0,39}(@[1-9][0-9]{0,8})?$"
RECIPE: dict[str, Schema] = {
    "variantCount": {"type": "integer", "minimum": 1, "maximum": 8, "description": "How many variants to make."},
    "style": {"type": "string", "maxLength": 500, "description": "Free words that steer the look."},
    "width": {"type": "integer", "minimum": 256, "maximum": 2048, "description": "With height, in pixels."},
    "height": {"type": "integer", "minimum": 256, "maximum": 2048, "description": "With width, in pixels."},
    "policy": {"type": "string", "maxLength": 64, "description": "Name of a content policy; see GET /v1/policies."},
    "seed": {"type": "integer", "minimum": 1, "maximum": MAX_SEED, "description": "Seed of variant 0."},
    "purpose": {
        "type": "string",
        "enum": [*PURPOSES, *Purpose.keys()],
        "description": "What the pictures are for; changes how prompts, alt texts and captions are written.",
    },
    "formats": {
        "type": "array",
        "maxItems": 8,
        "uniqueItems": True,
        "items": {"type": "string", "pattern": FORMAT},
        "description": "Shapes of picture to make of each prompt; not together with width and height.",
    },
    "mediaType": {
        "type": "string",
        "enum": ["image/png", "image/jpeg", "image/webp", "image/avif"],
        "description": "Media type of the pictures; as the model made them where it is left out.",
    },
    "quality": {"type": "integer", "minimum": 1, "maximum": 100, "description": "Quality of a lossy encoding."},
    "negativePrompt": {"type": "string", "maxLength": 500, "description": "What must not appear in any picture."},
    "brandStyle": {
        "type": "string",
        "pattern": BRAND_STYLE,
        "description": "Brand style, newest version or a given one.",
    },
    "language": {"type": "string", "maxLength": 35, "description": "Language of alt texts and captions, BCP 47."},
    "overlap": {"type": "boolean", "description": "Start pictures while their prompts are being judged."},
    "maxCostUsd": {"type": "number", "minimum": 0, "description": "Most that the asset may cost, in US dollars."},
}
TOGETHER: Schema = {"width": ["height"], "height": ["width"]}
PROBLEM_NAMES = [*(str(reason) for reason in Reason), *(str(reason) for reason in problems.HttpReason)]

SCHEMAS: dict[str, Schema] = {
    "RecipeRequest": {
        "type": "object",
        "additionalProperties": False,
        "properties": {**RECIPE},
        "dependentRequired": TOGETHER,
    },
    "AssetRequest": {
        "type": "object",
        "additionalProperties": False,
        "required": ["content"],
        "properties": {
            "content": {
                "type": "string",
                "minLength": 1,
                "maxLength": MAX_CONTENT,
                "pattern": r"[^\s]",
                "description": "What to make pictures about.",
            },
            "contentType": {"type": "string", "enum": ["text/plain", "text/markdown", "text/html"]},
            "recipe": ref("RecipeRequest"),
            "webhook": ref("WebhookRequest"),
        },
    },
    "UpdateRequest": {
        "type": "object",
        "additionalProperties": False,
        "minProperties": 1,
        "properties": {
            "variant": {"type": "integer", "minimum": 0, "maximum": 7},
            "altText": {"type": "string", "minLength": 1, "maxLength": 500},
            "caption": {"type": "string", "maxLength": 500},
            "language": {"type": "string", "maxLength": 35, "description": "Language of both texts, BCP 47."},
        },
    },
    "ReviewRequest": {
        "type": "object",
        "additionalProperties": False,
        "required": ["decision", "reviewer"],
        "properties": {
            "variant": {
                "type": "integer",
                "minimum": 0,
                "maximum": 7,
                "description": "Left out, the decision is about the content.",
            },
            "decision": {"enum": [*DECISIONS, *DECISIONS.values()]},
            "reviewer": {
                "type": "string",
                "minLength": 1,
                "maxLength": 100,
                "description": "Who decides; with a key it may be left out and is then the name of the key.",
            },
            "note": {"type": "string", "maxLength": 1000, "description": "Why."},
        },
    },
    "StyleRequest": {
        "type": "object",
        "additionalProperties": False,
        "required": ["name", "guide"],
        "properties": {
            "name": {"type": "string", "pattern": "^styles/[a-z][a-z0-9-]{0,39}$"},
            "displayName": {"type": "string", "maxLength": 100},
            "guide": ref("BrandGuide"),
            "version": {"type": "integer", "minimum": 0, "description": "As If-Match: the version that was changed."},
        },
    },
    "UploadRequest": {
        "type": "object",
        "additionalProperties": False,
        "required": ["file"],
        "properties": {
            "file": {
                "type": "string",
                "format": "binary",
                "description": f"A file {documents.KNOWN}, at most {documents.MAX_FILE_BYTES} bytes.",
            },
            **RECIPE,
        },
        "dependentRequired": TOGETHER,
    },
    "ImagesRequest": {
        "type": "object",
        "additionalProperties": False,
        "required": ["prompt"],
        "properties": {
            "prompt": {"type": "string", "minLength": 1, "maxLength": MAX_CONTENT, "pattern": r"[^\s]"},
            "model": {"type": ["string", "null"], "description": "Any; the operator chooses the models."},
            "n": {"type": ["integer", "null"], "minimum": 1, "maximum": 8},
            "size": {
                "description": "auto, or WIDTHxHEIGHT, each 256 to 2048.",
                "enum": ["auto", "256x256", "512x512", "1024x1024", "1536x1024", "1024x1536", "1792x1024", None],
            },
            "response_format": {"enum": ["b64_json", "url", None]},
            "stream": {"type": ["boolean", "null"]},
            "style": {"enum": ["vivid", "natural", None]},
            "background": {"enum": ["auto", "opaque", None]},
            "quality": {"type": ["string", "null"], "description": "Without effect here."},
            "output_format": {"enum": ["png", "jpeg", "webp", None]},
            "output_compression": {
                "type": ["integer", "null"],
                "minimum": 0,
                "maximum": 100,
                "description": "Quality of a JPEG or WebP picture; 0 counts as 1.",
            },
            "moderation": {"type": ["string", "null"], "description": "Without effect; the policy always judges."},
            "user": {"type": ["string", "null"], "description": "Without effect here."},
            "safety_identifier": {"type": ["string", "null"], "description": "Without effect here."},
            "partial_images": {"type": ["integer", "null"], "description": "Pictures come whole; none is partial."},
        },
    },
    "ImagesResponse": {
        "type": "object",
        "required": ["created", "data", "usage"],
        "properties": {
            "created": {"type": "integer"},
            "size": {"type": "string"},
            "output_format": {"type": "string"},
            "data": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "properties": {
                        "b64_json": {"type": "string", "contentEncoding": "base64"},
                        "url": {"type": "string", "format": "uri"},
                        "revised_prompt": {"type": "string"},
                    },
                },
            },
            "usage": {"type": "object"},
        },
    },
    "OpenAIError": {
        "type": "object",
        "required": ["error"],
        "properties": {
            "error": {
                "type": "object",
                "required": ["message", "type", "param", "code"],
                "properties": {
                    "message": {"type": "string"},
                    "type": {"type": "string"},
                    "param": {"type": ["string", "null"]},
                    "code": {"type": ["string", "null"]},
                },
            }
        },
    },
    "ServerSentEvent": {
        "type": "object",
        "required": ["data"],
        "properties": {
            "id": {"type": "string", "description": "Number of the event; `Last-Event-ID` resumes after it."},
            "event": {"type": "string", "description": "message, or error for a problem that ends the stream."},
            "data": {"type": "string", "description": "JSON: an AssetEvent, or a Problem."},
        },
    },
    "Problem": {
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string", "description": "/problems/{reason} tells what it means."},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "reason": {"type": "string", "enum": PROBLEM_NAMES},
            "field": {"type": "string", "description": "The field that is at fault."},
            "limit": {"type": "string", "description": "What the field has to meet."},
            "retry_after_s": {"type": "number", "description": "When the same request may succeed. Unit: seconds."},
            "trace_id": {"type": "string", "description": "Finds the request in the servers' logs."},
            "budget": {"enum": ["asset", "owner", "day"], "description": "The budget that leaves no room."},
            "limit_usd": {"type": "string", "description": "The whole budget. Unit: US dollars."},
            "left_usd": {"type": "string", "description": "What is left of it. Unit: US dollars."},
            "needed_usd": {"type": "string", "description": "What the next step may cost. Unit: US dollars."},
            "reset_time": {"type": "string", "format": "date-time", "description": "When the budget starts anew."},
        },
    },
    "ProblemType": {
        "type": "object",
        "required": ["type", "title", "status", "grpc_code", "fault", "retryable"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "grpc_code": {"type": "string"},
            "fault": {"enum": ["caller", "operator", "provider", "atelier"]},
            "retryable": {"type": "boolean"},
        },
    },
    "Health": {"type": "object", "required": ["status"], "properties": {"status": {"type": "string"}}},
}

HEADERS: dict[str, Schema] = {
    "Location": {"description": "Path of the asset or style.", "schema": {"type": "string"}},
    "ETag": {"description": "Digest of the picture, or version of the style.", "schema": {"type": "string"}},
    "WWW-Authenticate": {"description": "RFC 6750.", "schema": {"type": "string"}},
    "Retry-After": {"description": "Seconds.", "schema": {"type": "string", "pattern": "^[0-9]+$"}},
    "RateLimit": {"description": "What is left; IETF draft.", "schema": {"type": "string"}},
    "RateLimit-Policy": {"description": "The limits of the key; IETF draft.", "schema": {"type": "string"}},
    "Content-Range": {"description": "RFC 9110.", "schema": {"type": "string"}},
}

PARAMETERS: dict[str, Schema] = {
    "asset": {
        "name": "asset",
        "in": "path",
        "required": True,
        "description": "Id of the asset, the last part of its name.",
        "schema": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
        "example": ASSET_ID,
    },
    "rendition": {
        "name": "rendition",
        "in": "path",
        "required": True,
        "description": "The format: its place in the recipe, from 0, or its name.",
        "schema": {"type": "string", "pattern": "^([0-7]|[a-z-]+|[0-9]{3,4}x[0-9]{3,4})$"},
        "example": "0",
    },
    "style": {
        "name": "style",
        "in": "path",
        "required": True,
        "description": "Id of the style, the last part of its name.",
        "schema": {"type": "string", "pattern": "^[a-z][a-z0-9-]{0,39}$"},
        "example": "acme",
    },
    "if_match": {
        "name": "If-Match",
        "in": "header",
        "description": "The ETag that the change was made from; another version meanwhile is 412.",
        "schema": {"type": "string", "pattern": '^"[1-9][0-9]{0,8}"$'},
        "example": '"3"',
    },
    "variant": {
        "name": "variant",
        "in": "path",
        "required": True,
        "description": "Index of the variant, from 0.",
        "schema": {"type": "integer", "minimum": 0, "maximum": 7},
    },
    "idempotency": {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "A repeated request with this key joins the first asset; kept for 7 days.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 64, "pattern": "^[!-~]+$"},
        "example": "8b1f3a52-4d5a-4d2b-9a55-0f6d1f0d8f5e",
    },
    "prefer": {
        "name": "Prefer",
        "in": "header",
        "description": "wait=N answers with the final asset if it is ready in N seconds (RFC 7240).",
        "schema": {"type": "string"},
        "example": "wait=30",
    },
    "last_event_id": {
        "name": "Last-Event-ID",
        "in": "header",
        "description": "Number of the last event seen; the stream goes on after it.",
        "schema": {"type": "integer", "minimum": 0, "maximum": 10000},
    },
    "after_sequence": {
        "name": "after_sequence",
        "in": "query",
        "description": "The same, for clients that cannot set headers.",
        "schema": {"type": "integer", "minimum": 0, "maximum": 10000},
    },
    "range": {
        "name": "Range",
        "in": "header",
        "description": "One range of bytes.",
        "schema": {"type": "string"},
        "example": "bytes=0-1023",
    },
}
