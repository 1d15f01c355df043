"""The JSON body around every answer of Cloudflare's API."""

from __future__ import annotations

import uuid

import orjson

from services.local.errors import CloudflareError


def success(result: object, **more: object) -> bytes:
    """The body of a good answer; `more` are further top-level members, such as `result_info`."""
    return orjson.dumps({"result": result, "success": True, "errors": [], "messages": [], **more})


def failure(error: CloudflareError) -> bytes:
    """The body of a refused request, with the quirks of inference or edge errors."""
    rows = [{"message": _words(error), "code": error.code}]
    rows += [{"message": message, "code": code} for code, message in error.also]
    result: object = {} if error.inference else None
    return orjson.dumps({"errors": rows, "success": False, "result": result, "messages": []})


def _words(error: CloudflareError) -> str:
    if not error.inference:
        return error.message
    prefix = "" if error.message.startswith("AiError: AiError") else "AiError: "
    return f"{prefix}{error.message} ({uuid.uuid4()})"
