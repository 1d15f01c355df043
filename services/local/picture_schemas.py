"""Request and answer schemas of the hosted text-to-image models, published and checked from one place."""

from __future__ import annotations

from services.local.schemas import between
from services.local.validation import Schema

_STRING: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "number"}
_INTEGER: Schema = {"type": "integer"}
_PROMPT: Schema = {"type": "string", "minLength": 1}

FLUX_SCHNELL: Schema = {
    "type": "object",
    "properties": {
        "prompt": {"type": "string", "minLength": 1, "maxLength": 2048},
        "steps": {"type": "integer", "maximum": 8, "default": 4},
    },
    "required": ["prompt"],
    "additionalProperties": False,
}
_FLUX_2_SIDE: Schema = between(256, 1920, "integer")
FLUX_2_FORM: Schema = {
    "type": "object",
    "properties": {
        "prompt": _PROMPT,
        "steps": between(1, 50, "integer"),
        "width": _FLUX_2_SIDE,
        "height": _FLUX_2_SIDE,
        "seed": _INTEGER,
        "guidance": _NUMBER,
    },
    "required": ["prompt"],
}
MULTIPART: Schema = {
    "type": "object",
    "properties": {
        "multipart": {
            "type": "object",
            "properties": {"body": {"type": "object"}, "contentType": _STRING},
            "required": ["body", "contentType"],
        }
    },
    "required": ["multipart"],
}
LUCID: Schema = {
    "type": "object",
    "properties": {
        "prompt": _PROMPT,
        "guidance": {**between(0, 10), "default": 4.5},
        "seed": {"type": "integer", "minimum": 0},
        "height": {**between(0, 2500, "integer"), "default": 1120},
        "width": {**between(0, 2500, "integer"), "default": 1120},
        "num_steps": between(1, 40, "integer"),
        "steps": between(1, 40, "integer"),
    },
    "required": ["prompt"],
}
PHOENIX: Schema = {
    "type": "object",
    "properties": {
        "prompt": _PROMPT,
        "negative_prompt": {"type": "string", "minLength": 1},
        "guidance": {**between(2, 10), "default": 2},
        "seed": {"type": "integer", "minimum": 0},
        "height": {**between(0, 2048, "integer"), "default": 1024},
        "width": {**between(0, 2048, "integer"), "default": 1024},
        "num_steps": {**between(1, 50, "integer"), "default": 25},
    },
    "required": ["prompt"],
}
_BYTES: Schema = {"type": "array", "items": _NUMBER}
STABLE_DIFFUSION: Schema = {
    "type": "object",
    "properties": {
        "prompt": _PROMPT,
        "negative_prompt": _STRING,
        "height": between(256, 2048, "integer"),
        "width": between(256, 2048, "integer"),
        "image": _BYTES,
        "image_b64": _STRING,
        "mask": _BYTES,
        "num_steps": {"type": "integer", "maximum": 20, "default": 20},
        "strength": {"type": "number", "default": 1},
        "guidance": {"type": "number", "default": 7.5},
        "seed": _INTEGER,
    },
    "required": ["prompt"],
}

BASE64_PICTURE: Schema = {"type": "object", "properties": {"image": _STRING}}
RAW_JPEG: Schema = {"type": "string", "contentType": "image/jpeg", "format": "binary"}
RAW_PNG: Schema = {"type": "string", "contentType": "image/png", "format": "binary"}
