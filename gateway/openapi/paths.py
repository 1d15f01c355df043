"""The paths of the OpenAPI document: each operation with its parameters, bodies, answers and examples."""

from __future__ import annotations

from gateway import documents, sse
from gateway.openapi import webhooks
from gateway.openapi.errors import answers
from gateway.openapi.examples import ASSET, EVENTS, IMAGES, PAGE
from gateway.openapi.schema import Schema, ref
from services.kit.errors import Reason


def _parameter(name: str) -> Schema:
    return {"$ref": f"#/components/parameters/{name}"}


def _header(*names: str) -> Schema:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _json(name: str, example: object, description: str, headers: Schema | None = None) -> Schema:
    content = {"application/json": {"schema": ref(name), "example": example}}
    return {"description": description, "headers": headers or {}, "content": content}


def _events(description: str, example: str = EVENTS) -> Schema:
    content = {sse.MEDIA_TYPE: {"schema": ref("ServerSentEvent"), "example": example}}
    return {"description": description, "content": content}


def _query(name: str, schema: Schema, description: str = "") -> Schema:
    return {"name": name, "in": "query", "description": description or schema.get("description", ""), "schema": schema}


TEXT: Schema = {"type": "string", "minLength": 1, "maxLength": 100_000, "pattern": r"[^\s]"}
EXAMPLE = {"content": "Puffins return to the cliffs each April.", "recipe": {"variantCount": 2, "style": "ink"}}

CREATE: Schema = {
    "operationId": "createAsset",
    "tags": ["assets"],
    "summary": "Make pictures of a piece of content",
    "description": (
        "Answers 202 as soon as the request is recorded. With `Accept: text/event-stream` the events follow, up to the "
        "final one; with `Prefer: wait=N` the final asset, if it is ready in N seconds. Text bodies take their recipe "
        "from the query (`?variantCount=2&style=ink`), files from form fields beside `file`. A webhook stands in the "
        "field `webhook`, or for bodies that are no JSON in the query (`?webhook_url=...&webhook_events=finished`)."
    ),
    "parameters": [_parameter("idempotency"), _parameter("prefer")],
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": ref("AssetRequest"), "example": EXAMPLE},
            "text/plain": {"schema": TEXT, "example": "A lighthouse at dusk"},
            "text/markdown": {"schema": TEXT, "example": "# A lighthouse\n\nat *dusk*"},
            "text/html": {"schema": TEXT, "example": "<h1>A lighthouse</h1><p>at dusk</p>"},
            "multipart/form-data": {
                "schema": ref("UploadRequest"),
                "example": {"file": "(the bytes of article.docx)", "variantCount": 2},
                "encoding": {"file": {"contentType": ", ".join(documents.MEDIA_TYPES)}},
            },
        },
    },
    "responses": {
        "200": {
            "description": "The final asset, for `Prefer: wait`; or its events.",
            "headers": _header("Location"),
            "content": {
                "application/json": {"schema": ref("Asset"), "example": ASSET},
                sse.MEDIA_TYPE: {"schema": ref("ServerSentEvent"), "example": EVENTS},
            },
        },
        "202": _json("Asset", {**ASSET, "state": "STATE_QUEUED", "variants": []}, "Recorded.", _header("Location")),
        **answers(
            Reason.CONTENT_LENGTH, Reason.FIELD_INVALID, Reason.REQUEST_ID_REUSED, body=True, guarded=True, jobs=True
        ),
    },
}

LIST: Schema = {
    "operationId": "listAssets",
    "tags": ["assets"],
    "summary": "Assets, newest first",
    "parameters": [
        _query("page_size", {"type": "integer", "minimum": 0, "maximum": 1000}, "0 means 50."),
        _query("page_token", {"type": "string"}, "`nextPageToken` of the page before."),
        {
            "name": "states",
            "in": "query",
            "description": "Only assets in one of these states.",
            "style": "form",
            "explode": True,
            "schema": {
                "type": "array",
                "items": {
                    "enum": [
                        f"STATE_{name}" for name in ("QUEUED", "RUNNING", "SUCCEEDED", "BLOCKED", "FAILED", "CANCELLED")
                    ]
                },
            },
        },
        _query("created_after", {"type": "string", "format": "date-time"}, "Recorded at this time or later."),
        _query("created_before", {"type": "string", "format": "date-time"}, "Recorded before this time."),
    ],
    "responses": {
        "200": _json("ListAssetsResponse", PAGE, "One page."),
        **answers(Reason.FIELD_INVALID, guarded=True),
    },
}

GET: Schema = {
    "operationId": "getAsset",
    "tags": ["assets"],
    "summary": "The asset as it is now",
    "parameters": [_parameter("asset")],
    "responses": {"200": _json("Asset", ASSET, "The asset."), **answers(Reason.ASSET_UNKNOWN, guarded=True)},
}

DELETE: Schema = {
    "operationId": "deleteAsset",
    "tags": ["assets"],
    "summary": "Forget a final asset and its pictures",
    "parameters": [_parameter("asset")],
    "responses": {
        "204": {"description": "Forgotten."},
        **answers(Reason.ASSET_UNKNOWN, Reason.ASSET_RUNNING, guarded=True),
    },
}

