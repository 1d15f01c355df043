"""The paths of the OpenAPI document: each operation with its parameters, bodies, answers and examples."""

from __future__ import annotations

from atelier.orchestrator.v1 import orchestrator_pb2 as pb

from gateway import documents, sse
from gateway.openapi import books, media, webhooks
from gateway.openapi.errors import answers
from gateway.openapi.examples import ASSET, EVENTS, IMAGES, PAGE, PREVIEW
from gateway.openapi.parts import body, events, header, json, parameter, query
from gateway.openapi.schema import Schema, ref
from services.kit.errors import Reason

TEXT: Schema = {"type": "string", "minLength": 1, "maxLength": 100_000, "pattern": r"[^\s]"}
EXAMPLE = {"content": "Puffins return to the cliffs each April.", "recipe": {"variantCount": 2, "style": "ink"}}

_MADE: Schema = {
    "description": "The final asset, for `Prefer: wait`; or its events.",
    "headers": header("Location"),
    "content": {
        "application/json": {"schema": ref("Asset"), "example": ASSET},
        sse.MEDIA_TYPE: {"schema": ref("ServerSentEvent"), "example": EVENTS},
    },
}
_DRY: Schema = query(
    "validateOnly", {"type": "boolean"}, "Answer with what would happen and what it would cost; make nothing."
)

CREATE: Schema = {
    "operationId": "createAsset",
    "tags": ["assets"],
    "summary": "Make pictures of a piece of content",
    "description": (
        "Answers 202 as soon as the request is recorded. With `Accept: text/event-stream` the events follow, up to the "
        "final one; with `Prefer: wait=N` the final asset, if it is ready in N seconds, and 202 at once where a person "
        "has to decide first. Text bodies take their recipe from the query (`?variantCount=2&formats=square,banner`), "
        "files from form fields beside `file`. A webhook stands in the field `webhook`, or for bodies that are no JSON "
        "in the query (`?webhook_url=...&webhook_events=finished`)."
    ),
    "parameters": [parameter("idempotency"), parameter("prefer"), _DRY],
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
            "description": "The final asset, for `Prefer: wait`; its events; or the preview, for `validateOnly`.",
            "headers": header("Location"),
            "content": {
                "application/json": {
                    "schema": {"oneOf": [ref("Asset"), ref("Preview")]},
                    "examples": {"made": {"value": ASSET}, "preview": {"value": PREVIEW}},
                },
                sse.MEDIA_TYPE: {"schema": ref("ServerSentEvent"), "example": EVENTS},
            },
        },
        "202": json("Asset", {**ASSET, "state": "STATE_QUEUED", "variants": []}, "Recorded.", header("Location")),
        **answers(
            Reason.CONTENT_LENGTH,
            Reason.FIELD_INVALID,
            Reason.REQUEST_ID_REUSED,
            Reason.STYLE_UNKNOWN,
            Reason.POLICY_UNKNOWN,
            Reason.BUDGET_EXCEEDED,
            body=True,
            guarded=True,
            jobs=True,
        ),
    },
}

LIST: Schema = {
    "operationId": "listAssets",
    "tags": ["assets"],
    "summary": "Assets, newest first",
    "parameters": [
        query("page_size", {"type": "integer", "minimum": 0, "maximum": 1000}, "0 means 50."),
        query("page_token", {"type": "string"}, "`nextPageToken` of the page before."),
        {
            "name": "states",
            "in": "query",
            "description": "Only assets in one of these states.",
            "style": "form",
            "explode": True,
            "schema": {
                "type": "array",
                "items": {"enum": pb.Asset.State.keys()[1:]},
            },
        },
        query("created_after", {"type": "string", "format": "date-time"}, "Recorded at this time or later."),
        query("created_before", {"type": "string", "format": "date-time"}, "Recorded before this time."),
    ],
    "responses": {
        "200": json("ListAssetsResponse", PAGE, "One page."),
        **answers(Reason.FIELD_INVALID, guarded=True),
    },
}

GET: Schema = {
    "operationId": "getAsset",
    "tags": ["assets"],
    "summary": "The asset as it is now",
    "parameters": [parameter("asset")],
    "responses": {"200": json("Asset", ASSET, "The asset."), **answers(Reason.ASSET_UNKNOWN, guarded=True)},
}

DELETE: Schema = {
    "operationId": "deleteAsset",
    "tags": ["assets"],
    "summary": "Forget a final asset and its pictures",
    "parameters": [parameter("asset")],
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
        "The `id` of an event is its sequence number. The stream ends after a final event that nothing follows; "
        "whoever comes back with the number of that one gets 204, which stops an EventSource. A review or new texts "
        "may lead to more events later. Heartbeats are comments without an id."
    ),
    "parameters": [parameter("asset"), parameter("last_event_id"), parameter("after_sequence")],
    "responses": {
        "200": events("Events as they come.", EVENTS),
        "204": {"description": "Nothing follows this event for now."},
        **answers(Reason.ASSET_UNKNOWN, Reason.FIELD_INVALID, Reason.EVENTS_EXPIRED, guarded=True),
    },
}

