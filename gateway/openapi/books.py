"""Usage, policies and brand styles in the OpenAPI document."""

from __future__ import annotations

from gateway.openapi.errors import answers
from gateway.openapi.examples import POLICIES, STYLE, STYLES, USAGE
from gateway.openapi.parts import body, header, json, parameter, query
from gateway.openapi.schema import Schema
from services.kit.errors import Reason

_DAY: Schema = {"type": "string", "format": "date"}
_NEW_STYLE: Schema = {name: value for name, value in STYLE.items() if name not in ("version", "createTime", "owner")}

USAGE_GET: Schema = {
    "operationId": "getUsage",
    "tags": ["books"],
    "summary": "What assets cost, by owner and day",
    "description": "A key sees its own assets; with the scope `usage` those of all keys. Days are of UTC.",
    "parameters": [
        query("from_day", _DAY, "First day; 30 days before the last if left out."),
        query("until_day", _DAY, "Last day; today if left out."),
        query("owner", {"type": "string", "maxLength": 64}, "Only assets of this key's id."),
    ],
    "responses": {
        "200": json("GetUsageResponse", USAGE, "The sums, and the budgets of today."),
        **answers(Reason.FIELD_INVALID, guarded=True),
    },
}

POLICIES_GET: Schema = {
    "operationId": "listPolicies",
    "tags": ["books"],
    "summary": "The content policies that a recipe can name",
    "responses": {
        "200": json("ListPoliciesResponse", POLICIES, "All of them, the default one first."),
        **answers(guarded=True),
    },
}

STYLES_LIST: Schema = {
    "operationId": "listStyles",
    "tags": ["styles"],
    "summary": "The newest version of every brand style",
    "responses": {
        "200": json("ListStylesResponse", STYLES, "All of them, by name."),
        **answers(guarded=True),
    },
}

STYLES_CREATE: Schema = {
    "operationId": "createStyle",
    "tags": ["styles"],
    "summary": "Make a brand style",
    "requestBody": body("StyleRequest", _NEW_STYLE),
    "responses": {
        "201": json("Style", STYLE, "Version 1.", header("Location", "ETag")),
        **answers(Reason.FIELD_INVALID, Reason.STYLE_EXISTS, body=True, guarded=True),
    },
}

STYLE_GET: Schema = {
    "operationId": "getStyle",
    "tags": ["styles"],
    "summary": "A brand style",
    "parameters": [
        parameter("style"),
        query("version", {"type": "integer", "minimum": 0, "maximum": 999_999_999}, "0 means the newest."),
    ],
    "responses": {
        "200": json("Style", STYLE, "The version asked for.", header("ETag")),
        "304": {"description": "The client has it (If-None-Match).", "headers": header("ETag")},
        **answers(Reason.STYLE_UNKNOWN, Reason.FIELD_INVALID, guarded=True),
    },
}

STYLE_UPDATE: Schema = {
    "operationId": "updateStyle",
    "tags": ["styles"],
    "summary": "Make the next version of a brand style",
    "parameters": [parameter("style"), parameter("if_match")],
    "requestBody": body("StyleRequest", _NEW_STYLE),
    "responses": {
        "200": json("Style", {**STYLE, "version": 4}, "The new version.", header("ETag")),
        **answers(
            Reason.STYLE_UNKNOWN,
            Reason.FIELD_INVALID,
            Reason.CHANGED_MEANWHILE,
            body=True,
            guarded=True,
        ),
    },
}

STYLE_DELETE: Schema = {
    "operationId": "deleteStyle",
    "tags": ["styles"],
    "summary": "End a brand style",
    "description": "New assets cannot refer to it; those that were made with it keep what it was.",
    "parameters": [parameter("style"), parameter("if_match")],
    "responses": {
        "204": {"description": "Ended."},
        **answers(Reason.STYLE_UNKNOWN, Reason.FIELD_INVALID, Reason.CHANGED_MEANWHILE, guarded=True),
    },
}

PATHS: Schema = {
    "/v1/usage": {"get": USAGE_GET},
    "/v1/policies": {"get": POLICIES_GET},
    "/v1/styles": {"get": STYLES_LIST, "post": STYLES_CREATE},
    "/v1/styles/{style}": {"get": STYLE_GET, "put": STYLE_UPDATE, "delete": STYLE_DELETE},
}