WATCH: Schema = {
    "operationId": "watchAsset",
    "tags": ["assets"],
    "summary": "The asset's events as server-sent events",
    "description": (
        "The `id` of an event is its sequence number. The stream ends after the final event; whoever comes back with "
        "the number of that one gets 204, which stops an EventSource. Heartbeats are comments without an id."
    ),
    "parameters": [_parameter("asset"), _parameter("last_event_id"), _parameter("after_sequence")],
    "responses": {
        "200": _events("Events as they come."),
        "204": {"description": "There is nothing after this event, and there never will be."},
        **answers(Reason.ASSET_UNKNOWN, Reason.FIELD_INVALID, Reason.EVENTS_EXPIRED, guarded=True),
    },
}

CANCEL: Schema = {
    "operationId": "cancelAsset",
    "tags": ["assets"],
    "summary": "Stop the work on an asset",
    "parameters": [_parameter("asset")],
    "responses": {
        "200": _json("Asset", {**ASSET, "state": "STATE_CANCELLED"}, "The asset after that."),
        **answers(Reason.ASSET_UNKNOWN, guarded=True),
    },
}

_PICTURE: Schema = {
    f"image/{kind}": {"schema": {"type": "string", "format": "binary"}} for kind in ("png", "jpeg", "webp")
}

IMAGE: Schema = {
    "operationId": "readImage",
    "tags": ["assets"],
    "summary": "The picture of one variant",
    "parameters": [_parameter("asset"), _parameter("variant"), _parameter("range")],
    "responses": {
        "200": {"description": "The bytes.", "headers": _header("ETag"), "content": _PICTURE},
        "206": {"description": "The range.", "headers": _header("ETag", "Content-Range"), "content": _PICTURE},
        "304": {"description": "The client has it (If-None-Match).", "headers": _header("ETag")},
        **answers(Reason.ASSET_UNKNOWN, Reason.IMAGE_UNKNOWN, Reason.IMAGE_CORRUPT, guarded=True, ranges=True),
    },
}

GENERATE: Schema = {
    "operationId": "generateImages",
    "tags": ["images"],
    "summary": "OpenAI's image generation",
    "description": (
        "The official `openai` client works with `base_url` set to this server's `/v1`. `prompt` is the content: "
        "prompts are written from it, judged and painted, and `revised_prompt` tells which. Errors have OpenAI's shape."
    ),
    "parameters": [_parameter("idempotency")],
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": ref("ImagesRequest"),
                "example": {"model": "atelier", "prompt": "Puffins at dusk", "n": 1, "size": "1024x1024"},
            }
        },
    },
    "responses": {
        "200": {
            "description": "The pictures; with `stream`, an event for each.",
            "content": {
                "application/json": {"schema": ref("ImagesResponse"), "example": IMAGES},
                sse.MEDIA_TYPE: {
                    "schema": ref("ServerSentEvent"),
                    "example": 'event: image_generation.completed\ndata: {"type": "image_generation.completed"}\n\n',
                },
            },
        },
        **answers(
            *(
                Reason.CONTENT_LENGTH,
                Reason.FIELD_INVALID,
                Reason.REQUEST_ID_REUSED,
                Reason.MODEL_REFUSED,
                Reason.CANCELLED,
                Reason.MODEL_OUTPUT,
            ),
            *(Reason.MODEL_UNREACHABLE, Reason.MODEL_QUOTA, Reason.MODEL_CREDENTIALS, Reason.DEADLINE_EXCEEDED),
            body=True,
            guarded=True,
            jobs=True,
            openai=True,
        ),
    },
}

PROBLEM: Schema = {
    "operationId": "explainProblem",
    "tags": ["gateway"],
    "summary": "What a problem's type means",
    "security": [],
    "parameters": [
        {"name": "reason", "in": "path", "required": True, "schema": {"type": "string"}, "example": "FIELD_INVALID"}
    ],
    "responses": {
        "200": _json(
            "ProblemType",
            {
                "type": "/problems/FIELD_INVALID",
                "title": "A field is missing, unknown or out of range",
                "status": 400,
                "grpc_code": "INVALID_ARGUMENT",
                "fault": "caller",
                "retryable": False,
            },
            "Its meaning.",
        ),
        **answers(missing=True),
    },
}


def _plain(operation: str, summary: str, word: str, *reasons: Reason) -> Schema:
    answer = _json("Health", {"status": word}, summary)
    return {
        "operationId": operation,
        "tags": ["gateway"],
        "summary": summary,
        "security": [],
        "responses": {"200": answer, **answers(*reasons)},
    }


PATHS: Schema = {
    "/v1/assets": {"post": CREATE, "get": LIST},
    "/v1/assets/{asset}": {"get": GET, "delete": DELETE},
    "/v1/assets/{asset}:watch": {"get": WATCH},
    "/v1/assets/{asset}:cancel": {"post": CANCEL},
    "/v1/assets/{asset}/variants/{variant}/image": {"get": IMAGE},
    "/v1/assets/{asset}/webhook": {"get": webhooks.GET},
    "/v1/images/generations": {"post": GENERATE},
    "/problems/{reason}": {"get": PROBLEM},
    "/healthz": {"get": _plain("health", "The gateway runs", "ok")},
    "/readyz": {"get": _plain("readiness", "The gateway can do its work", "ready", Reason.SERVICE_UNREACHABLE)},
}