CANCEL: Schema = {
    "operationId": "cancelAsset",
    "tags": ["assets"],
    "summary": "Stop the work on an asset",
    "parameters": [parameter("asset")],
    "responses": {
        "200": json("Asset", {**ASSET, "state": "STATE_CANCELLED"}, "The asset after that."),
        **answers(Reason.ASSET_UNKNOWN, guarded=True),
    },
}

UPDATE: Schema = {
    "operationId": "updateAsset",
    "tags": ["assets"],
    "summary": "Change alt text or caption of a variant",
    "description": "Its pictures are stored anew with the new texts and signed again, so their digests change.",
    "parameters": [parameter("asset")],
    "requestBody": body("UpdateRequest", {"variant": 0, "altText": "Two puffins face each other on a cliff."}),
    "responses": {
        "200": json("Asset", ASSET, "The asset with the new texts and pictures."),
        **answers(
            Reason.ASSET_UNKNOWN,
            Reason.FIELD_INVALID,
            Reason.ASSET_RUNNING,
            Reason.SIGNING_FAILED,
            body=True,
            guarded=True,
        ),
    },
}

REVIEW: Schema = {
    "operationId": "reviewVariant",
    "tags": ["assets"],
    "summary": "Decide about what the policy held or blocked",
    "description": (
        "Without `variant` the decision is about the content. What was blocked can be approved as well, which is an "
        "appeal. Needs the scope `review`; the record then names the key behind the reviewer."
    ),
    "parameters": [parameter("asset")],
    "requestBody": body("ReviewRequest", {"variant": 0, "decision": "approve", "reviewer": "Ada", "note": "A toy."}),
    "responses": {
        "200": json("Asset", {**ASSET, "state": "STATE_RUNNING"}, "The asset after the decision was recorded."),
        **answers(
            Reason.ASSET_UNKNOWN,
            Reason.FIELD_INVALID,
            Reason.NOT_REVIEWABLE,
            body=True,
            guarded=True,
        ),
    },
}

REPLAY: Schema = {
    "operationId": "replayAsset",
    "tags": ["assets"],
    "summary": "Run the recipe and prompts of an asset again",
    "description": (
        "Makes a new asset, and answers as `POST /v1/assets` does. Its `replay` says of each picture in the end "
        "whether it came out the same."
    ),
    "parameters": [parameter("asset"), parameter("idempotency"), parameter("prefer")],
    "responses": {
        "200": _MADE,
        "202": json("Asset", {**ASSET, "state": "STATE_QUEUED", "variants": []}, "Recorded.", header("Location")),
        **answers(
            Reason.ASSET_UNKNOWN,
            Reason.ASSET_RUNNING,
            Reason.FIELD_INVALID,
            Reason.REQUEST_ID_REUSED,
            Reason.BUDGET_EXCEEDED,
            body=True,
            guarded=True,
            jobs=True,
        ),
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
    "parameters": [parameter("idempotency")],
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
                Reason.BUDGET_EXCEEDED,
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
        "200": json(
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
    answer = json("Health", {"status": word}, summary)
    return {
        "operationId": operation,
        "tags": ["gateway"],
        "summary": summary,
        "security": [],
        "responses": {"200": answer, **answers(*reasons)},
    }


METRICS: Schema = {
    "operationId": "metrics",
    "tags": ["gateway"],
    "summary": "What the gateway has counted, for Prometheus",
    "responses": {
        "200": {
            "description": "The metrics.",
            "content": {"text/plain": {"schema": {"type": "string"}, "example": "atelier_up 1\n"}},
        },
        **answers(guarded=True),
    },
}

PATHS: Schema = {
    "/v1/assets": {"post": CREATE, "get": LIST},
    "/v1/assets/{asset}": {"get": GET, "patch": UPDATE, "delete": DELETE},
    "/v1/assets/{asset}:watch": {"get": WATCH},
    "/v1/assets/{asset}:cancel": {"post": CANCEL},
    "/v1/assets/{asset}:review": {"post": REVIEW},
    "/v1/assets/{asset}:replay": {"post": REPLAY},
    **media.PATHS,
    "/v1/assets/{asset}/webhook": {"get": webhooks.GET},
    "/v1/images/generations": {"post": GENERATE},
    **books.PATHS,
    "/problems/{reason}": {"get": PROBLEM},
    "/healthz": {"get": _plain("health", "The gateway runs", "ok")},
    "/metrics": {"get": METRICS},
    "/readyz": {"get": _plain("readiness", "The gateway can do its work", "ready", Reason.SERVICE_UNREACHABLE)},
}
