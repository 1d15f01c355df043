"""Webhooks in the OpenAPI document: what a request may say, how far deliveries have come, what a receiver gets."""

from __future__ import annotations

import orjson

from gateway.openapi import examples
from gateway.openapi.errors import answers
from gateway.openapi.schema import Schema, ref
from gateway.openapi.shared import ASSET_ID
from gateway.webhooks.delivery import State
from gateway.webhooks.target import JSON_NAMES, MAX_URL_LENGTH
from services.kit.errors import Reason

EVENTS: Schema = {
    "type": "array",
    "items": {"enum": list(JSON_NAMES.values())},
    "description": "Kinds of events to send; none means all.",
}
URL: Schema = {
    "type": "string",
    "format": "uri",
    "maxLength": MAX_URL_LENGTH,
    "description": "http or https, of a public host, without credentials and fragment.",
}

SCHEMAS: dict[str, Schema] = {
    "WebhookRequest": {
        "type": "object",
        "additionalProperties": False,
        "required": ["url"],
        "description": "Where the events of the asset go.",
        "properties": {"url": URL, "events": EVENTS},
    },
    "WebhookStatus": {
        "type": "object",
        "additionalProperties": False,
        "required": ["url", "events", "state", "lastDeliveredSequence", "attempts"],
        "properties": {
            "url": {"type": "string", "description": "The URL without the values of its query."},
            "events": EVENTS,
            "state": {"enum": [str(state) for state in State]},
            "lastDeliveredSequence": {"type": "integer", "minimum": 0, "description": "0 before the first."},
            "attempts": {"type": "integer", "minimum": 0, "description": "Failed ones, for the event after that."},
            "nextAttemptTime": {"type": "string", "format": "date-time"},
            "lastAttemptTime": {"type": "string", "format": "date-time"},
            "lastStatus": {"type": "integer", "description": "HTTP status of the last answer."},
            "lastProblem": {"type": "string", "description": "Why the last attempt failed."},
        },
    },
}
STATUS_EXAMPLE: dict[str, object] = {
    "url": "https://hooks.example.org/atelier?***",
    "events": ["finished"],
    "state": "ACTIVE",
    "lastDeliveredSequence": 0,
    "attempts": 3,
    "nextAttemptTime": "2026-11-18T11:06:44.120Z",
    "lastAttemptTime": "2026-11-18T11:06:40.000Z",
    "lastStatus": 503,
    "lastProblem": "the receiver answered 503",
}
# The same bytes that a stream has behind `data: `.
EVENT_EXAMPLE: object = orjson.loads(examples.EVENTS.partition("data: ")[2])

GET: Schema = {
    "operationId": "getWebhook",
    "tags": ["assets"],
    "summary": "How far the deliveries of the asset's webhook have come",
    "parameters": [{"$ref": "#/components/parameters/asset"}],
    "responses": {
        "200": {
            "description": "The webhook, and its last attempt.",
            "content": {"application/json": {"schema": ref("WebhookStatus"), "example": STATUS_EXAMPLE}},
        },
        "204": {"description": "The asset has no webhook."},
        **answers(Reason.ASSET_UNKNOWN, guarded=True),
    },
}


def _header(name: str, description: str, example: str) -> Schema:
    schema: Schema = {"type": "string"}
    return {
        "name": name,
        "in": "header",
        "required": True,
        "description": description,
        "schema": schema,
        "example": example,
    }


RECEIVED: Schema = {
    "assetEvent": {
        "post": {
            "operationId": "assetEvent",
            "summary": "An event of an asset that was made with a webhook",
            "description": (
                "Signed as the Standard Webhooks specification says. Events of one asset come in order and at least "
                "once; the id is the same at every attempt. Any 2xx takes the event, 410 ends the webhook, everything "
                "else, redirects included, is tried again with growing pauses for 24 hours."
            ),
            "parameters": [
                _header("webhook-id", "Id of the asset and number of the event.", f"{ASSET_ID}:1"),
                _header("webhook-timestamp", "Time of this attempt. Unit: seconds since 1970.", "1795000000"),
                _header(
                    "webhook-signature",
                    "One signature, or two while secrets are rotated.",
                    "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=",
                ),
            ],
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": ref("AssetEvent"), "example": EVENT_EXAMPLE}},
            },
            "responses": {"2XX": {"description": "Taken."}, "410": {"description": "Send no more."}},
        }
    }
}
