"""What the gateway answers with: JSON, messages as JSON, problems; and every error as one of those."""

from __future__ import annotations

import orjson
from fastapi import Request, Response
from google.protobuf import json_format
from google.protobuf.message import Message
from starlette.exceptions import HTTPException

from gateway import intake, openai_shape, pictures, problems
from services.kit import telemetry
from services.kit.errors import ServiceError

OPENAI_PATHS = "/v1/images/"


def json_response(document: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A JSON document."""
    return Response(orjson.dumps(document), status, headers, "application/json")


def proto_response(message: Message, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A message as proto3's canonical JSON."""
    return json_response(json_format.MessageToDict(message), status, headers)


def problem_response(path: str, problem: problems.Problem) -> Response:
    """The response that carries a problem, in the shape that clients of the path read."""
    if path.startswith(OPENAI_PATHS):
        return json_response(openai_shape.error(problem), problem.status, problem.headers)
    return Response(orjson.dumps(problem.body), problem.status, problem.headers, problems.MEDIA_TYPE)


async def on_error(request: Request, error: Exception) -> Response:
    """An error that a handler raised, as a problem."""
    return problem_response(request.url.path, problem_of(error))


def problem_of(error: Exception) -> problems.Problem:
    """The problem that an error becomes; one that is no answer is raised again."""
    trace_id = telemetry.trace_id()
    if isinstance(error, ServiceError):
        return problems.from_error(error, trace_id=trace_id)
    if isinstance(error, problems.HttpError):
        return problems.from_http_error(error, trace_id=trace_id)
    if isinstance(error, HTTPException):
        problem = problems.from_http(error.status_code, str(error.detail), trace_id=trace_id)
        problem.headers.update(error.headers or {})
        if "Allow" in problem.headers:
            problem.headers["Allow"] = ", ".join(sorted(problem.headers["Allow"].split(", ")))
        return problem
    if isinstance(error, intake.UnsupportedMediaTypeError):
        return problems.from_http(415, str(error), trace_id=trace_id)
    if isinstance(error, pictures.RangeNotSatisfiableError):
        problem = problems.from_http(416, "no byte of the range lies in the image", trace_id=trace_id)
        problem.headers["Content-Range"] = f"bytes */{error.size_bytes}"
        return problem
    raise error
